internal import Base
internal import System

/// An open segment file. Its name may be removed while somebody still reads it.
final class SegmentFile: @unchecked Sendable {
    // Safe to share: reads are positional and nothing changes.

    let number: UInt64
    let path: String
    private let file: File

    /// - Throws: 0A000 for a format of another version, XX001 for what is no segment file.
    init(_ fileSystem: FileSystem, directory: String, number: UInt64) throws(SQLError) {
        self.number = number
        path = directory + "/" + SegmentFormat.fileName(number)
        do throws(FileError) {
            file = try fileSystem.open(path, creating: false)
        } catch {
            throw error.error("could not open file \"\(path)\"")
        }
        try checkHeader()
    }

    private func checkHeader() throws(SQLError) {
        let bytes = try read(at: 0, count: SegmentFormat.headerSizeBytes)
        defer { withExtendedLifetime(bytes) {} }
        var reader = ByteReader(bytes.readable)
        guard reader.read(littleEndian: UInt32.self) == SegmentFormat.magic,
            let version = reader.read(littleEndian: UInt32.self),
            let number = reader.read(littleEndian: UInt64.self),
            reader.read(littleEndian: UInt32.self) != nil,
            let checksum = reader.read(littleEndian: UInt32.self),
            checksum == crc32c(UnsafeRawBufferPointer(rebasing: bytes.readable[..<20]))
        else { throw SegmentFormat.damage(path, at: 0, "its header is wrong") }
        if version != SegmentFormat.version {
            throw SQLError(
                .featureNotSupported,
                "segment file \"\(path)\" has format version \(version), this server reads version "
                    + "\(SegmentFormat.version)")
        }
        if number != self.number {
            throw SegmentFormat.damage(path, at: 8, "it calls itself file \(number)")
        }
    }

    /// Memory that was read into. `readable` is good as long as the object: whoever uses it holds that
    /// (`withExtendedLifetime`).
    final class Bytes {
        let memory: UnsafeMutableRawBufferPointer
        init(count: Int) { memory = .allocate(byteCount: count, alignment: 16) }
        deinit { memory.deallocate() }
        var readable: UnsafeRawBufferPointer { UnsafeRawBufferPointer(memory) }
    }

    private func read(at offset: Int, count: Int) throws(SQLError) -> Bytes {
        let bytes = Bytes(count: count)
        let found: Int
        do throws(FileError) {
            found = try file.read(into: bytes.memory, at: offset)
        } catch {
            throw error.error("could not read file \"\(path)\"")
        }
        if found < count { throw SegmentFormat.damage(path, at: offset, "it ends too early") }
        return bytes
    }

    func sizeBytes() throws(SQLError) -> UInt64 {
        do throws(FileError) { return UInt64(try file.sizeBytes) } catch {
            throw error.error("could not read file \"\(path)\"")
        }
    }

    /// What the header of a piece says, unchecked; nil: there is none.
    func pieceHeader(
        at offset: UInt64
    ) throws(SQLError) -> (kind: SegmentFormat.PieceKind, sizeBytes: UInt64)? {
        let headerSize = SegmentFormat.pieceHeaderSizeBytes
        guard offset + UInt64(headerSize) <= (try sizeBytes()) else { return nil }
        let bytes = try read(at: Int(offset), count: headerSize)
        defer { withExtendedLifetime(bytes) {} }
        let header = bytes.readable
        guard let kind = SegmentFormat.PieceKind(rawValue: header[4]) else { return nil }
        let stored = UInt32(littleEndian: header.loadUnaligned(fromByteOffset: 8, as: UInt32.self))
        return (kind, UInt64(headerSize) + UInt64(stored))
    }

