public import Base

/// A jsonb value's bytes, read in place. A node's extent is known from outside, its first byte is its
/// kind; integers are little-endian, offsets count from the end of the offsets:
///
///     null, false, true    | 00 | 01 | 02 |
///     number               | 03 | numeric's bytes |
///     string               | 04 | UTF-8 |
///     array                | 05 | count 4 | end of each element 4 … | elements |
///     object               | 06 | count 4 | end of each key 4 … | end of each value 4 … | keys | values |
///
/// Keys are unique and sorted by length, then by bytes, as PostgreSQL sorts them.
public struct JSONB {
    /// Borrowed from whoever has the value.
    let bytes: UnsafeRawBufferPointer

    public init(_ bytes: UnsafeRawBufferPointer) {
        invariant(!bytes.isEmpty, "a jsonb value has a kind")
        self.bytes = bytes
    }

    public var kind: JSONKind {
        guard let kind = JSONKind(rawValue: bytes[0]) else {
            invariant(false, "jsonb has seven kinds")
            return .null
        }
        return kind
    }
    public var isContainer: Bool { kind == .array || kind == .object }
    public var isBoolean: Bool { kind == .true || kind == .false }

    /// Elements or pairs.
    public var count: Int { Int(word(1)) }

    /// A string's bytes, or a number's.
    var payload: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[1...]) }
    /// A number.
    public var numeric: ByteView { ByteView(borrowing: payload) }
    /// A string's bytes.
    public var string: UnsafeRawBufferPointer { payload }
    /// The whole value, to be kept elsewhere.
    public var encoded: UnsafeRawBufferPointer { bytes }

    private func word(_ offset: Int) -> UInt32 {
        UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }
    private func part(_ index: Int, base: Int) -> UnsafeRawBufferPointer {
        let start = index == 0 ? 0 : Int(word(5 + (index - 1) * 4))
        return UnsafeRawBufferPointer(rebasing: bytes[base + start..<base + Int(word(5 + index * 4))])
    }

    public func element(_ index: Int) -> JSONB { JSONB(part(index, base: 5 + count * 4)) }
    public func key(_ index: Int) -> UnsafeRawBufferPointer { part(index, base: 5 + count * 8) }
    public func value(_ index: Int) -> JSONB {
        // The values' ends go on from the keys'.
        JSONB(part(count + index, base: 5 + count * 8))
    }

    /// The place of a key in an object; nil: it has no such.
    public func index(of key: UnsafeRawBufferPointer) -> Int? {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            let order = JSONB.compareKeys(self.key(middle), key)
            if order == 0 { return middle }
            if order < 0 { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    static func compareKeys(
        _ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer
    ) -> Int {
        left.count != right.count ? left.count - right.count : compareBytes(left, right)
    }
}

// MARK: Order

extension JSONB {
    /// PostgreSQL's order: object > array > boolean > number > string > null; of containers the larger
    /// is greater; an empty array on the outside is less than any scalar.
    public static func compare(_ left: ByteView, _ right: ByteView) -> Int {
        left.withBytes { a in
            right.withBytes { b in compareWhole(JSONB(a), JSONB(b)) }
        }
    }

    private static func compareWhole(_ left: JSONB, _ right: JSONB) -> Int {
        // A scalar on the outside counts as an array of one that is less than an array of one.
        if left.isContainer != right.isContainer {
            let container = left.isContainer ? left : right
            let isLess = container.kind == .array && container.count == 0
            return (isLess ? -1 : 1) * (left.isContainer ? 1 : -1)
        }
        return compare(left, right)
    }

    private var rank: Int {
        switch kind {
        case .null: 0
        case .string: 1
        case .number: 2
        case .false, .true: 3
        case .array: 4
        case .object: 5
        }
    }

    static func compare(_ left: JSONB, _ right: JSONB) -> Int {
        if left.rank != right.rank { return left.rank - right.rank }
        switch left.kind {
        case .null: return 0
        case .false, .true: return Int(left.kind.rawValue) - Int(right.kind.rawValue)
        case .string: return compareBytes(left.string, right.string)
        case .number: return Numeric.compare(left.numeric, right.numeric)
        case .array:
            if left.count != right.count { return left.count - right.count }
            for index in 0..<left.count {
                let order = compare(left.element(index), right.element(index))
                if order != 0 { return order }
            }
            return 0
        case .object:
            if left.count != right.count { return left.count - right.count }
            for index in 0..<left.count {
                let keys = compareBytes(left.key(index), right.key(index))
                if keys != 0 { return keys }
                let order = compare(left.value(index), right.value(index))
                if order != 0 { return order }
            }
            return 0
        }
    }

    /// Whether `other` is contained: `@>`.
    public func contains(_ other: JSONB) -> Bool {
        if kind == .array, !other.isContainer {
            // An array may contain a primitive value by itself.
            return hasElement(other)
        }
        return holds(other)
    }

    private func hasElement(_ scalar: JSONB) -> Bool {
        (0..<count).contains { JSONB.compare(element($0), scalar) == 0 }
    }

    private func holds(_ other: JSONB) -> Bool {
        if kind != other.kind { return false }
        switch kind {
        case .object:
            return (0..<other.count).allSatisfy { wanted in
                index(of: other.key(wanted)).map { value($0).holds(other.value(wanted)) } ?? false
            }
        case .array:
            return (0..<other.count).allSatisfy { wanted in
                let item = other.element(wanted)
                if !item.isContainer { return hasElement(item) }
                return (0..<count).contains { element($0).holds(item) }
            }
        case .null, .false, .true, .number, .string: return JSONB.compare(self, other) == 0
        }
    }

    /// Order-preserving bytes, for indexes and hashes: rank, then value, or count and what is inside.
    func appendKey(into buffer: inout ByteBuffer, isOuter: Bool = true) {
        // On the outside a scalar lies between an empty array and one of one.
        let isLone = isOuter && !isContainer
        if isLone {
            buffer.append(4 as UInt8)
            buffer.append(bigEndian: 1 as UInt32)
            buffer.append(0 as UInt8)
        }
        buffer.append(UInt8(rank))
        switch kind {
        case .null: break
        case .false, .true: buffer.append(kind == .true ? 1 : 0 as UInt8)
        case .number: KeyEncoding.appendNumeric(numeric, into: &buffer)
        case .string:
            buffer.append(contentsOf: string)
            buffer.append(0 as UInt8)
        case .array:
            buffer.append(bigEndian: UInt32(count))
            if isOuter { buffer.append(1 as UInt8) }
            for index in 0..<count { element(index).appendKey(into: &buffer, isOuter: false) }
        case .object:
            buffer.append(bigEndian: UInt32(count))
            for index in 0..<count {
                buffer.append(contentsOf: key(index))
                buffer.append(0 as UInt8)
                value(index).appendKey(into: &buffer, isOuter: false)
            }
        }
    }

    /// Equal values have equal hashes.
    public static func hash(_ view: ByteView) -> UInt64 {
        var buffer = ByteBuffer()
        view.withBytes { JSONB($0).appendKey(into: &buffer) }
        return buffer.withBytes { TypeComparison.hash($0) }
    }
}
