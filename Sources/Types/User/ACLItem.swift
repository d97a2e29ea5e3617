public import Base

/// An aclitem: what a role was granted, and by whom. Its text form is how it is kept:
/// `grantee=rights/grantor`, each right a letter with `*` behind where it may be passed on, and no
/// grantee for PUBLIC.
public struct ACLItem: Sendable, Equatable {
    /// Empty: PUBLIC.
    public var grantee: String
    public var grantor: String
    /// Letters in `ACLItem.rights`'s order.
    public private(set) var rights: [(letter: Character, isGrantable: Bool)]

    /// The rights in the order of PostgreSQL's bits, with what GRANT calls them.
    public static let rights: [(letter: Character, name: String)] = [
        ("a", "INSERT"), ("r", "SELECT"), ("w", "UPDATE"), ("d", "DELETE"), ("D", "TRUNCATE"),
        ("x", "REFERENCES"), ("t", "TRIGGER"), ("X", "EXECUTE"), ("U", "USAGE"), ("C", "CREATE"),
        ("T", "TEMPORARY"), ("c", "CONNECT"), ("s", "SET"), ("A", "ALTER SYSTEM"),
    ]

    public init(
        grantee: String, grantor: String, rights: [(letter: Character, isGrantable: Bool)]
    ) {
        self.grantee = grantee
        self.grantor = grantor
        self.rights = ACLItem.rights.compactMap { known in
            let given = rights.filter { $0.letter == known.letter }
            return given.isEmpty ? nil : (known.letter, given.contains { $0.isGrantable })
        }
    }

    /// The right that GRANT's word names; nil: none.
    public static func letter(named name: String) -> Character? {
        let upper = name.uppercased()
        return rights.first { $0.name == upper || upper == "TEMP" && $0.letter == "T" }?.letter
    }

    public static func == (left: ACLItem, right: ACLItem) -> Bool { left.text == right.text }

    // MARK: Text

    public var text: String {
        var text = ACLItem.quoted(grantee) + "="
        for right in rights {
            text.append(right.letter)
            if right.isGrantable { text += "*" }
        }
        return text + "/" + ACLItem.quoted(grantor)
    }

    private static func quoted(_ name: String) -> String {
        let isPlain = name.utf8.allSatisfy {
            $0 == 0x5F || isDigit($0) || isLetter($0) || $0 >= 0x80
        }
        return isPlain ? name : "\"" + name.replacing("\"", with: "\"\"") + "\""
    }

    /// Reads the text form; the roles must be there.
    public init(_ text: String, context: TypeContext) throws(SQLError) {
        var rest = Substring(text)
        func invalid(_ message: String) -> SQLError { SQLError(.invalidTextRepresentation, message) }
        func name() throws(SQLError) -> String {
            var name = ""
            var isQuoted = false
            while let next = rest.first {
                if next == "\"" {
                    rest.removeFirst()
                    if isQuoted, rest.first == "\"" {
                        name.append(rest.removeFirst())
                    } else {
                        isQuoted.toggle()
                    }
                    continue
                }
                guard isQuoted || next.isLetter || next.isNumber || next == "_" else { break }
                name.append(rest.removeFirst())
            }
            return name
        }
        var grantee = try name()
        if rest.first != "=", grantee == "group" || grantee == "user" {
            rest = rest.drop { $0 == " " }
            grantee = try name()
            if grantee.isEmpty {
                throw invalid("missing name").hint(
                    "A name must follow the \"group\" or \"user\" key word.")
            }
        }
        guard rest.first == "=" else { throw invalid("missing \"=\" sign") }
        rest.removeFirst()
        var rights: [(letter: Character, isGrantable: Bool)] = []
        while let letter = rest.first, letter.isLetter || letter == "*" {
            rest.removeFirst()
            if letter == "*" {
                if let last = rights.indices.last { rights[last].isGrantable = true }
                continue
            }
            guard ACLItem.rights.contains(where: { $0.letter == letter }) else {
                throw invalid(
                    "invalid mode character: must be one of \"arwdDxtXUCTcsA\"")
            }
            rights.append((letter, false))
        }
        var grantor = ""
        if rest.first == "/" {
            rest.removeFirst()
            grantor = try name()
            if grantor.isEmpty { throw invalid("a name must follow the \"/\" sign") }
        }
        guard rest.allSatisfy({ $0.isWhitespace }) else {
            throw invalid("extra garbage at the end of the ACL specification")
        }
        if grantor.isEmpty, let superuser = context.roleName?(OID(10)) {
            // Who grants is the superuser that the database began with.
            grantor = superuser
        }
        self.init(grantee: grantee, grantor: grantor, rights: rights)
        _ = try ACLItem.role(grantee, context)
        _ = try ACLItem.role(grantor, context)
    }

    /// The OID of a role; 0 of PUBLIC.
    public static func role(_ name: String, _ context: TypeContext) throws(SQLError) -> OID {
        if name.isEmpty { return .invalid }
        guard let find = context.roleNamed else {
            throw SQLError(.undefinedObject, "role \"\(name)\" does not exist")
        }
        return try find("\"" + name.replacing("\"", with: "\"\"") + "\"")
    }

    /// The name of a role as it is; its OID where there is none.
    public static func name(of role: OID, _ context: TypeContext) -> String {
        guard let name = context.roleName?(role) else { return String(role.rawValue) }
        guard name.hasPrefix("\"") else { return name }
        return String(name.dropFirst().dropLast()).replacing("\"\"", with: "\"")
    }
}
