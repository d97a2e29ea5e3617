public import Base
internal import Types

/// Functions whose last arguments are of any type and number, called with VARIADIC array: the array's
/// elements are the arguments. Each has an entry of its own, with an OID that PostgreSQL leaves
/// unused, whose kernel takes the array apart.
extension FunctionRegistry {
    private static let firstOID: UInt32 = 9700

    static let variadicFunctions: [FunctionEntry] =
        allFunctions.filter { $0.variadic == .any }.enumerated().compactMap { index, entry in
            guard case .scalar(let kernel) = entry.kernel else { return nil }
            return FunctionEntry(
                oid: OID(firstOID + UInt32(index)), name: entry.name, arguments: entry.arguments,
                variadic: entry.variadic, result: entry.result, returnsSet: false,
                isStrict: false, volatility: entry.volatility, defaults: [], argumentNames: [],
                key: entry.key + "$variadic", kernel: .scalar(spread(entry, kernel)),
                outputColumns: [])
        }

    private static let variadicByOID: [OID: FunctionEntry] = Dictionary(
        uniqueKeysWithValues: variadicFunctions.map { ($0.oid, $0) })
    static func variadicFunction(_ oid: OID) -> FunctionEntry? {
        oid.rawValue >= firstOID && oid < .firstUser ? variadicByOID[oid] : nil
    }

    /// The entry that takes the last argument of a function apart.
    public static func withArray(_ entry: FunctionEntry) -> FunctionEntry? {
        let key = entry.key + "$variadic"
        return variadicFunctions.first { $0.key == key && $0.arguments == entry.arguments }
    }

    /// The oid of the function that a call with an array stands for, for its text.
    public static func withoutArray(_ oid: OID) -> FunctionEntry? {
        guard let entry = variadicFunction(oid) else { return nil }
        return allFunctions.first {
            $0.key + "$variadic" == entry.key && $0.arguments == entry.arguments
        }
    }

    private static func spread(_ entry: FunctionEntry, _ kernel: @escaping ScalarKernel) -> ScalarKernel {
        let fixedCount = entry.arguments.count - 1
        let name = entry.name
        return { (arguments, context) throws(SQLError) in
            if entry.isStrict, (0..<fixedCount).contains(where: { arguments[$0].isNull }) {
                return .null
            }
            // format() without arguments is one; the others know nothing of a null array.
            if arguments[fixedCount].isNull, name != "format" { return .null }
            var values = (0..<fixedCount).map { arguments[$0] }
            var types = Array(context.argumentTypes.prefix(fixedCount))
            if !arguments[fixedCount].isNull {
                let array = ArrayValue(arguments[fixedCount].view, arena: context.arena)
                values += array.elements
                types += array.elements.map { _ in array.element }
            }
            let outer = context.argumentTypes
            context.argumentTypes = types
            defer { context.argumentTypes = outer }
            let row = UnsafeMutablePointer<Datum>.allocate(capacity: max(values.count, 1))
            defer { row.deallocate() }
            row.initialize(to: .null)
            for (index, value) in values.enumerated() { (row + index).initialize(to: value) }
            return try kernel(row, context)
        }
    }
}