    /// The raw bytes of a piece, checked.
    func piece(
        _ kind: SegmentFormat.PieceKind, at offset: UInt64, sizeBytes: UInt64
    ) throws(SQLError) -> Bytes {
        let headerSize = SegmentFormat.pieceHeaderSizeBytes
        guard let begin = Int(exactly: offset), let size = Int(exactly: sizeBytes),
            size >= headerSize, size <= 2 << 30
        else { throw SegmentFormat.damage(path, at: 0, "a piece has no place in it") }
        let bytes = try read(at: begin, count: size)
        defer { withExtendedLifetime(bytes) {} }
        let all = bytes.readable
        var reader = ByteReader(all)
        guard let checksum = reader.read(littleEndian: UInt32.self),
            let kindByte = reader.readByte(), let codecByte = reader.readByte(),
            reader.read(littleEndian: UInt16.self) != nil,
            let storedSize = reader.read(littleEndian: UInt32.self),
            let rawSize = reader.read(littleEndian: UInt32.self),
            let position = reader.read(littleEndian: UInt64.self),
            checksum
                == SegmentFormat.checksum(
                    UnsafeRawBufferPointer(rebasing: all[4...]), fileNumber: number)
        else { throw SegmentFormat.damage(path, at: begin, "the checksum is wrong") }
        guard kindByte == kind.rawValue, position == offset,
            Int(storedSize) == size - headerSize,
            let codec = SegmentFormat.Codec(rawValue: codecByte)
        else { throw SegmentFormat.damage(path, at: begin, "another piece is expected there") }
        let stored = UnsafeRawBufferPointer(rebasing: all[headerSize...])
        let raw = Bytes(count: Int(rawSize))
        switch codec {
        case .none:
            guard rawSize == storedSize else {
                throw SegmentFormat.damage(path, at: begin, "its size is wrong")
            }
            raw.memory.copyMemory(from: stored)
        case .lz4:
            guard LZ4.decompress(stored, into: raw.memory) else {
                throw SegmentFormat.damage(path, at: begin, "it cannot be decompressed")
            }
        }
        return raw
    }
}

/// A section of a segment file: the rows of one generation that one flush or compaction has written.
final class Segment: @unchecked Sendable {
    // Safe to share: `parts` is read and set under `lock`, once.

    let place: SegmentPlace
    let file: SegmentFile
    private let cache: BlockCache
    private let lock = Lock()
    private var parts: Parts?

    init(_ place: SegmentPlace, _ file: SegmentFile, _ cache: BlockCache) {
        self.place = place
        self.file = file
        self.cache = cache
    }

    /// What says where keys are; read when it is first needed.
    final class Parts: Sendable {
        let index: SegmentIndex
        let bloom: BloomFilter
        init(_ index: SegmentIndex, _ bloom: BloomFilter) {
            self.index = index
            self.bloom = bloom
        }
    }

    func loaded() throws(SQLError) -> Parts {
        try lock.withLock { () throws(SQLError) -> Parts in
            if let parts { return parts }
            let footer = try file.piece(
                .footer, at: place.footerOffset, sizeBytes: place.footerSizeBytes)
            defer { withExtendedLifetime(footer) {} }
            guard let places = SegmentFooter(footer.readable),
                places.generation == place.generation, places.keyCount == place.keyCount
            else {
                throw SegmentFormat.damage(
                    file.path, at: Int(place.footerOffset), "it is another section's end")
            }
            let index = try file.piece(
                .index, at: places.indexOffset, sizeBytes: places.indexSizeBytes)
            let bloom = try file.piece(
                .bloom, at: places.bloomOffset, sizeBytes: places.bloomSizeBytes)
            defer { withExtendedLifetime((index, bloom)) {} }
            guard let filter = BloomFilter(bloom.readable) else {
                throw SegmentFormat.damage(file.path, at: Int(places.bloomOffset), "it is no filter")
            }
            guard let blocks = SegmentIndex(index.readable),
                UInt64(blocks.count) == places.blockCount
            else {
                throw SegmentFormat.damage(file.path, at: Int(places.indexOffset), "it is no index")
            }
            let parts = Parts(blocks, filter)
            self.parts = parts
            return parts
        }
    }

    func block(_ number: Int, _ parts: Parts) throws(SQLError) -> SegmentBlock {
        let (offset, sizeBytes) = parts.index.place(number)
        let key = BlockCache.Key(fileNumber: file.number, offset: offset)
        if let found = cache.find(key) { return found }
        let raw = try file.piece(.rows, at: offset, sizeBytes: sizeBytes)
        defer { withExtendedLifetime(raw) {} }
        guard let block = SegmentBlock(raw.readable), block.count > 0 else {
            throw SegmentFormat.damage(file.path, at: Int(offset), "it is no block of rows")
        }
        cache.insert(block, for: key)
        return block
    }

