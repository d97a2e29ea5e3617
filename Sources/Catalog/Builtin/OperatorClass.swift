public import Base
internal import Functions
internal import Types

/// How an access method compares values of a type (pg_opclass): which of them there are, and which
/// operators belong to their families.
public struct OperatorClass: Sendable {
    public let oid: OID
    public let name: String
    let method: OID
    let family: OID
    let input: OID
    let isDefault: Bool
    /// What an index keeps of a value; nil: the value.
    public let keyType: OID?

    private static let all: [OperatorClass] = ComputedRows.fields(of: operatorClassTable).map { row in
        OperatorClass(
            oid: number(row[0]), name: row[2], method: number(row[1]), family: number(row[3]),
            input: number(row[4]), isDefault: row[5] == "t",
            keyType: row[6] == "0" ? nil : number(row[6]))
    }

    private static func number(_ field: String) -> OID { OID(UInt32(field) ?? 0) }

    public static func of(_ oid: OID) -> OperatorClass? { all.first { $0.oid == oid } }

    /// The one that a key without an operator class has.
    public static func `default`(of type: OID, _ method: AccessMethod) -> OperatorClass? {
        let inputs = inputs(of: type)
        let found = all.filter { $0.isDefault && $0.method == method.oid }
        for input in inputs {
            if let match = found.first(where: { $0.input == input }) { return match }
        }
        return nil
    }

    /// Those of a name.
    public static func named(_ name: String, _ method: AccessMethod) -> OperatorClass? {
        all.first { $0.name == name && $0.method == method.oid }
    }

    public func accepts(_ type: OID) -> Bool {
        OperatorClass.inputs(of: type).contains(input)
            || FunctionRegistry.isBinaryCoercible(from: TypeCatalog.base(type), to: input)
    }

    /// The families that order text by its bytes, as all text is.
    private static let patternFamilies: Set<OID> = [OID(2095), OID(2097)]

    /// True if the class, of a b-tree, orders values of `type` as indexes do.
    public func ordersAsIndexes(_ type: OID) -> Bool {
        OperatorClass.patternFamilies.contains(family)
            || OperatorClass.default(of: type, .btree)?.family == family
    }

    public var familyName: String {
        ComputedRows.fields(of: operatorFamilyTable).first { $0[0] == "\(family.rawValue)" }?[2] ?? ""
    }

    /// Whether an operator can be asked for in a search of such an index.
    public func has(operator oid: OID) -> Bool {
        ComputedRows.fields(of: familyOperatorTable).contains {
            $0[1] == "\(family.rawValue)" && $0[5] == "\(oid.rawValue)"
        }
    }

    /// The type, and those that its values are without a change.
    public static func inputs(of type: OID) -> [OID] {
        let base = TypeCatalog.base(type)
        var inputs = [base]
        if base == .varchar { inputs.append(.text) }
        if base == .cidr { inputs.append(.inet) }
        if [.regclass, .regtype, .regproc].contains(base) { inputs.append(.oid) }
        if TypeCatalog.isEnumeration(base) { inputs.append(.anyEnum) }
        if TypeCatalog.isRange(base) { inputs.append(.anyRange) }
        if TypeCatalog.isMultirange(base) { inputs.append(.anyMultirange) }
        if TypeCatalog.isComposite(base) { inputs.append(.record) }
        if TypeCatalog.info(base)?.isArray == true { inputs.append(.anyArray) }
        return inputs
    }
}
