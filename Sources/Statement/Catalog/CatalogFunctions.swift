internal import Analyze
internal import Base
internal import Catalog
internal import Engine
internal import Execute
internal import Functions
internal import Query
internal import Sequences
internal import System
internal import Types

/// The functions of chapter 9.26 that look things up in the catalog: definitions, comments,
/// visibility, sizes. Their arguments are not null where the function is strict.
struct CatalogFunctions {
    let session: SessionState
    let entry: FunctionEntry
    let arguments: UnsafePointer<Datum>
    let context: FunctionContext

    var scope: CatalogScope { session.scope }
    var snapshot: CatalogSnapshot { session.catalog.snapshot }

    func text(_ text: String?) -> Datum { text.map { context.text($0) } ?? .null }

    func call(_ function: HostedFunction) throws(SQLError) -> Datum {
        switch function {
        case .getExpr:
            let stored = StoredExpression(text: arguments[0].view.string)
            // A partition's bounds are text already.
            if stored.text == "DEFAULT" || stored.text.hasPrefix("FOR VALUES ") {
                return text(stored.text)
            }
            guard let table = snapshot.relation(arguments[1].oid) else {
                return text(scope.displayText(of: stored))
            }
            return text(try shown(at: 2)(stored, table.value))
        case .getIndexdef:
            if entry.arguments.count == 3, arguments[1].word != 0 {
                return text(
                    try scope.indexKeyDefinition(
                        arguments[0].oid, number: Int(arguments[1].word), show: shown(at: 2)))
            }
            return text(
                try scope.indexDefinition(
                    arguments[0].oid, isPretty: isPretty(at: 2), show: shown(at: 2)))
        case .getConstraintdef:
            return text(try scope.constraintDefinition(arguments[0].oid, show: shown(at: 1)))
        case .getViewdef: return try viewDefinition()
        case .getUserbyid:
            let oid = arguments[0].oid
            return text(snapshot.role(oid)?.name ?? "unknown (OID=\(oid))")
        case .objDescription, .colDescription, .shobjDescription: return comment(function)
        case .tableIsVisible:
            guard let relation = snapshot.relation(arguments[0].oid) else { return .null }
            return Datum(scope.isVisible(relation.value))
        case .typeIsVisible:
            let oid = arguments[0].oid
            if let entry = snapshot.type(oid) { return Datum(scope.isVisible(entry)) }
            return TypeCatalog.info(oid) == nil ? .null : Datum(true)
        case .functionIsVisible, .operatorIsVisible, .opclassIsVisible,
            .opfamilyIsVisible, .conversionIsVisible, .collationIsVisible,
            .statisticsObjIsVisible, .tsParserIsVisible, .tsDictIsVisible, .tsConfigIsVisible,
            .tsTemplateIsVisible:
            // All of them are built in, and pg_catalog is always searched.
            return Datum(true)
        case .currentSchemas: return currentSchemas()
        case .relationSize, .totalRelationSize, .tableSize, .indexesSize: return size(function)
        case .databaseSize: return Datum(word: databaseSize())
        case .tablespaceSize: return Datum(word: databaseSize())
        case .relationFilenode:
            guard let placement = snapshot.relation(arguments[0].oid)?.placement else {
                return .null
            }
            return Datum(OID(UInt32(truncatingIfNeeded: placement.generation)))
        case .toRegtype:
            return try orNull { () throws(SQLError) in
                Datum(try named(context.types.typeNamed, arguments[0].view.string))
            }
        case .toRegnamespace:
            return try orNull { () throws(SQLError) in
                Datum(try named(context.types.namespaceNamed, arguments[0].view.string))
            }
        case .toRegrole:
            return try orNull { () throws(SQLError) in
                Datum(try named(context.types.roleNamed, arguments[0].view.string))
            }
        case .toRegproc, .toRegprocedure, .toRegoper, .toRegoperator:
            return try orNull { () throws(SQLError) in
                Datum(try routine(arguments[0].view.string, entry.result))
            }
        case .hasTablePrivilege, .hasSequencePrivilege, .hasSchemaPrivilege,
            .hasDatabasePrivilege, .hasColumnPrivilege, .hasAnyColumnPrivilege,
            .hasFunctionPrivilege, .hasLanguagePrivilege, .hasTypePrivilege, .hasParameterPrivilege,
            .hasTablespacePrivilege, .hasRole:
            return try privilege(function)
        case .myTempSchema: return Datum(session.temporaryNamespace ?? .invalid)
        case .isOtherTempSchema:
            let namespace = snapshot.namespace(arguments[0].oid)
            return Datum(
                namespace?.value.isTemporary == true
                    && namespace?.oid != session.temporaryNamespace)
        case .getFunctionArguments, .getFunctionIdentityArguments, .getFunctionResult,
            .getFunctiondef, .getFunctionSqlbody, .getFunctionArgDefault:
            return try functionSignature(function)
        case .currentWALLSN, .currentWALInsertLSN, .currentWALFlushLSN:
            return Datum(word: Int64(bitPattern: session.database.engine.visibleHorizon.rawValue))
        case .txidCurrentIfAssigned, .currentXactIDIfAssigned:
            guard let writer = session.transaction?.writer, writer.rawValue != 0 else {
                return .null
            }
            return Datum(word: Int64(bitPattern: writer.rawValue))
        case .txidCurrent, .currentXactID:
            guard let transaction = session.transaction else { return .null }
            return Datum(word: Int64(bitPattern: transaction.requireWriter().rawValue))
        case .currentSnapshot, .txidCurrentSnapshot, .xactStatus, .txidStatus,
            .xactCommitTimestamp, .xactCommitTimestampOrigin, .lastCommittedXact, .age, .mxidAge:
            return try transaction(function)
        case .currentQuery: return text(session.record.text)
        case .relationFilepath:
            guard let placement = snapshot.relation(arguments[0].oid)?.placement else {
                return .null
            }
            let file = UInt32(truncatingIfNeeded: placement.generation)
            return text("base/\(snapshot.database)/\(file)")
        case .indexAMHasProperty, .indexHasProperty, .indexColumnHasProperty:
            return indexProperty(function)
        case .postmasterStartTime:
            return Datum(word: session.settings.server.startTime)
        case .sequenceParameters:
            let row = try session.sequenceParameters(arguments[0].oid)
            let fields = zip(row, entry.outputColumns).map {
                RecordValue.Field(type: $1.type, value: $0)
            }
            let shape = RecordShape(
                entry.outputColumns.map {
                    RecordShape.Field(name: $0.name, type: SQLType($0.type))
                })
            let record = RecordValue(type: RecordShapes.type(shape), fields: fields)
            return Datum(view: record.view(arena: context.arena))
        case .partitionAncestors:
            return Datum(
                view: ArrayBinary.make(
                    snapshot.partitionLine(of: arguments[0].oid).map { Datum($0) },
                    element: .regclass, arena: context.arena))
        case .tablespaceLocation: return text("")
        case .rowSecurityActive, .jitAvailable: return Datum(false)
        case .cancelBackend, .terminateBackend: return try interruptSession(function)
        case .statReset, .statResetTable, .statResetShared: return try resetStatistics(function)
        // What was counted is seen at once.
        case .statForceNextFlush, .statClearSnapshot: return Datum(view: ByteView())
        case .clientEncoding: return text(try session.settings.show("client_encoding").text)
        case .triggerDepth: return Datum(word: 0)
        case .describeObject: return try describeObject()
        case .identifyObject: return record(try identifiedObject())
        case .identifyObjectAsAddress: return record(try objectAddress())
        case .exportSnapshot: return text(try session.exportSnapshot())
        case .columnIsUpdatable:
            guard let relation = snapshot.relation(arguments[0].oid) else { return Datum(false) }
            let columns = session.shownUpdatableColumns(relation.value)
            return Datum(columns.contains(Int(arguments[1].word) - 1))
        case .relationIsPublishable:
            guard let relation = snapshot.relation(arguments[0].oid) else { return .null }
            return Datum(
                (relation.kind == .table || relation.kind == .partitionedTable)
                    && relation.oid >= .firstUser && relation.persistence == .permanent)
        case .relationIsUpdatable:
            guard let relation = snapshot.relation(arguments[0].oid) else { return Datum(word: 0) }
            return Datum(word: Int64(try session.updatableEvents(relation)))
        case .getPartkeydef: return text(scope.partitionKeyDefinition(arguments[0].oid))
        case .partitionRoot:
            return snapshot.partitionLine(of: arguments[0].oid).last.map { Datum($0) } ?? .null
        case .getPartitionConstraintdef:
            guard let partition = snapshot.relation(arguments[0].oid) else { return .null }
            return text(try PartitionConstraintText(scope).text(of: partition.value))
        case .getRuledef:
            let view = snapshot.relations.first {
                $0.kind.isOfQuery && ComputedRows.ruleOID(of: $0.oid) == arguments[0].oid
            }
            return text(try view.flatMap { view throws(SQLError) in
                try session.ruleDefinition(view, isPretty: isPretty(at: 1))
            })
        case .getTriggerdef,
            .getStatisticsobjdef, .getStatisticsobjdefColumns, .lastWALReceiveLSN, .lastWALReplayLSN,
            .lastXactReplayTimestamp, .inetServerAddr, .inetServerPort:
            return .null
        case .inetClientAddr: return session.client?.datum(context.arena) ?? .null
        case .inetClientPort: return session.client.map { Datum(word: Int64($0.port)) } ?? .null
        default:
            throw SQLError.notSupported("function \(entry.name)")
        }
    }

