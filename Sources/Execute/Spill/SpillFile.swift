internal import Base
internal import System

/// Rows on disk, by column in blocks, to be read again in the order in which they were written.
///
///     block:   | row count 4 | byte count 4 | column | column | …
///     column:  | has nulls 8 | [validity 128] | values |
///     values:  words: 8 each; bytes: lengths, 4 each, up to a multiple of 8, then the bytes, up to one
///
/// Native byte order: no other process reads it.
final class SpillFile {
    private let file: File
    /// The session that is told of the file when it is closed.
    private let use: SessionUse
    private let types: [PhysicalType]
    /// 0: without limit.
    private let limitBytes: Int
    private var buffer = ByteBuffer(capacityBytes: 2 * SpillFile.bufferBytes)
    private var flushedBytes = 0

    private static let bufferBytes = 128 << 10
    /// Blocks of wide rows have fewer of them.
    private static let blockBytes = 32 << 10

    /// - Parameter limitKilobytes: `temp_file_limit`; negative: none.
    init(
        _ files: TemporaryFiles, types: [PhysicalType], limitKilobytes: Int, use: SessionUse
    ) throws(SQLError) {
        self.use = use
        self.types = types
        limitBytes = limitKilobytes < 0 ? .max : limitKilobytes << 10
        do throws(FileError) { file = try files.make() } catch {
            throw error.error("could not create temporary file \"\(error.path)\"")
        }
    }

    deinit {
        use.temporaryFiles.add(1)
        use.temporaryBytes.add(flushedBytes)
    }

    /// Bytes written.
    var byteCount: Int { flushedBytes + buffer.count }

    /// Appends the first `count` rows of `columns`.
    func append(_ columns: [Vector], count: Int) throws(SQLError) {
        var done = 0
        while done < count {
            let part = blockRowCount(columns, from: done, to: count)
            appendBlock(columns, from: done, count: part)
            done += part
            if buffer.count >= SpillFile.bufferBytes { try flush() }
        }
    }

    /// How many rows fill a block: at least one.
    private func blockRowCount(_ columns: [Vector], from first: Int, to count: Int) -> Int {
        var size = 0
        for row in first..<count {
            for column in columns {
                size += column.physicalType == .word ? 8 : 4 + SpillFile.view(column, row).count
            }
            if size >= SpillFile.blockBytes { return row - first + 1 }
        }
        return count - first
    }

    private func appendBlock(_ columns: [Vector], from first: Int, count: Int) {
        let rows = first..<first + count
        let start = buffer.skip(8)
        for column in columns {
            buffer.append(littleEndian: column.hasNulls ? 1 : 0 as UInt64)
            if column.hasNulls { appendValidity(column, from: first, count: count) }
            if column.physicalType == .word {
                for row in rows { buffer.append(littleEndian: column.words[row]) }
                continue
            }
            for row in rows {
                let view = SpillFile.view(column, row)
                buffer.append(littleEndian: UInt32(truncatingIfNeeded: view.count))
            }
            pad()
            for row in rows { buffer.append(SpillFile.view(column, row)) }
            pad()
        }
        buffer.overwrite(littleEndian: UInt32(truncatingIfNeeded: count), at: start)
        buffer.overwrite(
            littleEndian: UInt32(truncatingIfNeeded: buffer.count - start), at: start + 4)
    }

    /// What lies in a null's place does not count.
    @inline(__always)
    private static func view(_ column: Vector, _ row: Int) -> ByteView {
        column.isNull(row) ? ByteView() : column.views[row]
    }

    private func appendValidity(_ column: Vector, from first: Int, count: Int) {
        let start = buffer.skip(Vector.validityWordCount * 8)
        var word: UInt64 = 0
        for index in 0..<count {
            if !column.isNull(first + index) { word |= 1 << UInt64(index & 63) }
            if index & 63 == 63 || index == count - 1 {
                buffer.overwrite(littleEndian: word, at: start + (index >> 6) * 8)
                word = 0
            }
        }
    }

    /// Every part begins at a multiple of 8 bytes of its block, which begins at one of the file.
    private func pad() {
        _ = buffer.skip(-buffer.count & 7)
    }

    private func flush() throws(SQLError) {
        if buffer.count == 0 { return }
        guard byteCount <= limitBytes else {
            throw SQLError(
                .configurationLimitExceeded,
                "temporary file size exceeds temp_file_limit (\(limitBytes >> 10)kB)")
        }
        do throws(FileError) {
            try buffer.withBytes { bytes throws(FileError) in
                try file.write(bytes, at: flushedBytes)
            }
        } catch { throw error.error("could not write to temporary file") }
        flushedBytes += buffer.count
        buffer.removeAll(keeping: 2 * SpillFile.bufferBytes)
    }

    /// Where the next block begins: marks that bound a part that is read alone.
    func mark() throws(SQLError) -> Int {
        try flush()
        return flushedBytes
    }

    /// Reads the blocks within `range` of marks, one after the other.
    func reader(_ range: Range<Int>) -> Reader { Reader(file, types, range) }

    /// A walk over a part of the file.
    final class Reader {
        private let file: File
        private var position: Int
        private let end: Int
        private var memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 0, alignment: 16)
        private let batch: Batch

        init(_ file: File, _ types: [PhysicalType], _ range: Range<Int>) {
            self.file = file
            position = range.lowerBound
            end = range.upperBound
            batch = Batch(types)
        }

        deinit { memory.deallocate() }

        /// The next block's rows, valid until the next call; nil at the end.
        func next() throws(SQLError) -> Batch? {
            if position >= end { return nil }
            var header: (rowCount: UInt32, byteCount: UInt32) = (0, 0)
            do throws(FileError) {
                var count = try withUnsafeMutableBytes(of: &header) { bytes throws(FileError) in
                    try file.read(into: bytes, at: position)
                }
                let size = Int(header.byteCount)
                if count == 8, size > memory.count {
                    memory.deallocate()
                    memory = .allocate(byteCount: size, alignment: 16)
                }
                let target = UnsafeMutableRawBufferPointer(rebasing: memory[..<size])
                count = count < 8 ? 0 : try file.read(into: target, at: position)
                guard count == size, size >= 8 else {
                    throw FileError("read from temporary", file.path, 0)
                }
                position += size
            } catch {
                throw error.errorNumber == 0
                    ? SQLError(.ioError, "could not read from temporary file: it is too short")
                    : error.error("could not read from temporary file")
            }
            decode(rowCount: Int(header.rowCount))
            return batch
        }

        private func decode(rowCount: Int) {
            var offset = 8
            let base = UnsafeRawPointer(memory.baseAddress!)
            for column in batch.columns {
                column.hasNulls = base.load(fromByteOffset: offset, as: UInt64.self) != 0
                offset += 8
                if column.hasNulls {
                    let size = Vector.validityWordCount * 8
                    UnsafeMutableRawPointer(column.validity).copyMemory(
                        from: base + offset, byteCount: size)
                    offset += size
                }
                if column.physicalType == .word {
                    UnsafeMutableRawPointer(column.words).copyMemory(
                        from: base + offset, byteCount: rowCount * 8)
                    offset += rowCount * 8
                    continue
                }
                let lengths = base + offset
                offset += (rowCount * 4 + 7) & ~7
                for row in 0..<rowCount {
                    let count = Int(lengths.load(fromByteOffset: row * 4, as: UInt32.self))
                    column.views[row] = ByteView(
                        borrowing: UnsafeRawBufferPointer(start: base + offset, count: count))
                    offset += count
                }
                offset = (offset + 7) & ~7
            }
            batch.count = rowCount
        }
    }
}
