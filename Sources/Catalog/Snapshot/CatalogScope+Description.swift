internal import Base
internal import Types

/// Objects in the words of messages, as PostgreSQL's getObjectDescription().
extension CatalogScope {
    /// `table t`, `column a of table t`, `default value for column a of table t`,
    /// `constraint c on table t`, `schema s` …
    public func description(of object: ObjectAddress) -> String {
        switch object.classID {
        case SystemOID.relation:
            guard let relation = snapshot.relation(object.objectID) else { break }
            let whole = description(of: relation.value)
            if object.subID == 0 { return whole }
            return "column \(columnName(object, relation.value)) of \(whole)"
        case SystemOID.columnDefault:
            guard let relation = snapshot.relation(object.objectID) else { break }
            return "default value for column \(columnName(object, relation.value)) of "
                + description(of: relation.value)
        case SystemOID.constraint:
            if let (_, check) = snapshot.domainCheck(object.objectID) {
                return "constraint \(check.name)"
            }
            guard let (table, constraint) = snapshot.constraint(object.objectID) else { break }
            return "constraint \(constraint.name) on \(description(of: table.value))"
        case SystemOID.namespace:
            guard let namespace = snapshot.namespace(object.objectID) else { break }
            return "schema \(namespace.name)"
        case SystemOID.type: return "type \(name(of: SQLType(object.objectID)))"
        case SystemOID.role:
            guard let role = snapshot.role(object.objectID) else { break }
            return "role \(role.name)"
        case SystemOID.database:
            guard let database = snapshot.database(object.objectID) else { break }
            return "database \(database.name)"
        default: break
        }
        return "object \(object.classID)/\(object.objectID)"
    }

    private func columnName(_ object: ObjectAddress, _ relation: Relation) -> String {
        let index = Int(object.subID) - 1
        return relation.columns.indices.contains(index) ? relation.columns[index].name : "?"
    }

    private func description(of relation: Relation) -> String {
        "\(relation.kind.noun) \(displayName(of: relation))"
    }
}
