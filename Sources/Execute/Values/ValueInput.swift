internal import Base
internal import Functions
internal import Types

/// Reads text forms of one type, or binary ones, into a vector: what COPY FROM does to a column's fields. Integers in
/// plain decimal and numerics, the bulk of what is loaded, go past the types' dispatch.
final class ValueInput {
    private enum Kind {
        case integer(ClosedRange<Int64>)
        case numeric
        case other
        case binary
    }
    private let type: SQLType
    private let run: RunState
    private let arena: Arena
    private let kind: Kind
    private let isDomain: Bool

    init(_ type: SQLType, run: RunState, arena: Arena, isBinary: Bool = false) {
        isDomain = TypeCatalog.isDomain(type.oid)
        self.type = type
        self.run = run
        self.arena = arena
        kind =
            switch type.oid {
            case _ where isBinary: .binary
            case .int2: .integer(Int64(Int16.min)...Int64(Int16.max))
            case .int4: .integer(Int64(Int32.min)...Int64(Int32.max))
            case .int8: .integer(Int64.min...Int64.max)
            case .numeric: .numeric
            default: .other
            }
    }

    /// Reads rows 0..<count of a column; `fields` has one row's fields after the other.
    /// - Returns: the first row that cannot be read, with the error.
    func read(
        _ fields: UnsafePointer<CopyField>, stride: Int, count: Int, into vector: Vector
    ) -> (row: Int, error: SQLError)? {
        vector.hasNulls = false
        var row = 0
        do throws(SQLError) {
            switch kind {
            case .integer(let range):
                let words = vector.words
                while row < count {
                    let field = fields[row * stride]
                    if field.isNull {
                        vector.set(row, .null)
                    } else if let value = ValueInput.plainInteger(field.bytes),
                        range.contains(value)
                    {
                        words[row] = value
                    } else {
                        words[row] = try general(field.bytes).word
                    }
                    row += 1
                }
            case .numeric:
                let views = vector.views
                let modifier = type.modifier
                while row < count {
                    let field = fields[row * stride]
                    if field.isNull {
                        vector.set(row, .null)
                    } else {
                        let value = try Numeric.parse(field.bytes, arena: arena)
                        views[row] = try Numeric.apply(
                            modifier: modifier, to: value, arena: arena)
                    }
                    row += 1
                }
            case .other:
                while row < count {
                    let field = fields[row * stride]
                    if field.isNull, isDomain {
                        try run.session.domainChecker(type.oid).check(.null)
                    }
                    vector.set(row, field.isNull ? .null : try general(field.bytes))
                    row += 1
                }
            case .binary:
                let context = run.context.types
                while row < count {
                    let field = fields[row * stride]
                    if field.isNull, isDomain {
                        try run.session.domainChecker(type.oid).check(.null)
                    }
                    vector.set(
                        row,
                        field.isNull
                            ? .null
                            : try TypeIO.receive(
                                field.bytes, type: type, context: context, arena: arena))
                    row += 1
                }
            }
            return nil
        } catch {
            return (row, error)
        }
    }

    private func general(_ text: UnsafeRawBufferPointer) throws(SQLError) -> Datum {
        try TypeIO.input(text, type: type, context: run.context.types, arena: arena)
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

/// Writes text or binary forms of one type.
final class ValueOutput {
    private let type: OID
    private let run: RunState

    init(_ type: OID, run: RunState) {
        self.type = type
        self.run = run
    }

    /// The length and the binary form; null is a length of -1.
    func appendBinary(_ value: Datum, to buffer: inout ByteBuffer) {
        if value.isNull {
            buffer.append(bigEndian: -1 as Int32)
            return
        }
        let start = buffer.count
        buffer.append(bigEndian: 0 as Int32)
        TypeIO.send(value, type: type, context: run.typeContext, into: &buffer)
        buffer.overwrite(
            bigEndian: UInt32(truncatingIfNeeded: buffer.count - start - 4), at: start)
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
