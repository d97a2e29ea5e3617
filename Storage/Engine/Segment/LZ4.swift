internal import Base
internal import CLZ4

/// LZ4 block compression. The only file that imports `CLZ4`.
enum LZ4 {
    /// Appends the compressed form of `source`; false, with nothing appended, where it is hardly
    /// smaller.
    static func compress(_ source: UnsafeRawBufferPointer, into target: inout ByteBuffer) -> Bool {
        let sizeMax = source.count - source.count / 16
        guard source.count <= Int(LZ4_MAX_INPUT_SIZE), sizeMax > 0,
            let input = source.baseAddress?.assumingMemoryBound(to: CChar.self)
        else { return false }
        var isSmaller = false
        target.appendUninitialized(upTo: sizeMax) { room in
            guard let output = room.baseAddress?.assumingMemoryBound(to: CChar.self) else { return 0 }
            let size = LZ4_compress_default(input, output, Int32(source.count), Int32(sizeMax))
            isSmaller = size > 0
            return Int(max(size, 0))
        }
        return isSmaller
    }

    /// False if `source` is not the compressed form of exactly as many bytes as `target` has.
    static func decompress(
        _ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
    ) -> Bool {
        guard let input = source.baseAddress?.assumingMemoryBound(to: CChar.self),
            let output = target.baseAddress?.assumingMemoryBound(to: CChar.self)
        else { return false }
        let size = LZ4_decompress_safe(input, output, Int32(source.count), Int32(target.count))
        return Int(size) == target.count
    }
}
