public import Base

/// A point of the plane, and as a vector what points are added and multiplied by.
public struct GeometricPoint: Sendable {
    public var x: Double
    public var y: Double

    public init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }
}

/// Values of the geometric types (chapter 8.8). They lie in rows in the wire's binary form, whose
/// numbers are big-endian:
///
///     point    x y                     box      high x y, low x y
///     lseg     x y x y                 line     A B C
///     circle   x y radius              polygon  count of points 4, x y …
///     path     1 closed or 0 open 1, count of points 4, x y …
public struct GeometricValue: Sendable {
    public var numbers: [Double]
    /// Of a path.
    public var isClosed = true

    public init(_ numbers: [Double]) { self.numbers = numbers }

    public init(points: [GeometricPoint], isClosed: Bool = true) {
        numbers = points.flatMap { [$0.x, $0.y] }
        self.isClosed = isClosed
    }

    public init(_ view: ByteView) {
        let bytes = view.bytes
        // Whole numbers behind what a path or polygon begins with.
        let head = bytes.count % 8
        if head == 5 { isClosed = bytes[0] != 0 }
        numbers = (0..<bytes.count / 8).map { index in
            let start = head + index * 8
            let bits = bytes[start..<start + 8].reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
            return Double(bitPattern: bits)
        }
    }

    public var points: [GeometricPoint] {
        (0..<numbers.count / 2).map { GeometricPoint(numbers[$0 * 2], numbers[$0 * 2 + 1]) }
    }

    public func view(type: OID, in arena: Arena) -> ByteView {
        var buffer = ByteBuffer()
        if type == .path { buffer.append(isClosed ? 1 : 0 as UInt8) }
        if type == .path || type == .polygon { buffer.append(bigEndian: UInt32(numbers.count / 2)) }
        for number in numbers { buffer.append(bigEndian: number.bitPattern) }
        return ByteView(copying: buffer.bytes, into: arena)
    }
}
