internal import Base
internal import Sequences
internal import Types

/// Reads what `CatalogWriter` wrote. A field that is not there makes `isGood` false and reads as
/// nothing, so that objects are read straight on and checked once.
struct CatalogReader {
    private var reader: ByteReader
    private(set) var isGood = true

    init(_ bytes: UnsafeRawBufferPointer) { reader = ByteReader(bytes) }

    var isAtEnd: Bool { reader.isAtEnd }

    // MARK: Primitives

    private mutating func check<Value>(_ value: Value?, or substitute: Value) -> Value {
        if let value { return value }
        isGood = false
        return substitute
    }
    mutating func byte() -> UInt8 { check(reader.readByte(), or: 0) }
    mutating func bool() -> Bool { byte() == 1 }
    mutating func unsigned() -> UInt64 { check(reader.readVarint(), or: 0) }
    /// A count of things that take at least a byte each.
    mutating func count() -> Int {
        let value = unsigned()
        if value > UInt64(reader.remainingCount) {
            isGood = false
            return 0
        }
        return Int(value)
    }
    mutating func number() -> Int { check(Int(exactly: unsigned()), or: 0) }
    mutating func int64() -> Int64 { check(reader.read(littleEndian: Int64.self), or: 0) }
    mutating func oid() -> OID { OID(check(UInt32(exactly: unsigned()), or: 0)) }
    mutating func optionalOID() -> OID? {
        let value = oid()
        return value.isValid ? value : nil
    }
    mutating func code() -> Character { Character(UnicodeScalar(byte())) }
    mutating func text() -> String? {
        guard let bytes = reader.read(byteCount: count()) else {
            isGood = false
            return nil
        }
        return String(decoding: bytes, as: UTF8.self)
    }
    mutating func bytes() -> [UInt8] {
        guard let bytes = reader.read(byteCount: count()) else {
            isGood = false
            return []
        }
        return Array(bytes)
    }
    mutating func string() -> String { text() ?? "" }
    mutating func optionalText() -> String? { bool() ? text() : nil }
    mutating func list<Element>(_ element: (inout CatalogReader) -> Element) -> [Element] {
        var result: [Element] = []
        for _ in 0..<count() where isGood { result.append(element(&self)) }
        return result
    }
    mutating func texts() -> [String] { list { $0.string() } }
    mutating func numbers() -> [Int] { list { $0.number() } }
    mutating func type() -> SQLType {
        let oid = oid()
        return SQLType(oid: oid, modifier: check(reader.read(littleEndian: Int32.self), or: -1))
    }
    mutating func privileges() -> [Privilege]? {
        let entries = list { reader in
            Privilege(
                grantee: reader.oid(), grantor: reader.oid(),
                rights: .init(rawValue: UInt32(truncatingIfNeeded: reader.unsigned())),
                grantable: .init(rawValue: UInt32(truncatingIfNeeded: reader.unsigned())))
        }
        return entries.isEmpty ? nil : entries.filter { !$0.isEmpty }
    }

    // MARK: Objects

    mutating func namespace() -> Namespace? {
        let namespace = Namespace(
            oid: oid(), name: string(), owner: oid(), privileges: privileges())
        return isGood ? namespace : nil
    }

    mutating func database() -> Database? {
        var database = Database(
            oid: oid(), name: string(), owner: oid(), isTemplate: bool(),
            allowsConnections: bool(), connectionLimit: Int(int64()), privileges: privileges())
        _ = texts()
        // Databases of before there were default privileges end here.
        if !isAtEnd {
            database.defaultPrivileges = list { reader in
                DefaultPrivileges(
                    oid: reader.oid(), role: reader.oid(), namespace: reader.oid(),
                    kind: .init(rawValue: reader.code()) ?? .relations,
                    privileges: reader.privileges() ?? [])
            }
        }
        // Databases end here on whose functions nothing was granted or revoked.
        if isGood, !isAtEnd {
            for _ in 0..<count() where isGood {
                let routine = oid()
                database.routinePrivileges[routine] = privileges()
            }
        }
        return isGood ? database : nil
    }

    mutating func role() -> Role? {
        var role = Role(
            oid: oid(), name: string(),
            attributes: .init(rawValue: UInt32(truncatingIfNeeded: unsigned())),
            connectionLimit: Int(int64()), password: optionalText())
        let hasLimit = bool()
        let validUntil = int64()
        role.validUntil = hasLimit ? validUntil : nil
        role.memberships = list { reader in
            Role.Membership(
                role: reader.oid(), grantor: reader.oid(), withAdmin: reader.bool())
        }
        _ = texts()
        return isGood ? role : nil
    }

