internal import Base
internal import Catalog
internal import Engine
internal import Parse
internal import Types

/// The actions of ALTER TABLE that note something about a table: targets of statistics, storage,
/// replica identity, the index that it is clustered on, triggers that are off.
extension DefinitionExecutor {
    func mark(_ command: AlterTableCommand, _ relation: Shared<Relation>) throws(SQLError) {
        var changed = relation.value
        switch command {
        case .setStatistics(let name, _, let target):
            guard let name else {
                throw SQLError(
                    .featureNotSupported,
                    "cannot refer to non-index column by number")
            }
            let column = try columnIndex(name, of: changed)
            changed.marks.statisticsTargets[column] = try statisticsTarget(target)
        case .setStorage(let name, let storage):
            let column = try columnIndex(name, of: changed)
            changed.marks.storages[column] = try self.storage(storage, of: changed.columns[column])
        case .setColumnOptions(let name, let options):
            let column = try columnIndex(name, of: changed)
            var list = changed.marks.columnOptions[column] ?? []
            for option in options {
                try checkColumnOption(option.name)
                list.removeAll { $0.hasPrefix("\(option.name)=") }
                list.append("\(option.name)=\(option.value.optionText)")
            }
            changed.marks.columnOptions[column] = list
        case .resetColumnOptions(let name, let options):
            let column = try columnIndex(name, of: changed)
            var list = changed.marks.columnOptions[column] ?? []
            for option in options { list.removeAll { $0.hasPrefix("\(option.name)=") } }
            changed.marks.columnOptions[column] = list.isEmpty ? nil : list
        case .clusterOn(let name):
            changed.marks.clusteredIndex = try clusterable(name, of: relation).oid
        case .dropCluster: changed.marks.clusteredIndex = .invalid
        case .replicaIdentity(let identity): try setIdentity(identity, of: &changed, relation)
        case .enableTrigger(let which, _): try setTriggers(which, disabled: false, of: &changed)
        case .disableTrigger(let which): try setTriggers(which, disabled: true, of: &changed)
        default: throw SQLError(.internalError, "the action notes nothing")
        }
        catalog.put(changed)
    }

    /// Nil: the default.
    private func statisticsTarget(_ target: Int) throws(SQLError) -> Int? {
        if target < -1 {
            throw SQLError(.invalidParameterValue, "statistics target \(target) is too low")
        }
        guard target > 10000 else { return target == -1 ? nil : target }
        host.notify(
            SQLError(
                .invalidParameterValue, "lowering statistics target to 10000", severity: .warning))
        return 10000
    }

    private func storage(_ word: String, of column: Column) throws(SQLError) -> Character {
        let storages: [String: Character] = [
            "plain": "p", "external": "e", "extended": "x", "main": "m",
        ]
        guard let storage = storages[word.lowercased()] else {
            throw SQLError(.invalidParameterValue, "invalid storage type \"\(word)\"")
        }
        if storage != "p", (TypeCatalog.info(column.type.oid)?.length ?? -1) > 0 {
            throw SQLError(
                .featureNotSupported,
                "column data type \(scope.name(of: .plain(column.type.oid))) can only have storage PLAIN")
        }
        return storage
    }

    private func checkColumnOption(_ name: String) throws(SQLError) {
        if name == "n_distinct" || name == "n_distinct_inherited" { return }
        throw SQLError(.invalidParameterValue, "unrecognized parameter \"\(name)\"")
    }

    func ownIndex(
        _ name: String, of relation: Shared<Relation>
    ) throws(SQLError) -> Shared<Relation> {
        guard let index = snapshot.relation(named: name, namespace: relation.namespace) else {
            throw SQLError(
                .undefinedObject,
                "index \"\(name)\" for table \"\(relation.name)\" does not exist")
        }
        if index.index == nil {
            throw SQLError(.wrongObjectType, "\"\(name)\" is not an index")
        }
        guard index.index?.table == relation.oid else {
            throw SQLError(
                .wrongObjectType,
                "\"\(name)\" is not an index for table \"\(relation.name)\"")
        }
        return index
    }

    private func setIdentity(
        _ identity: AlterTableCommand.ReplicaIdentity, of changed: inout Relation,
        _ relation: Shared<Relation>
    ) throws(SQLError) {
        changed.marks.replicaIndex = .invalid
        switch identity {
        case .default: changed.marks.replicaIdentity = "d"
        case .full: changed.marks.replicaIdentity = "f"
        case .nothing: changed.marks.replicaIdentity = "n"
        case .index(let name):
            let found = try ownIndex(name, of: relation)
            guard let index = found.index else { return }
            func refuse(
                _ words: String, _ state: SQLState = .wrongObjectType
            ) -> SQLError {
                SQLError(
                    state, "cannot use \(words) \"\(name)\" as replica identity")
            }
            if !index.isUnique { throw refuse("non-unique index") }
            if !index.isImmediate { throw refuse("non-immediate index") }
            if index.keys.contains(where: { $0.column == nil }) {
                throw refuse("expression index", .featureNotSupported)
            }
            if index.predicate != nil { throw refuse("partial index", .featureNotSupported) }
            for key in index.keys {
                guard let column = key.column, !changed.columns[column].isNotNull else { continue }
                throw SQLError(
                    .wrongObjectType,
                    "index \"\(name)\" cannot be used as replica identity because column \"\(changed.columns[column].name)\" is nullable"
                )
            }
            changed.marks.replicaIdentity = "i"
            changed.marks.replicaIndex = found.oid
        }
    }

    /// The triggers that there are are those of foreign keys: only ALL means them.
    private func setTriggers(
        _ which: AlterTableCommand.TriggerSelection, disabled: Bool, of changed: inout Relation
    ) throws(SQLError) {
        switch which {
        case .user: return
        case .named(let name):
            throw SQLError(
                .undefinedObject,
                "trigger \"\(name)\" for table \"\(changed.name)\" does not exist")
        case .all:
            if changed.hasConstraintTriggers, !snapshot.isSuperuser(host.user) {
                throw SQLError(
                    .insufficientPrivilege,
                    "permission denied: the triggers of \"\(changed.name)\" are system triggers")
            }
            changed.marks.areTriggersDisabled = disabled
        }
    }
}
