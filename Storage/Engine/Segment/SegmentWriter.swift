internal import Base
internal import System

/// Writes one segment file: sections one after the other, the keys of each in ascending order.
/// Nothing of it counts before `finish` and the manifest that names it.
final class SegmentWriter {
    let number: UInt64
    let path: String
    private let file: File
    private var out = ByteBuffer(capacityBytes: 1 << 20)
    /// Where `out` goes.
    private var fileOffset: UInt64 = 0
    private static let outSizeBytesMax = 1 << 20

    // Of the section in progress.
    private var generation = GenerationID(0)
    private var sectionStart: UInt64 = 0
    private var block = ByteBuffer(capacityBytes: SegmentFormat.blockSizeBytes * 2)
    private var packed = ByteBuffer(capacityBytes: SegmentFormat.blockSizeBytes * 2)
    private var blockKeyCount: UInt64 = 0
    private var lastKey: [UInt8] = []
    private var index = ByteBuffer(capacityBytes: 4096)
    private var indexKey: [UInt8] = []
    private var blockCount: UInt64 = 0
    private var blockFirstKey: [UInt8] = []
    private var hashes: [UInt64] = []
    private var rowIDMax: UInt64 = 0
    private var newestPosition: UInt64 = 0

    init(_ fileSystem: FileSystem, directory: String, number: UInt64) throws(FileError) {
        self.number = number
        path = directory + "/" + SegmentFormat.fileName(number)
        if fileSystem.exists(path) { try fileSystem.remove(path) }
        file = try fileSystem.open(path, creating: true)
        out.append(littleEndian: SegmentFormat.magic)
        out.append(littleEndian: SegmentFormat.version)
        out.append(littleEndian: number)
        out.append(littleEndian: 0 as UInt32)
        let checksum = out.withBytes { crc32c($0) }
        out.append(littleEndian: checksum)
    }

    /// Bytes so far.
    var sizeBytes: UInt64 { fileOffset + UInt64(out.count) }

    // MARK: Sections

    func beginSection(_ generation: GenerationID) {
        self.generation = generation
        sectionStart = sizeBytes
        index.removeAll()
        indexKey.removeAll(keepingCapacity: true)
        lastKey.removeAll(keepingCapacity: true)
        hashes.removeAll(keepingCapacity: true)
        blockCount = 0
        rowIDMax = 0
        newestPosition = 0
        beginBlock()
    }

    /// Adds a key behind all so far, with its versions, newest first; `stamps` are theirs.
    func add(
        _ key: UnsafeRawBufferPointer, _ versions: [Version], stamps: [UInt64]
    ) throws(FileError) {
        invariant(!versions.isEmpty && versions.count == stamps.count, "a key has versions")
        if blockKeyCount == 0 {
            blockFirstKey.removeAll(keepingCapacity: true)
            blockFirstKey.append(contentsOf: key)
        }
        let shared = blockKeyCount == 0 ? 0 : SegmentWriter.sharedCount(lastKey, key)
        block.append(varint: UInt64(shared))
        block.append(varint: UInt64(key.count - shared))
        block.append(contentsOf: UnsafeRawBufferPointer(rebasing: key[shared...]))
        block.append(varint: UInt64(versions.count))
        for (version, stamp) in zip(versions, stamps) { append(version, stamp) }
        lastKey.removeAll(keepingCapacity: true)
        lastKey.append(contentsOf: key)
        blockKeyCount += 1
        hashes.append(BloomFilter.hash(key))
        if key.count == 8 {
            rowIDMax = max(rowIDMax, UInt64(bigEndian: key.loadUnaligned(as: UInt64.self)))
        }
        if block.count >= SegmentFormat.blockSizeBytes { try endBlock() }
    }

    private func append(_ version: Version, _ stamp: UInt64) {
        let isUnstamped = stamp & 1 != 0
        let kind = version.kind
        block.append(kind | (isUnstamped ? SegmentBlock.unstampedFlag : 0))
        block.append(varint: stamp >> 1)
        block.append(varint: UInt64(isUnstamped ? version.command : version.writerHalf))
        newestPosition = isUnstamped ? .max : max(newestPosition, stamp >> 1)
        if kind == Version.plainDeletionKind { return }
        let bytes = version.bytes
        block.append(varint: UInt64(bytes.count))
        block.append(contentsOf: bytes)
    }

    private static func sharedCount(_ before: [UInt8], _ key: UnsafeRawBufferPointer) -> Int {
        let limit = min(before.count, key.count)
        var count = 0
        while count < limit, before[count] == key[count] { count += 1 }
        return count
    }

