public import Base

/// The bytes of catalog rows.
///
///     key:   | kind 1 | database 4 | object 4 … |                 big-endian
///     value: | version 1 | fields in the order of `encode` … |    varints, length-prefixed text
///
/// A reader of version n reads every version up to n.
public enum CatalogCodec {
    static let version: UInt8 = 1

    public static func encode(_ key: CatalogKey, database: OID) -> [UInt8] {
        var buffer = ByteBuffer(capacityBytes: 32)
        func start(_ kind: Kind, _ buffer: inout ByteBuffer) {
            buffer.append(kind.rawValue)
            buffer.append(bigEndian: database.rawValue)
        }
        switch key {
        case .relation(let oid):
            start(.relation, &buffer)
            buffer.append(bigEndian: oid.rawValue)
        case .namespace(let oid):
            start(.namespace, &buffer)
            buffer.append(bigEndian: oid.rawValue)
        case .type(let oid):
            start(.type, &buffer)
            buffer.append(bigEndian: oid.rawValue)
        case .dependency(let dependency):
            start(.dependency, &buffer)
            append(dependency.dependent, &buffer)
            append(dependency.referenced, &buffer)
            buffer.append(code(dependency.kind.rawValue))
        case .comment(let address):
            start(.comment, &buffer)
            append(address, &buffer)
        case .role(let oid):
            start(.role, &buffer)
            buffer.append(bigEndian: oid.rawValue)
        case .database(let oid):
            start(.database, &buffer)
            buffer.append(bigEndian: oid.rawValue)
        case .statistics(let oid):
            start(.statistics, &buffer)
            buffer.append(bigEndian: oid.rawValue)
        case .settings(let scope):
            start(.settings, &buffer)
            buffer.append(bigEndian: scope.database.rawValue)
            buffer.append(bigEndian: scope.role.rawValue)
        }
        return buffer.bytes
    }

    public static func encode(_ value: CatalogValue) -> [UInt8] {
        var writer = CatalogWriter()
        writer.byte(version)
        switch value {
        case .relation(let relation): writer.relation(relation.value)
        case .namespace(let namespace): writer.namespace(namespace.value)
        case .type(let type): writer.type(type.value)
        case .dependency: break
        case .comment(let text): writer.text(text)
        case .role(let role): writer.role(role.value)
        case .database(let database): writer.database(database.value)
        case .statistics(let statistics): writer.statistics(statistics.value)
        case .settings(let texts): writer.texts(texts)
        }
        return writer.buffer.bytes
    }

    /// - Throws: XX001 for bytes that no version of `encode` wrote.
    public static func decode(
        _ key: [UInt8], _ value: [UInt8]
    ) throws(SQLError) -> (database: OID, key: CatalogKey, value: CatalogValue) {
        let result = key.withUnsafeBytes { keyBytes in
            value.withUnsafeBytes { valueBytes in
                decode(ByteReader(keyBytes), CatalogReader(valueBytes))
            }
        }
        guard let result else {
            throw SQLError(.dataCorrupted, "catalog row cannot be read: key \(key)")
        }
        return result
    }

    private static func decode(
        _ key: ByteReader, _ value: CatalogReader
    ) -> (database: OID, key: CatalogKey, value: CatalogValue)? {
        var key = key
        var value = value
        guard let kind = key.readByte().flatMap({ Kind(rawValue: $0) }),
            let database = key.read(bigEndian: UInt32.self), value.byte() == version
        else { return nil }
        var result: (CatalogKey, CatalogValue)?
        switch kind {
        case .relation:
            result = value.relation().map { (.relation($0.oid), .relation(Shared($0))) }
        case .namespace:
            result = value.namespace().map { (.namespace($0.oid), .namespace(Shared($0))) }
        case .type:
            result = value.userType().map { (.type($0.oid), .type(Shared($0))) }
        case .role:
            result = value.role().map { (.role($0.oid), .role(Shared($0))) }
        case .database:
            result = value.database().map { (.database($0.oid), .database(Shared($0))) }
        case .dependency:
            guard let dependent = address(&key), let referenced = address(&key),
                let code = key.readByte(),
                let kind = DependencyKind(rawValue: Character(UnicodeScalar(code)))
            else { return nil }
            result = (.dependency(Dependency(dependent, on: referenced, kind)), .dependency)
        case .comment:
            guard let object = address(&key), let text = value.text() else { return nil }
            result = (.comment(object), .comment(text))
        case .statistics:
            guard let oid = key.read(bigEndian: UInt32.self) else { return nil }
            result = value.statistics().map { (.statistics(OID(oid)), .statistics(Shared($0))) }
        case .settings:
            guard let database = key.read(bigEndian: UInt32.self),
                let role = key.read(bigEndian: UInt32.self)
            else { return nil }
            let scope = SettingsScope(database: OID(database), role: OID(role))
            result = (.settings(scope), .settings(value.texts()))
        }
        guard let result, value.isGood, value.isAtEnd else { return nil }
        return (OID(database), result.0, result.1)
    }

    private enum Kind: UInt8 {
        case role = 1
        case database
        case namespace
        case relation
        case dependency
        case comment
        case type
        case statistics
        case settings
    }

    private static func append(_ address: ObjectAddress, _ buffer: inout ByteBuffer) {
        buffer.append(bigEndian: address.classID.rawValue)
        buffer.append(bigEndian: address.objectID.rawValue)
        buffer.append(bigEndian: address.subID)
    }

    private static func address(_ key: inout ByteReader) -> ObjectAddress? {
        guard let classID = key.read(bigEndian: UInt32.self),
            let objectID = key.read(bigEndian: UInt32.self),
            let subID = key.read(bigEndian: Int32.self)
        else { return nil }
        return ObjectAddress(classID: OID(classID), objectID: OID(objectID), subID: subID)
    }

    static func code(_ character: Character) -> UInt8 { character.asciiValue ?? 0 }
}