    private func resetStatistics(_ function: HostedFunction) throws(SQLError) -> Datum {
        let database = session.database
        switch function {
        case .statResetTable:
            database.sessions.resetUse(of: database.oid, relation: arguments[0].oid)
        case .statResetShared:
            let target = arguments[0].view.string
            guard ["archiver", "bgwriter", "wal", "recovery_prefetch"].contains(target) else {
                throw SQLError(
                    .invalidParameterValue, "unrecognized reset target: \"\(target)\""
                ).hint(
                    "Target must be \"archiver\", \"bgwriter\", \"recovery_prefetch\", or \"wal\"."
                )
            }
        default: database.sessions.resetUse(of: database.oid)
        }
        return Datum(view: ByteView())
    }

    /// pg_cancel_backend and pg_terminate_backend.
    private func interruptSession(_ function: HostedFunction) throws(SQLError) -> Datum {
        let isCancel = function == .cancelBackend
        let sessions = session.database.sessions
        let processID = Int32(truncatingIfNeeded: arguments[0].word)
        if entry.arguments.count > 1, arguments[1].word < 0 {
            throw SQLError(
                .numericValueOutOfRange, "\"timeout\" must not be negative")
        }
        guard let owner = sessions.user(of: processID) else {
            session.notice(
                SQLError(
                    .warning, "PID \(processID) is not a PostgreSQL server process",
                    severity: .warning))
            return Datum(false)
        }
        let noun = isCancel ? "query is being canceled" : "process is being terminated"
        if snapshot.role(owner)?.isSuperuser == true,
            snapshot.role(session.user)?.isSuperuser != true
        {
            throw SQLError(
                .insufficientPrivilege,
                isCancel
                    ? "must be a superuser to cancel superuser query"
                    : "must be a superuser to terminate superuser process")
        }
        guard snapshot.hasPrivileges(of: owner, member: session.user)
            || snapshot.hasPrivileges(of: OID(4200), member: session.user)
        else {
            throw SQLError(
                .insufficientPrivilege,
                "must be a member of the role whose \(noun) or member of pg_signal_backend")
        }
        let timeout = entry.arguments.count > 1 ? arguments[1].word : 0
        let isSent = sessions.interrupt(processID, isCancel ? .cancel : .terminate)
        if processID == session.processID { try session.waiter.checkInterrupt() }
        guard isSent, timeout > 0 else { return Datum(isSent) }
        return Datum(try waitForEnd(of: processID, milliseconds: timeout))
    }

