internal import Base

/// regclass, regtype and their kin: an OID that is written as a name. Catalog look-ups come through
/// the context.
enum ObjectName {
    static func input(
        _ text: UnsafeRawBufferPointer, type: OID, _ context: TypeContext
    ) throws(SQLError) -> OID {
        if text.count == 1, text[0] == 0x2D { return .invalid }
        if let first = text.first, isDigit(first), text.allSatisfy(isDigit) {
            return OID(UInt32(truncatingIfNeeded: try IntegerText.parseOID(text)))
        }
        let name = string(text)
        switch type {
        case .regclass:
            if let find = context.relationNamed { return try find(name) }
            throw SQLError(.undefinedTable, "relation \"\(name)\" does not exist")
        case .regtype:
            if let find = context.typeNamed { return try find(name) }
            if let info = TypeCatalog.named(name) { return info.oid }
            if let info = TypeCatalog.all.first(where: { $0.sqlName == name }) { return info.oid }
            throw SQLError(.undefinedObject, "type \"\(name)\" does not exist")
        case .regnamespace:
            if let find = context.namespaceNamed { return try find(name) }
            throw SQLError(.undefinedSchema, "schema \"\(name)\" does not exist")
        case .regrole:
            if let find = context.roleNamed { return try find(name) }
            throw SQLError(.undefinedObject, "role \"\(name)\" does not exist")
        case .regproc, .regprocedure, .regoper, .regoperator:
            if let find = context.routineNamed { return try find(name, type) }
            throw SQLError(.undefinedFunction, "function \"\(name)\" does not exist")
        default: throw SQLError.notSupported("input of type \(SQLType(type).name)")
        }
    }

    static func output(
        _ oid: OID, type: OID, _ context: TypeContext, to buffer: inout ByteBuffer
    ) {
        guard oid.isValid else {
            let isOperator = type == .regoper || type == .regoperator
            return buffer.append(isOperator ? 0x30 : 0x2D as UInt8)
        }
        let name: String?
        switch type {
        case .regclass: name = context.relationName?(oid)
        case .regtype: 
            name =
                oid >= .firstUser ? context.typeName?(oid) : TypeCatalog.info(oid)?.sqlName
        case .regnamespace: name = context.namespaceName?(oid)
        case .regrole: name = context.roleName?(oid)
        case .regproc, .regprocedure, .regoper, .regoperator:
            name = context.routineName?(oid, type)
        default: name = nil
        }
        if let name { buffer.append(name) } else { buffer.append(decimal: Int64(oid.rawValue)) }
    }
}