    /// The newest version of exactly `key`, and the block it lies in.
    /// - Parameter hash: the key's, of `BloomFilter`.
    func find(
        _ key: UnsafeRawBufferPointer, _ hash: UInt64
    ) throws(SQLError) -> (newest: Version, block: SegmentBlock)? {
        let parts = try loaded()
        guard parts.bloom.mayContain(hash) else { return nil }
        let number = parts.index.block(of: key)
        if number < 0 { return nil }
        let block = try self.block(number, parts)
        let index = block.lowerBound(key)
        guard index < block.count, compareBytes(block.entries[index].key, key) == 0,
            let newest = Version(block.entries[index].chain)
        else { return nil }
        return (newest, block)
    }
}

/// The end of a section: where its other pieces are.
struct SegmentFooter {
    let generation: GenerationID
    let keyCount: UInt64
    let blockCount: UInt64
    let indexOffset: UInt64
    let indexSizeBytes: UInt64
    let bloomOffset: UInt64
    let bloomSizeBytes: UInt64

    /// Nil for bytes that are no footer.
    init?(_ bytes: UnsafeRawBufferPointer) {
        var reader = ByteReader(bytes)
        guard let generation = reader.readVarint(), let keyCount = reader.readVarint(),
            let blockCount = reader.readVarint(), let indexOffset = reader.readVarint(),
            let indexSize = reader.readVarint(), let bloomOffset = reader.readVarint(),
            let bloomSize = reader.readVarint(), reader.isAtEnd
        else { return nil }
        self.generation = GenerationID(generation)
        self.keyCount = keyCount
        self.blockCount = blockCount
        self.indexOffset = indexOffset
        indexSizeBytes = indexSize
        self.bloomOffset = bloomOffset
        bloomSizeBytes = bloomSize
    }
}

/// The blocks of a section by their first keys.
///
///     | block count v | blocks: offset v | size v | shared v | rest length v | key rest |
final class SegmentIndex: Sendable {
    private let offsets: [UInt64]
    private let sizes: [UInt64]
    private let keys: [UInt8]
    /// Where keys end in `keys`.
    private let keyEnds: [Int]

    var count: Int { offsets.count }

    /// Nil for bytes that are no index.
    init?(_ bytes: UnsafeRawBufferPointer) {
        var reader = ByteReader(bytes)
        var offsets: [UInt64] = []
        var sizes: [UInt64] = []
        var keys: [UInt8] = []
        var keyEnds: [Int] = []
        var before = 0..<0
        guard let count = reader.readVarint(), count > 0, count <= bytes.count else { return nil }
        for _ in 0..<count {
            guard let offset = reader.readVarint(), let size = reader.readVarint(),
                let shared = reader.readVarint(), shared <= before.count,
                let restLength = reader.readVarint(), restLength <= bytes.count,
                let rest = reader.read(byteCount: Int(restLength))
            else { return nil }
            offsets.append(offset)
            sizes.append(size)
            let start = keys.count
            for place in before.prefix(Int(shared)) { keys.append(keys[place]) }
            keys.append(contentsOf: rest)
            before = start..<keys.count
            keyEnds.append(keys.count)
        }
        guard reader.isAtEnd else { return nil }
        self.offsets = offsets
        self.sizes = sizes
        self.keys = keys
        self.keyEnds = keyEnds
    }

    func place(_ number: Int) -> (offset: UInt64, sizeBytes: UInt64) {
        (offsets[number], sizes[number])
    }

    func withFirstKey<Result>(
        of number: Int, _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        let start = number == 0 ? 0 : keyEnds[number - 1]
        return keys.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[start..<keyEnds[number]])) }
    }

    /// The last block that begins at or before `key`; -1: all begin behind it.
    func block(of key: UnsafeRawBufferPointer) -> Int {
        var low = 0
        var high = offsets.count
        while low < high {
            let middle = (low + high) / 2
            if withFirstKey(of: middle, { compareBytes($0, key) }) <= 0 {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low - 1
    }
}