    /// False, with a warning, if the session is still there after so long.
    private func waitForEnd(of processID: Int32, milliseconds: Int64) throws(SQLError) -> Bool {
        let sessions = session.database.sessions
        let deadline = Instant.now().advanced(
            byMilliseconds: Int(min(milliseconds, CatalogFunctions.endWaitMillisecondsMax)))
        while sessions.user(of: processID) != nil {
            let now = Instant.now()
            if now >= deadline {
                session.notice(
                    SQLError(
                        .warning,
                        "backend with PID \(processID) did not terminate within \(milliseconds) "
                            + "milliseconds",
                        severity: .warning))
                return false
            }
            let next = min(deadline, now.advanced(byMilliseconds: 10))
            _ = try session.waiter.wait(deadline: next) { false }
        }
        return true
    }

    /// Some thirty years, so that the deadline can be told.
    private static let endWaitMillisecondsMax: Int64 = 1_000_000_000_000

    /// pg_get_viewdef(oid or name [, pretty or wrap column]).
    private func viewDefinition() throws(SQLError) -> Datum {
        let oid: OID
        if entry.arguments[0] == .text {
            oid = try named(context.types.relationNamed, arguments[0].view.string)
        } else {
            oid = arguments[0].oid
        }
        guard let relation = snapshot.relation(oid) else { return .null }
        let isPretty =
            entry.arguments.count > 1 && (entry.arguments[1] == .int4 || arguments[1].bool)
        return text(try session.viewDefinition(relation, isPretty: isPretty))
    }

    private func routine(_ name: String, _ type: OID) throws(SQLError) -> OID {
        guard let lookUp = context.types.routineNamed else {
            throw SQLError(.undefinedFunction, "\(name) does not exist")
        }
        return try lookUp(name, type)
    }

