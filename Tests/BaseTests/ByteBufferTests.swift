import Base
import Testing

@Suite struct ByteBufferTests {
    @Test(arguments: [0, 9, 10, 99, 100, -1, -10, Int64.max, Int64.min, 1_000_000_000_000_000_000])
    func decimalDigitsAreThoseOfTheInteger(value: Int64) {
        var buffer = ByteBuffer()
        buffer.append(decimal: value)
        #expect(String(decoding: buffer.bytes, as: UTF8.self) == String(value))
    }

    @Test func whatIsWrittenIsRead() {
        var buffer = ByteBuffer(capacityBytes: 16)
        buffer.append(bigEndian: Int32(-7))
        buffer.append(varint: 300)
        buffer.append(terminated: "naïve")
        buffer.append(littleEndian: UInt64.max)
        buffer.withBytes { bytes in
            var reader = ByteReader(bytes)
            #expect(reader.read(bigEndian: Int32.self) == -7)
            #expect(reader.readVarint() == 300)
            #expect(reader.readTerminatedString() == "naïve")
            #expect(reader.read(littleEndian: UInt64.self) == .max)
            #expect(reader.isAtEnd)
            #expect(reader.readByte() == nil)
        }
    }

    @Test(arguments: [0, 1, 11, 12, 13, 500])
    func viewsKeepTheirBytes(count: Int) {
        let arena = Arena()
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let view = ByteView(copying: bytes, into: arena)
        #expect(view.bytes == bytes)
        #expect(view == ByteView(copying: bytes, into: arena))
        #expect(ByteView.compare(view, ByteView(copying: bytes + [0], into: arena)) < 0)
    }

    @Test func checksumIsTheOneOfTheStandard() {
        let digits = Array("123456789".utf8)
        #expect(digits.withUnsafeBytes { crc32c($0) } == 0xE306_9283)
    }
}
