internal import Base
internal import Log

/// A look at every byte of one segment file: what the manifest names in it is whole and fits together,
/// and what lies between, which a checkpoint has replaced, is whole as well.
struct SegmentCheck {
    private(set) var problems: [String] = []
    private(set) var blockCount = 0
    private(set) var keyCount = 0
    private let file: SegmentFile
    /// What writers that versions name may be.
    private let writers: Set<UInt64>
    /// No commit in it may be behind the end of the log.
    private let logEnd: LogPosition
    /// Pieces that sections have, by offset.
    private var known: [UInt64: UInt64] = [:]

    init(_ file: SegmentFile, writers: Set<UInt64>, logEnd: LogPosition) {
        self.file = file
        self.writers = writers
        self.logEnd = logEnd
    }

    mutating func run(_ places: [SegmentPlace]) throws(SQLError) {
        for place in places { check(place) }
        try checkRest()
    }

    private mutating func note(_ offset: UInt64, _ reason: String) {
        problems.append(
            SegmentFormat.damage(file.path, at: Int(clamping: offset), reason).message)
    }

    /// The raw bytes of a piece; nil: what is wrong with it is noted.
    private mutating func piece(
        _ kind: SegmentFormat.PieceKind, _ offset: UInt64, _ sizeBytes: UInt64
    ) -> SegmentFile.Bytes? {
        known[offset] = sizeBytes
        do throws(SQLError) {
            return try file.piece(kind, at: offset, sizeBytes: sizeBytes)
        } catch {
            problems.append(error.message)
            return nil
        }
    }

    // MARK: Sections

    private mutating func check(_ place: SegmentPlace) {
        guard let bytes = piece(.footer, place.footerOffset, place.footerSizeBytes) else { return }
        defer { withExtendedLifetime(bytes) {} }
        guard let footer = SegmentFooter(bytes.readable), footer.generation == place.generation,
            footer.keyCount == place.keyCount
        else { return note(place.footerOffset, "it is another section's end") }
        let index = piece(.index, footer.indexOffset, footer.indexSizeBytes).flatMap {
            SegmentIndex($0.readable)
        }
        let bloom = piece(.bloom, footer.bloomOffset, footer.bloomSizeBytes).flatMap {
            BloomFilter($0.readable)
        }
        guard let index, UInt64(index.count) == footer.blockCount else {
            return note(footer.indexOffset, "it is no index of the section's blocks")
        }
        if bloom == nil { note(footer.bloomOffset, "it is no filter") }
        var section = Section(place: place)
        for number in 0..<index.count {
            let (offset, sizeBytes) = index.place(number)
            section.sizeBytes += sizeBytes
            guard let raw = piece(.rows, offset, sizeBytes) else {
                section.isWhole = false
                continue
            }
            defer { withExtendedLifetime(raw) {} }
            guard let block = SegmentBlock(raw.readable), block.count > 0 else {
                note(offset, "it is no block of rows")
                continue
            }
            let isFirst = index.withFirstKey(of: number) {
                compareBytes($0, block.entries[0].key) == 0
            }
            if !isFirst { note(offset, "it begins with another key than the index says") }
            check(block, at: offset, bloom, &section)
        }
        section.sizeBytes +=
            footer.indexSizeBytes + footer.bloomSizeBytes + place.footerSizeBytes
        if section.isWhole { check(section) }
    }

    /// What the blocks of a section have together.
    private struct Section {
        let place: SegmentPlace
        var isWhole = true
        var keyCount: UInt64 = 0
        var sizeBytes: UInt64 = 0
        var rowIDMax: UInt64 = 0
        var lastKey: [UInt8]?
    }

    private mutating func check(_ section: Section) {
        let place = section.place
        if section.keyCount != place.keyCount {
            note(
                place.footerOffset,
                "the section has \(section.keyCount) keys, not \(place.keyCount)")
        }
        if section.sizeBytes != place.sizeBytes {
            note(place.footerOffset, "the section's pieces have another size than the manifest says")
        }
        if section.rowIDMax != place.rowIDMax {
            note(place.footerOffset, "the section's largest row id is \(section.rowIDMax)")
        }
    }

    private mutating func check(
        _ block: SegmentBlock, at offset: UInt64, _ bloom: BloomFilter?, _ section: inout Section
    ) {
        blockCount += 1
        keyCount += block.count
        section.keyCount += UInt64(block.count)
        for number in 0..<block.count {
            let entry = block.entries[number]
            if let last = section.lastKey,
                last.withUnsafeBytes({ compareBytes($0, entry.key) }) >= 0
            {
                note(offset, "key \(number) of the block is not behind the one before it")
            }
            section.lastKey = [UInt8](entry.key)
            if entry.key.count == 8 {
                let id = UInt64(bigEndian: entry.key.loadUnaligned(as: UInt64.self))
                section.rowIDMax = max(section.rowIDMax, id)
            }
            if let bloom, !bloom.mayContain(BloomFilter.hash(entry.key)) {
                note(offset, "key \(number) of the block is not in the section's filter")
            }
            checkVersions(entry.chain, of: number, at: offset, section.place)
        }
    }

    private mutating func checkVersions(
        _ chain: UInt, of number: Int, at offset: UInt64, _ place: SegmentPlace
    ) {
        var newer = UInt64.max
        var next = Version(chain)
        while let version = next {
            next = version.older
            let stamp = version.stamp
            if stamp & 1 != 0 {
                if !writers.contains(stamp >> 1) {
                    note(offset, "key \(number) of the block names a writer that nobody knows")
                }
            } else if stamp >> 1 > newer {
                note(offset, "versions of key \(number) of the block are out of order")
            } else {
                newer = stamp >> 1
                if newer > logEnd.rawValue || newer > place.newestPosition {
                    note(offset, "key \(number) of the block was committed behind the log's end")
                }
            }
        }
    }

    // MARK: What no section has

    private mutating func checkRest() throws(SQLError) {
        let end = try file.sizeBytes()
        var offset = UInt64(SegmentFormat.headerSizeBytes)
        while offset < end {
            if let sizeBytes = known[offset] {
                offset += sizeBytes
                continue
            }
            let next = known.keys.filter { $0 > offset }.min() ?? end
            if let sizeBytes = sizeOfPiece(at: offset, before: next) {
                offset += sizeBytes
            } else {
                offset = next
            }
        }
        if offset > end { note(offset, "it ends too early") }
    }

    /// Nil: it is not whole, which is noted.
    private mutating func sizeOfPiece(at offset: UInt64, before next: UInt64) -> UInt64? {
        do throws(SQLError) {
            guard let (kind, sizeBytes) = try file.pieceHeader(at: offset), sizeBytes <= next - offset
            else {
                note(offset, "there is no piece of a section")
                return nil
            }
            _ = try file.piece(kind, at: offset, sizeBytes: sizeBytes)
            return sizeBytes
        } catch {
            problems.append(error.message)
            return nil
        }
    }
}