    private func named(
        _ lookUp: ((String) throws(SQLError) -> OID)?, _ name: String
    ) throws(SQLError) -> OID {
        guard let lookUp else { throw SQLError(.undefinedObject, "\(name) does not exist") }
        return try lookUp(name)
    }

    /// to_regtype and its kin: null for what does not exist.
    private func orNull(_ body: () throws(SQLError) -> Datum) throws(SQLError) -> Datum {
        do throws(SQLError) {
            return try body()
        } catch {
            let missing: [SQLState] = [
                .undefinedObject, .undefinedTable, .undefinedSchema, .undefinedFunction,
                .invalidSchemaName, .ambiguousFunction,
            ]
            if missing.contains(error.state) { return .null }
            throw error
        }
    }

    // MARK: Expressions

    /// Whether the call asks for text without needless parentheses.
    private func isPretty(at argument: Int) -> Bool {
        entry.arguments.count > argument && arguments[argument].bool
    }

    /// How the call wants expressions written.
    private func shown(
        at argument: Int
    ) -> (StoredExpression, Relation) throws(SQLError) -> String {
        let isPretty = isPretty(at: argument)
        return { (stored, table) throws(SQLError) in
            try expressionText(stored, table, isPretty: isPretty)
        }
    }

    private func expressionText(
        _ stored: StoredExpression, _ table: Relation, isPretty: Bool
    ) throws(SQLError) -> String {
        try session.text(of: stored, in: table, isPretty: isPretty)
    }

    // MARK: Comments

    private func comment(_ function: HostedFunction) -> Datum {
        let oid = arguments[0].oid
        if function == .colDescription {
            return text(
                snapshot.comment(
                    on: ObjectAddress(
                        classID: SystemOID.relation, objectID: oid,
                        subID: Int32(truncatingIfNeeded: arguments[1].word))))
        }
        guard entry.arguments.count == 2 else {
            let classes = [
                SystemOID.relation, SystemOID.namespace, SystemOID.constraint, SystemOID.database,
                SystemOID.role, SystemOID.type, SystemOID.procedure, SystemOID.operator,
            ]
            let found = classes.lazy.compactMap {
                self.snapshot.comment(on: ObjectAddress(classID: $0, objectID: oid))
            }.first
            return text(found)
        }
        let catalog = snapshot.relation(
            named: arguments[1].view.string, namespace: SystemOID.catalogNamespace)
        guard let catalog else { return .null }
        return text(snapshot.comment(on: ObjectAddress(classID: catalog.oid, objectID: oid)))
    }

    // MARK: Schemas, sizes, signatures

    private func currentSchemas() -> Datum {
        let includesImplicit = arguments[0].bool
        let path = scope.searchPath.filter { oid in
            includesImplicit
                || (oid != scope.temporaryNamespace
                    && (oid != SystemOID.catalogNamespace
                        || session.settings.typed.searchPath.contains("pg_catalog")))
        }
        let names = path.compactMap { snapshot.namespace($0)?.name }.map { context.text($0) }
        return Datum(view: ArrayBinary.make(names, element: .name, arena: context.arena))
    }

    private func size(_ function: HostedFunction) -> Datum {
        guard let relation = snapshot.relation(arguments[0].oid) else { return .null }
        func bytes(_ relation: Relation) -> Int {
            relation.placement.map { session.usedBytes($0) } ?? 0
        }
        let indexes = relation.indexes.compactMap { snapshot.relation($0) }
            .reduce(0) { $0 + bytes($1.value) }
        switch function {
        case .indexesSize: return Datum(word: Int64(indexes))
        case .totalRelationSize: return Datum(word: Int64(bytes(relation.value) + indexes))
        default:
            if relation.kind == .sequence { return Datum(word: 8192) }
            return Datum(word: Int64(bytes(relation.value)))
        }
    }

    private func databaseSize() -> Int64 {
        Int64(
            snapshot.relations.reduce(0) { sum, relation in
                sum + (relation.placement.map { session.usedBytes($0) } ?? 0)
            })
    }

    private func functionSignature(_ function: HostedFunction) throws(SQLError) -> Datum {
        guard let found = SystemFunction(arguments[0].oid) else { return .null }
        switch function {
        case .getFunctionArguments: return text(found.argumentsText(showsDefaults: true))
        case .getFunctionIdentityArguments:
            return text(found.argumentsText(showsDefaults: false))
        case .getFunctionSqlbody: return text(found.bodyText)
        case .getFunctionArgDefault:
            return text(found.defaultText(ofArgument: Int(arguments[1].word)))
        case .getFunctiondef:
            if found.isAggregate {
                throw SQLError(
                    .wrongObjectType, "\"\(found.name)\" is an aggregate function")
            }
            return text(found.definition)
        default: return text(found.resultText)
        }
    }
}