    mutating func relation() -> Relation? {
        let oid = oid()
        let name = string()
        let namespace = self.oid()
        let owner = self.oid()
        guard let kind = RelationKind(rawValue: code()),
            let persistence = Persistence(rawValue: code())
        else { return nil }
        var relation = Relation(
            oid: oid, name: name, namespace: namespace, owner: owner, kind: kind,
            persistence: persistence)
        relation.columns = list { $0.column() }
        relation.placement = placement()
        relation.indexes = list { $0.oid() }
        relation.primaryKey = optionalOID()
        let constraints = list { $0.constraint() }
        relation.constraints = constraints.compactMap { $0 }
        if relation.constraints.count != constraints.count { return nil }
        relation.referencedBy = list { ForeignKeyReference(table: $0.oid(), constraint: $0.oid()) }
        if bool() { relation.index = index() }
        if bool() { relation.sequence = sequence() }
        relation.viewDefinition = optionalText()
        if kind == .materializedView { relation.isPopulated = bool() }
        relation.options = texts()
        relation.privileges = privileges()
        // Relations without partitions end here.
        if isGood, !isAtEnd { readPartitions(of: &relation) }
        if isGood, !isAtEnd {
            relation.rowType = self.oid()
            relation.rowArrayType = self.oid()
            relation.rowArrayName = string()
        }
        // Tables of no type end here.
        if isGood, !isAtEnd { relation.ofType = self.oid() }
        // Relations end here on whose columns nothing was granted.
        if isGood, !isAtEnd {
            for _ in 0..<count() where isGood {
                let column = number()
                relation.columnPrivileges[column] = privileges()
            }
        }
        // Relations end here of which ALTER TABLE has noted nothing.
        if isGood, !isAtEnd { relation.marks = marks() }
        return isGood ? relation : nil
    }

    private mutating func marks() -> TableMarks {
        var marks = TableMarks()
        marks.areTriggersDisabled = bool()
        marks.replicaIdentity = code()
        marks.replicaIndex = oid()
        marks.clusteredIndex = oid()
        for _ in 0..<count() where isGood { marks.statisticsTargets[number()] = Int(int64()) }
        for _ in 0..<count() where isGood { marks.storages[number()] = code() }
        for _ in 0..<count() where isGood { marks.columnOptions[number()] = texts() }
        return marks
    }

    mutating func userType() -> UserType? {
        let oid = oid()
        let name = string()
        let namespace = self.oid()
        let owner = self.oid()
        let array = self.oid()
        let arrayName = string()
        let privileges = self.privileges()
        let kind: UserType.Kind
        switch code() {
        case "e":
            kind = .enumeration(
                EnumLabels(
                    list { reader in
                        EnumLabels.Label(
                            oid: reader.oid(), name: reader.string(),
                            sortOrder: Float(
                                bitPattern: UInt32(truncatingIfNeeded: reader.unsigned())),
                            word: reader.int64())
                    }))
        case "d":
            var domain = Domain(base: type(), dimensions: number(), collation: self.oid())
            domain.isNotNull = bool()
            domain.defaultValue = optionalText().map { StoredExpression(text: $0) }
            domain.checks = list { reader in
                Domain.Check(
                    oid: reader.oid(), name: reader.string(),
                    expression: StoredExpression(text: reader.string()),
                    isValidated: reader.bool())
            }
            kind = .domain(domain)
        case "r":
            let facts = rangeFacts()
            kind = .range(
                UserRange(facts: facts, collation: self.oid(), difference: self.oid()))
        case "m": kind = .multirange(rangeFacts())
        default: return nil
        }
        var type = UserType(
            oid: oid, name: name, namespace: namespace, owner: owner, array: array,
            arrayName: arrayName, kind: kind)
        type.privileges = privileges
        return isGood ? type : nil
    }

    private mutating func rangeFacts() -> RangeFacts {
        RangeFacts(range: oid(), multirange: oid(), subtype: oid())
    }

