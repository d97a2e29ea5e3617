public import Base

/// One grantee's rights on an object, from one grantor: an aclitem.
public struct Privilege: Hashable, Sendable {
    /// Bits as PostgreSQL's AclMode: INSERT 1, SELECT 2, UPDATE 4, DELETE 8, TRUNCATE 16,
    /// REFERENCES 32, TRIGGER 64, EXECUTE 128, USAGE 256, CREATE 512, TEMPORARY 1024, CONNECT 2048.
    public struct Rights: OptionSet, Hashable, Sendable {
        public let rawValue: UInt32
        public init(rawValue: UInt32) { self.rawValue = rawValue }
        public static let insert = Rights(rawValue: 1)
        public static let select = Rights(rawValue: 2)
        public static let update = Rights(rawValue: 4)
        public static let delete = Rights(rawValue: 8)
        public static let truncate = Rights(rawValue: 16)
        public static let references = Rights(rawValue: 32)
        public static let trigger = Rights(rawValue: 64)
        public static let execute = Rights(rawValue: 128)
        public static let usage = Rights(rawValue: 256)
        public static let create = Rights(rawValue: 512)
        public static let temporary = Rights(rawValue: 1024)
        public static let connect = Rights(rawValue: 2048)
    }

    /// Invalid means PUBLIC.
    public var grantee: OID
    public var grantor: OID
    public var rights: Rights
    public var grantable: Rights

    public init(grantee: OID, grantor: OID, rights: Rights, grantable: Rights) {
        self.grantee = grantee
        self.grantor = grantor
        self.rights = rights
        self.grantable = grantable
    }

    /// Nothing may be done, nor passed on.
    public var isEmpty: Bool { rights.isEmpty && grantable.isEmpty }
}

/// What kind of object a list of privileges is for.
public enum PrivilegeKind: Sendable {
    case table
    case column
    case sequence
    case schema
    case database
    case type
    case function

    /// PostgreSQL's word in messages.
    public var noun: String {
        switch self {
        case .table: "table"
        case .column: "column"
        case .sequence: "sequence"
        case .schema: "schema"
        case .database: "database"
        case .type: "type"
        case .function: "function"
        }
    }

    /// What ALL stands for.
    public var all: Privilege.Rights {
        switch self {
        case .table: [.insert, .select, .update, .delete, .truncate, .references, .trigger]
        case .column: [.insert, .select, .update, .references]
        case .sequence: [.usage, .select, .update]
        case .schema: [.usage, .create]
        case .database: [.create, .temporary, .connect]
        case .type: .usage
        case .function: .execute
        }
    }

    /// What everybody has without a list.
    public var ofPublic: Privilege.Rights {
        switch self {
        case .table, .column, .sequence, .schema: []
        case .database: [.temporary, .connect]
        case .type: .usage
        case .function: .execute
        }
    }

    /// What a missing list stands for.
    public func initialList(owner: OID) -> [Privilege] {
        if self == .column { return [] }
        let ofOwner = Privilege(grantee: owner, grantor: owner, rights: all, grantable: [])
        if ofPublic.isEmpty { return [ofOwner] }
        return [
            Privilege(grantee: .invalid, grantor: owner, rights: ofPublic, grantable: []), ofOwner,
        ]
    }
}

extension Relation {
    /// Of what kind the relation's own list is.
    public var privilegeKind: PrivilegeKind { kind == .sequence ? .sequence : .table }
}

extension [Privilege] {
    /// The list for the object's next owner, in whose name are what the last one had and granted
    /// (PostgreSQL's aclnewowner).
    public func replacing(owner: OID, by next: OID) -> [Privilege] {
        var result: [Privilege] = []
        for var entry in self {
            if entry.grantee == owner { entry.grantee = next }
            if entry.grantor == owner { entry.grantor = next }
            result.merge(entry)
        }
        return result
    }

    /// Adds rights to what the grantee has from the same grantor.
    public mutating func merge(_ entry: Privilege) {
        if let place = firstIndex(where: {
            $0.grantee == entry.grantee && $0.grantor == entry.grantor
        }) {
            self[place].rights.formUnion(entry.rights)
            self[place].grantable.formUnion(entry.grantable)
        } else {
            append(entry)
        }
    }
}

/// An object that has an owner and one list of privileges.
public protocol OwnedObject {
    var owner: OID { get set }
    var privileges: [Privilege]? { get set }
}

extension OwnedObject {
    /// The object with another owner.
    public func owned(by owner: OID) -> Self {
        var changed = self
        changed.privileges = privileges?.replacing(owner: self.owner, by: owner)
        changed.owner = owner
        return changed
    }
}

extension Namespace: OwnedObject {}
extension Database: OwnedObject {}
extension UserType: OwnedObject {}
