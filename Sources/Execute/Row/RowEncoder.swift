internal import Base
internal import Glibc

/// Turns batches of rows into row bytes, column by column. Reused from batch to batch.
final class RowEncoder {
    let layout: RowLayout
    @exclusivity(unchecked) private var memory: UnsafeMutableRawBufferPointer
    /// Row i is `memory[starts[i]..<starts[i + 1]]`.
    private let starts: UnsafeMutablePointer<Int>
    /// Where the next variable value of row i goes, relative to its bytes.
    private let cursors: UnsafeMutablePointer<Int>
    @exclusivity(unchecked) private var longOffsets = false
    @exclusivity(unchecked) private(set) var count = 0

    init(layout: RowLayout) {
        self.layout = layout
        memory = .allocate(byteCount: 4096, alignment: 16)
        starts = .allocate(capacity: batchRowsMax + 1)
        cursors = .allocate(capacity: batchRowsMax)
    }

    deinit {
        memory.deallocate()
        starts.deallocate()
        cursors.deallocate()
    }

    @inline(__always)
    subscript(row: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
            start: memory.baseAddress! + starts[row], count: starts[row + 1] - starts[row])
    }

    /// Encodes the first `count` rows; `columns` has one vector for each column of the table.
    func encode(_ columns: [Vector], count: Int) {
        invariant(columns.count == layout.columnCount, "one vector a column")
        invariant(count <= batchRowsMax, "one batch at most")
        self.count = count
        measure(columns)
        for row in 0..<count { writeHeader(row) }
        let places = layout.places
        for index in places.indices {
            let place = places[index]
            let vector = VectorReader(columns[index])
            if vector.hasNulls { markNulls(vector, column: index) }
            switch place.storage {
            case .byte1: store(vector, at: place.position, as: UInt8.self)
            case .signed2: store(vector, at: place.position, as: UInt16.self)
            case .signed4, .unsigned4: store(vector, at: place.position, as: UInt32.self)
            case .word8: store(vector, at: place.position, as: UInt64.self)
            case .variable: storeVariable(vector, index: place.position)
            }
        }
        withExtendedLifetime(columns) {}
    }

    /// Finds how long each row is and makes room.
    private func measure(_ columns: [Vector]) {
        let (count, cursors, places) = (count, cursors, layout.places)
        for row in 0..<count { cursors[row] = 0 }
        for index in places.indices where places[index].storage == .variable {
            let vector = VectorReader(columns[index])
            if vector.hasNulls {
                for row in 0..<count where !vector.isNull(row) {
                    cursors[row] += vector.views[row].count
                }
            } else {
                for row in 0..<count { cursors[row] += vector.views[row].count }
            }
        }
        longOffsets = false
        for row in 0..<count where cursors[row] > Int(UInt16.max) { longOffsets = true }
        let head =
            layout.fixedEnd + layout.bitmapSizeBytes + layout.variableCount * (longOffsets ? 4 : 2)
        var offset = 0
        for row in 0..<count {
            starts[row] = offset
            offset += head + cursors[row]
        }
        starts[count] = offset
        if memory.count < offset {
            memory.deallocate()
            memory = .allocate(byteCount: offset * 2, alignment: 16)
        }
    }

    @inline(__always)
    private func writeHeader(_ row: Int) {
        let start = memory.baseAddress! + starts[row]
        var natts = UInt16(layout.columnCount)
        if longOffsets { natts |= RowLayout.longOffsetsFlag }
        start.storeBytes(of: natts, as: UInt16.self)
        start.storeBytes(of: UInt16(layout.fixedEnd), toByteOffset: 2, as: UInt16.self)
        memset(start + layout.fixedEnd, 0, layout.bitmapSizeBytes)
        cursors[row] = 0
    }

    private func markNulls(_ vector: VectorReader, column: Int) {
        let offset = layout.fixedEnd + column / 8
        let bit = UInt8(1) << UInt8(column % 8)
        for row in 0..<count where vector.isNull(row) {
            let place = memory.baseAddress! + starts[row] + offset
            place.storeBytes(of: place.load(as: UInt8.self) | bit, as: UInt8.self)
        }
    }

    @inline(__always)
    private func store<Stored: FixedWidthInteger>(
        _ vector: VectorReader, at offset: Int, as type: Stored.Type
    ) {
        let (base, starts, count) = (memory.baseAddress! + offset, starts, count)
        let words = vector.words
        if vector.hasNulls {
            for row in 0..<count {
                let word = vector.isNull(row) ? 0 : words[row]
                (base + starts[row]).storeBytes(
                    of: Stored(truncatingIfNeeded: word), as: Stored.self)
            }
        } else {
            for row in 0..<count {
                (base + starts[row]).storeBytes(
                    of: Stored(truncatingIfNeeded: words[row]), as: Stored.self)
            }
        }
    }

    private func storeVariable(_ vector: VectorReader, index: Int) {
        let offsets = layout.fixedEnd + layout.bitmapSizeBytes
        let offsetSize = longOffsets ? 4 : 2
        let bytes = offsets + layout.variableCount * offsetSize
        let place = offsets + index * offsetSize
        let (base, starts, cursors) = (memory.baseAddress!, starts, cursors)
        for row in 0..<count {
            let start = base + starts[row]
            var cursor = cursors[row]
            if !vector.isNull(row) {
                let view = vector.views[row]
                RowEncoder.copy(view, to: start + bytes + cursor)
                cursor += view.count
                cursors[row] = cursor
            }
            if offsetSize == 4 {
                (start + place).storeBytes(of: UInt32(cursor), as: UInt32.self)
            } else {
                (start + place).storeBytes(of: UInt16(cursor), as: UInt16.self)
            }
        }
    }

    @inline(__always)
    private static func copy(_ view: ByteView, to target: UnsafeMutableRawPointer) {
        if view.count == 12 {
            target.storeBytes(of: view.head, as: UInt32.self)
            (target + 4).storeBytes(of: view.tail, as: UInt64.self)
            return
        }
        view.withBytes { bytes in
            if let source = bytes.baseAddress {
                target.copyMemory(from: source, byteCount: bytes.count)
            }
        }
    }
}
