internal import Base
internal import Catalog
internal import Parse
internal import Types

/// CREATE TYPE … AS ENUM and ALTER TYPE … VALUE.
extension DefinitionExecutor {
    func createEnum(_ statement: CreateEnumStatement) throws(SQLError) -> String {
        let (namespace, name) = try placeOfNewType(statement.names)
        let oid = try catalog.newOID()
        var labels = EnumLabels([])
        for label in statement.labels {
            try checkLabel(label)
            if labels.label(named: label) != nil {
                throw SQLError(
                    .uniqueViolation,
                    "duplicate key value violates unique constraint \"pg_enum_typid_label_index\""
                ).with {
                    $0.detail = "Key (enumtypid, enumlabel)=(\(oid), \(label)) already exists."
                    $0.schemaName = "pg_catalog"
                    $0.tableName = "pg_enum"
                    $0.constraintName = "pg_enum_typid_label_index"
                }
            }
            try labels.insert(label, oid: try catalog.newOID(), at: labels.labels.count)
        }
        try make(.enumeration(labels), named: name, in: namespace, oid: oid)
        return "CREATE TYPE"
    }

    private func checkLabel(_ label: String) throws(SQLError) {
        if label.utf8.count <= Identifier.bytesMax { return }
        throw SQLError(.invalidName, "invalid enum label \"\(label)\"")
            .detail("Labels must be \(Identifier.bytesMax) bytes or less.")
    }

    func alterEnum(_ statement: AlterEnumStatement) throws(SQLError) -> String {
        let oid = try lockedType(statement.names)
        guard let type = snapshot.userType(oid), var labels = type.value.labels else {
            throw SQLError(.wrongObjectType, "\(scope.name(of: SQLType(oid))) is not an enum")
        }
        try checkOwner(ofType: .user(type))
        try checkLabel(statement.newLabel)
        func position(of label: String) throws(SQLError) -> Int {
            guard let found = labels.labels.firstIndex(where: { $0.name == label }) else {
                throw SQLError(
                    .invalidParameterValue, "\"\(label)\" is not an existing enum label")
            }
            return found
        }
        if let old = statement.oldLabel {
            let place = try position(of: old)
            if labels.label(named: statement.newLabel) != nil {
                throw SQLError(
                    .duplicateObject, "enum label \"\(statement.newLabel)\" already exists")
            }
            labels.rename(place, to: statement.newLabel)
        } else {
            if labels.label(named: statement.newLabel) != nil {
                let message = "enum label \"\(statement.newLabel)\" already exists"
                if !statement.ifNotExists { throw SQLError(.duplicateObject, message) }
                notice(.duplicateObject, message + ", skipping")
                return "ALTER TYPE"
            }
            var place = labels.labels.count
            if let neighbor = statement.neighbor {
                place = try position(of: neighbor) + (statement.isAfter ? 1 : 0)
            }
            let label = try catalog.newOID()
            try labels.insert(statement.newLabel, oid: label, at: place)
            host.noteNewLabel(label)
        }
        var changed = type.value
        changed.kind = .enumeration(labels)
        catalog.put(changed)
        return "ALTER TYPE"
    }
}