    private mutating func readPartitions(of relation: inout Relation) {
        if bool() {
            guard let strategy = PartitionStrategy(rawValue: code()) else {
                isGood = false
                return
            }
            let keys = list { reader -> PartitionKey in
                let column = reader.number() - 1
                return PartitionKey(
                    column: column < 0 ? nil : column,
                    expression: reader.optionalText().map { StoredExpression(text: $0) },
                    type: reader.type())
            }
            relation.partitioning = Partitioning(
                strategy: strategy, keys: keys, partitions: list { $0.oid() })
        }
        if bool() {
            relation.partition = PartitionMembership(
                parent: oid(), bounds: bounds(), isAttached: bool())
        }
        for _ in 0..<count() where isGood {
            let index = number()
            let isLocal = bool()
            let parent = optionalOID()
            guard relation.constraints.indices.contains(index) else {
                isGood = false
                return
            }
            relation.constraints[index].isInherited = true
            relation.constraints[index].isLocal = isLocal
            relation.constraints[index].parent = parent
        }
    }

    private mutating func bounds() -> PartitionBounds? {
        switch byte() {
        case 0: return nil
        case 1: return .default
        case 2: return .hash(modulus: number(), remainder: number())
        case 3: return .list(boundValues())
        case 4: return .range(lower: boundValues(), upper: boundValues())
        default:
            isGood = false
            return nil
        }
    }

    private mutating func boundValues() -> [BoundValue] {
        list { reader in
            switch reader.byte() {
            case 0: return .minimum
            case 1: return .maximum
            case 2: return .null
            case 3: return .value(reader.string())
            default:
                reader.isGood = false
                return .null
            }
        }
    }

    private mutating func column() -> Column {
        var column = Column(
            name: string(), type: type(), isNotNull: bool(),
            defaultValue: optionalText().map { StoredExpression(text: $0) },
            identity: Identity(rawValue: code()), isGenerated: bool())
        let flags = byte()
        column.isDropped = flags & 1 != 0
        column.dimensions = Int(flags >> 1)
        column.missingValue = optionalText()
        return column
    }

    private mutating func placement() -> Placement? {
        guard bool() else { return nil }
        return Placement(
            generation: unsigned(), shard: UInt32(truncatingIfNeeded: unsigned()))
    }

    private mutating func index() -> IndexDefinition {
        let table = oid()
        let keys = list { reader -> IndexKey in
            let column = reader.number() - 1
            return IndexKey(
                column: column < 0 ? nil : column,
                expression: reader.optionalText().map { StoredExpression(text: $0) },
                type: reader.type(), descending: reader.bool(), nullsFirst: reader.bool())
        }
        let included = numbers()
        let isUnique = bool()
        let flags = byte()
        var index = IndexDefinition(
            table: table, keys: keys, included: included, isUnique: isUnique,
            isPrimary: flags & 1 != 0, isImmediate: flags & 2 == 0, isExclusion: flags & 4 != 0,
            nullsNotDistinct: bool(),
            predicate: optionalText().map { StoredExpression(text: $0) },
            constraint: optionalOID())
        index.isValid = flags & 8 == 0
        // A method that is not known is a newer server's: its entries are not ours to read.
        index.method = AccessMethod(rawValue: flags >> 4 & 7) ?? .brin
        if flags & 128 != 0 {
            for key in index.keys.indices {
                index.keys[key].operatorClass = optionalOID()
                index.keys[key].exclusionOperator = optionalOID()
            }
        }
        return index
    }

    private mutating func sequence() -> SequenceDefinition {
        SequenceDefinition(
            type: oid(), start: int64(), increment: int64(), minimum: int64(), maximum: int64(),
            cache: int64(), cycle: bool())
    }

    private mutating func constraint() -> Constraint? {
        let oid = oid()
        let name = string()
        let kind: Constraint.Kind
        switch code() {
        case "c": kind = .check(StoredExpression(text: string()))
        case "p": kind = .primaryKey(index: self.oid())
        case "u": kind = .unique(index: self.oid())
        case "x": kind = .exclusion(index: self.oid())
        case "f":
            let table = self.oid()
            let columns = numbers()
            let index = self.oid()
            guard let onUpdate = ReferentialAction(rawValue: code()),
                let onDelete = ReferentialAction(rawValue: code())
            else { return nil }
            let flags = byte()
            kind = .foreignKey(
                Constraint.ForeignKey(
                    table: table, columns: columns, index: index, onUpdate: onUpdate,
                    onDelete: onDelete, matchFull: flags & 1 == 1,
                    deleteSetColumns: flags & 2 == 2 ? numbers() : []))
        default: return nil
        }
        return Constraint(
            oid: oid, name: name, kind: kind, columns: numbers(), isDeferrable: bool(),
            isDeferred: bool(), isValidated: bool())
    }
}
