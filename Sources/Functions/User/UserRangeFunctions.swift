public import Base
internal import Types

/// The functions that have the names of users' range and multirange types and make their values. The
/// type is in their OIDs, which thus need no place in the catalog:
///
///     | which of them 3 bits | OID of the range or multirange type 29 |
extension FunctionRegistry {
    private enum Constructor: UInt32, CaseIterable {
        case range = 1
        case rangeWithFlags = 2
        case emptyMultirange = 3
        case multirangeOfRange = 4
        case multirange = 5

        var key: String {
            switch self {
            case .range: "range_constructor2"
            case .rangeWithFlags: "range_constructor3"
            case .emptyMultirange: "multirange_constructor0"
            case .multirangeOfRange: "multirange_constructor1"
            case .multirange: "multirange_constructor2"
            }
        }

        func oid(_ type: OID) -> OID { OID(rawValue << 29 | type.rawValue) }
    }

    /// What makes values of a user's type; none, if it is no range.
    public static func constructors(of type: OID) -> [FunctionEntry] {
        guard type >= .firstUser, type.rawValue < 1 << 29, let facts = TypeCatalog.range(type) else {
            return []
        }
        let kinds: [Constructor] =
            facts.range == type
            ? [.range, .rangeWithFlags] : [.emptyMultirange, .multirangeOfRange, .multirange]
        return kinds.compactMap { entry($0, type, facts) }
    }

    /// The type that a function makes because it has its name; nil: it is another one.
    public static func constructedType(_ function: OID) -> OID? {
        function.rawValue >> 29 == 0 ? nil : OID(function.rawValue & (1 << 29 - 1))
    }

    static func constructor(_ function: OID) -> FunctionEntry? {
        guard let type = constructedType(function),
            let kind = Constructor(rawValue: function.rawValue >> 29),
            let facts = TypeCatalog.range(type)
        else { return nil }
        return entry(kind, type, facts)
    }

    /// The explicit cast of a user's ranges to their multiranges.
    static func multirangeCast(from source: OID, to target: OID) -> OID? {
        guard source >= .firstUser, target.rawValue < 1 << 29,
            let facts = TypeCatalog.range(source), facts.range == source,
            facts.multirange == target
        else { return nil }
        return Constructor.multirangeOfRange.oid(target)
    }

    private static func entry(
        _ kind: Constructor, _ type: OID, _ facts: RangeFacts
    ) -> FunctionEntry? {
        guard let info = TypeCatalog.info(type),
            let kernel = rangeConstructor(kind.key, of: type)
        else { return nil }
        let arrays = TypeCatalog.info(facts.range)?.arrayOID ?? .invalid
        let arguments: [OID] =
            switch kind {
            case .range: [facts.subtype, facts.subtype]
            case .rangeWithFlags: [facts.subtype, facts.subtype, .text]
            case .emptyMultirange: []
            case .multirangeOfRange: [facts.range]
            case .multirange: [arrays]
            }
        return FunctionEntry(
            oid: kind.oid(type), name: info.name, arguments: arguments,
            variadic: kind == .multirange ? facts.range : nil, result: type, returnsSet: false,
            isStrict: facts.multirange == type, volatility: .immutable, defaults: [],
            argumentNames: [], key: kind.key, kernel: kernel, outputColumns: [])
    }
}
