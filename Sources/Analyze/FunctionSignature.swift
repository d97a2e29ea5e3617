internal import Base
internal import Functions
internal import Types

/// A function as a call with so many arguments, the last of them perhaps named, would use it.
struct FunctionSignature {
    let entry: FunctionEntry
    /// The types of the parameters that the call's arguments are for, in the call's order.
    let arguments: [OID]
    /// For each parameter the argument that it gets, nil for its default; nil: one after the other.
    let order: [Int?]?
    /// From this argument on they become the elements of a VARIADIC array.
    let packedFrom: Int?

    /// Nil: the function cannot be called so.
    /// - Parameter isVariadic: the call has VARIADIC: its last argument is the array itself.
    init?(_ entry: FunctionEntry, count: Int, names: [String], isVariadic: Bool) {
        self.entry = entry
        if isVariadic, entry.variadic == nil || entry.variadic == .any { return nil }
        if let element = entry.variadic, !isVariadic {
            let fixed = entry.arguments.count - 1
            guard count > fixed, names.isEmpty else { return nil }
            packedFrom = element == .any ? nil : fixed
            arguments =
                Array(entry.arguments.prefix(fixed))
                + Array(repeating: element, count: count - fixed)
            order = nil
            return
        }
        packedFrom = nil
        let total = entry.arguments.count
        if names.isEmpty, count == total {
            arguments = entry.arguments
            order = nil
            return
        }
        guard count <= total, count >= total - entry.defaultCount,
            names.isEmpty || entry.argumentNames.count >= total
        else { return nil }
        var places = [Int?](repeating: nil, count: total)
        var types: [OID] = []
        let positional = count - names.count
        for index in 0..<positional {
            places[index] = index
            types.append(entry.arguments[index])
        }
        for (index, name) in names.enumerated() {
            guard let place = entry.argumentNames.prefix(total).firstIndex(of: name),
                places[place] == nil
            else { return nil }
            places[place] = positional + index
            types.append(entry.arguments[place])
        }
        for place in 0..<(total - entry.defaultCount) where places[place] == nil { return nil }
        arguments = types
        order = places
    }
}
