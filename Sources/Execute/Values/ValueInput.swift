internal import Base
internal import Types

/// Reads text forms of one type into a vector: what COPY FROM does to a field. Integers in plain
/// decimal, the bulk of what is loaded, are read here; everything else by the type.
final class ValueInput {
    private let type: SQLType
    private let run: RunState
    private let arena: Arena
    private let range: ClosedRange<Int64>?

    init(_ type: SQLType, run: RunState, arena: Arena) {
        self.type = type
        self.run = run
        self.arena = arena
        range =
            switch type.oid {
            case .int2: Int64(Int16.min)...Int64(Int16.max)
            case .int4: Int64(Int32.min)...Int64(Int32.max)
            case .int8: Int64.min...Int64.max
            default: nil
            }
    }

    func read(
        _ text: UnsafeRawBufferPointer, into vector: Vector, row: Int
    ) throws(SQLError) {
        if let range, let value = ValueInput.plainInteger(text), range.contains(value) {
            vector.set(row, Datum(word: value))
            return
        }
        let context = run.typeContext
        vector.set(row, try TypeIO.input(text, type: type, context: context, arena: arena))
    }

    /// An optional minus and 1 to 18 digits; nil for all else.
    @inline(__always)
    private static func plainInteger(_ text: UnsafeRawBufferPointer) -> Int64? {
        var index = 0
        let count = text.count
        let isNegative = count > 0 && text[0] == UInt8(ascii: "-")
        if isNegative { index = 1 }
        if index == count || count - index > 18 { return nil }
        var value: Int64 = 0
        while index < count {
            let digit = text[index] &- 48
            if digit > 9 { return nil }
            value = value &* 10 &+ Int64(digit)
            index += 1
        }
        return isNegative ? -value : value
    }
}

/// Writes text forms of one type.
final class ValueOutput {
    private let type: OID
    private let run: RunState

    init(_ type: OID, run: RunState) {
        self.type = type
        self.run = run
    }

    /// The text form of a value that is not null.
    func append(_ value: Datum, to buffer: inout ByteBuffer) {
        switch type {
        case .int2, .int4, .int8: buffer.append(decimal: value.word)
        case .text, .varchar, .bpchar: buffer.append(value.view)
        default: TypeIO.output(value, type: type, context: run.typeContext, into: &buffer)
        }
    }
}