    private func beginBlock() {
        block.removeAll(keeping: SegmentFormat.blockSizeBytes * 4)
        // The count of keys comes before them and is known last: it has a varint of full length.
        _ = block.skip(SegmentWriter.countSizeBytes)
        blockKeyCount = 0
    }
    private static let countSizeBytes = 5

    private func endBlock() throws(FileError) {
        if blockKeyCount == 0 { return }
        for place in 0..<SegmentWriter.countSizeBytes {
            let digit = UInt8(truncatingIfNeeded: blockKeyCount >> (7 * UInt64(place)) & 0x7F)
            let isLast = place == SegmentWriter.countSizeBytes - 1
            block.overwrite(littleEndian: digit | (isLast ? 0 : 0x80), at: place)
        }
        let offset = sizeBytes
        // The buffers are taken out, so that `write` may use the rest of the writer.
        var raw = ByteBuffer(capacityBytes: 16)
        swap(&raw, &block)
        let size = try write(.rows, raw)
        swap(&raw, &block)
        let shared = blockFirstKey.withUnsafeBytes { SegmentWriter.sharedCount(indexKey, $0) }
        index.append(varint: offset)
        index.append(varint: size)
        index.append(varint: UInt64(shared))
        index.append(varint: UInt64(blockFirstKey.count - shared))
        blockFirstKey.withUnsafeBytes {
            index.append(contentsOf: UnsafeRawBufferPointer(rebasing: $0[shared...]))
        }
        swap(&indexKey, &blockFirstKey)
        blockCount += 1
        beginBlock()
    }

    /// Where the section is; nil if it has no keys, and takes no room.
    func endSection() throws(FileError) -> SegmentPlace? {
        try endBlock()
        if blockCount == 0 { return nil }
        var piece = ByteBuffer(capacityBytes: index.count + 16)
        piece.append(varint: blockCount)
        index.withBytes { piece.append(contentsOf: $0) }
        let indexOffset = sizeBytes
        let indexSize = try write(.index, piece)
        let bloom = BloomFilter(hashes)
        piece.removeAll()
        bloom.append(to: &piece)
        let bloomOffset = sizeBytes
        let bloomSize = try write(.bloom, piece)
        piece.removeAll()
        for number in [
            generation.rawValue, UInt64(hashes.count), blockCount, indexOffset, indexSize,
            bloomOffset, bloomSize,
        ] { piece.append(varint: number) }
        let footerOffset = sizeBytes
        let footerSize = try write(.footer, piece)
        return SegmentPlace(
            generation: generation, fileNumber: number, footerOffset: footerOffset,
            footerSizeBytes: footerSize, sizeBytes: sizeBytes - sectionStart,
            keyCount: UInt64(hashes.count), rowIDMax: rowIDMax,
            newestPosition: newestPosition)
    }

    // MARK: Pieces

    /// Returns the size of the piece.
    private func write(
        _ kind: SegmentFormat.PieceKind, _ raw: borrowing ByteBuffer
    ) throws(FileError) -> UInt64 {
        packed.removeAll(keeping: SegmentFormat.blockSizeBytes * 4)
        let isPacked = raw.withBytes { LZ4.compress($0, into: &packed) }
        let storedCount = isPacked ? packed.count : raw.count
        let position = sizeBytes
        let start = out.skip(SegmentFormat.pieceHeaderSizeBytes)
        out.overwrite(littleEndian: kind.rawValue, at: start + 4)
        let codec: SegmentFormat.Codec = isPacked ? .lz4 : .none
        out.overwrite(littleEndian: codec.rawValue, at: start + 5)
        out.overwrite(littleEndian: UInt32(storedCount), at: start + 8)
        out.overwrite(littleEndian: UInt32(raw.count), at: start + 12)
        out.overwrite(littleEndian: position, at: start + 16)
        if isPacked {
            packed.withBytes { out.append(contentsOf: $0) }
        } else {
            raw.withBytes { out.append(contentsOf: $0) }
        }
        let checksum = out.withBytes { bytes in
            SegmentFormat.checksum(
                UnsafeRawBufferPointer(rebasing: bytes[(start + 4)...]), fileNumber: number)
        }
        out.overwrite(littleEndian: checksum, at: start)
        if out.count >= SegmentWriter.outSizeBytesMax { try flush() }
        return UInt64(SegmentFormat.pieceHeaderSizeBytes + storedCount)
    }

    private func flush() throws(FileError) {
        try out.withBytes { (bytes) throws(FileError) in
            try file.write(bytes, at: Int(fileOffset))
        }
        fileOffset += UInt64(out.count)
        out.removeAll(keeping: SegmentWriter.outSizeBytesMax * 2)
    }

    /// Writes what is left; `sync` comes next.
    func finish() throws(FileError) { if out.count > 0 { try flush() } }

    func sync() throws(FileError) { try file.sync() }
}
