internal import Base
internal import Glibc

/// What rows written before a column was added have in it.
struct MissingValue {
    var column: Int
    var value: Datum
}

/// Reads chosen columns out of up to `batchRowsMax` rows, column by column. Variable values are
/// viewed where they are: the rows' memory must outlive the vectors' use.
struct RowDecoder {
    let layout: RowLayout
    let missing: [MissingValue]

    init(layout: RowLayout, missing: [MissingValue] = []) {
        self.layout = layout
        self.missing = missing
    }

    /// True if all rows have all columns of the layout and short offsets.
    private func areUniform(_ rows: UnsafePointer<UnsafeRawPointer>, count: Int) -> Bool {
        let natts = UInt16(layout.columnCount)
        for row in 0..<count where rows[row].loadUnaligned(as: UInt16.self) != natts {
            return false
        }
        return true
    }

    /// True if no row of uniform `rows` has a null in `column`: then decoding is a plain loop.
    private func isComplete(
        _ column: Int, _ rows: UnsafePointer<UnsafeRawPointer>, count: Int
    ) -> Bool {
        let offset = layout.fixedEnd + column / 8
        var bits: UInt8 = 0
        for row in 0..<count { bits |= (rows[row] + offset).load(as: UInt8.self) }
        return bits >> UInt8(column % 8) & 1 == 0
    }

    /// Decodes `columns` of `rows` into `vectors`, in the same order.
    func decode(
        _ columns: [Int], of rows: UnsafePointer<UnsafeRawPointer>, count: Int,
        into vectors: [Vector], from first: Int = 0
    ) {
        if columns.isEmpty { return }
        if count == 1 { return decode(columns, of: rows[0], into: vectors, from: first) }
        let isUniform = areUniform(rows, count: count)
        for (index, column) in columns.enumerated() {
            let vector = vectors[first + index]
            let place = layout.places[column]
            if isUniform, isComplete(column, rows, count: count) {
                decodePlain(place, rows, count, vector)
            } else {
                decodeCareful(column, place, rows, count, vector)
            }
        }
    }

    @inline(__always)
    private static func word<Stored: FixedWidthInteger>(
        _ row: UnsafeRawPointer, _ place: RowLayout.Place, as type: Stored.Type
    ) -> Int64 {
        Int64(truncatingIfNeeded: row.loadUnaligned(fromByteOffset: place.position, as: type))
    }

    /// Decodes `columns` of one row into the vectors' first rows: what all columns share is looked at
    /// once.
    private func decode(
        _ columns: [Int], of row: UnsafeRawPointer, into vectors: [Vector], from first: Int
    ) {
        let isUniform = row.loadUnaligned(as: UInt16.self) == UInt16(layout.columnCount)
        let nulls = row + layout.fixedEnd
        let offsets = nulls + layout.bitmapSizeBytes
        let bytes = offsets + layout.variableCount * 2
        for index in columns.indices {
            let column = columns[index]
            let place = layout.places[column]
            guard isUniform, (nulls + column / 8).load(as: UInt8.self) >> UInt8(column % 8) & 1 == 0
            else {
                withUnsafePointer(to: row) {
                    decodeCareful(column, place, $0, 1, vectors[first + index])
                }
                continue
            }
            let vector = vectors[first + index]
            vector.hasNulls = false
            switch place.storage {
            case .byte1: vector.words[0] = RowDecoder.word(row, place, as: UInt8.self)
            case .signed2: vector.words[0] = RowDecoder.word(row, place, as: Int16.self)
            case .signed4: vector.words[0] = RowDecoder.word(row, place, as: Int32.self)
            case .unsigned4: vector.words[0] = RowDecoder.word(row, place, as: UInt32.self)
            case .word8: vector.words[0] = RowDecoder.word(row, place, as: Int64.self)
            case .variable:
                let ends = offsets + place.position * 2
                let begin = place.position == 0 ? 0 : Int((ends - 2).loadUnaligned(as: UInt16.self))
                let end = Int(ends.loadUnaligned(as: UInt16.self))
                vector.views[0] = RowDecoder.view(bytes + begin, end - begin)
            }
        }
    }

    @inline(__always)
    private func load<Stored: FixedWidthInteger>(
        _ type: Stored.Type, _ offset: Int, _ rows: UnsafePointer<UnsafeRawPointer>, _ count: Int,
        _ words: UnsafeMutablePointer<Int64>
    ) {
        for row in 0..<count {
            words[row] = Int64(
                truncatingIfNeeded: (rows[row] + offset).loadUnaligned(as: Stored.self))
        }
    }

    private func decodePlain(
        _ place: RowLayout.Place, _ rows: UnsafePointer<UnsafeRawPointer>, _ count: Int,
        _ vector: Vector
    ) {
        vector.hasNulls = false
        let offset = place.position
        switch place.storage {
        case .byte1: load(UInt8.self, offset, rows, count, vector.words)
        case .signed2: load(Int16.self, offset, rows, count, vector.words)
        case .signed4: load(Int32.self, offset, rows, count, vector.words)
        case .unsigned4: load(UInt32.self, offset, rows, count, vector.words)
        case .word8: load(Int64.self, offset, rows, count, vector.words)
        case .variable:
            let views = vector.views
            let offsets = layout.fixedEnd + layout.bitmapSizeBytes
            let bytes = offsets + layout.variableCount * 2
            for row in 0..<count {
                let start = rows[row]
                let end = Int((start + offsets + offset * 2).loadUnaligned(as: UInt16.self))
                let begin =
                    offset == 0
                    ? 0 : Int((start + offsets + offset * 2 - 2).loadUnaligned(as: UInt16.self))
                views[row] = RowDecoder.view(start + bytes + begin, end - begin)
            }
        }
    }

    @inline(__always)
    private static func view(_ start: UnsafeRawPointer, _ count: Int) -> ByteView {
        if count == 12 {
            return ByteView(
                head: start.loadUnaligned(as: UInt32.self),
                tail: (start + 4).loadUnaligned(as: UInt64.self))
        }
        return ByteView(borrowing: UnsafeRawBufferPointer(start: start, count: count))
    }

    private func decodeCareful(
        _ column: Int, _ place: RowLayout.Place, _ rows: UnsafePointer<UnsafeRawPointer>,
        _ count: Int, _ vector: Vector
    ) {
        vector.hasNulls = false
        let absent = missing.first { $0.column == column }?.value ?? .null
        for row in 0..<count {
            let start = rows[row]
            let header = start.loadUnaligned(as: UInt16.self)
            let natts = Int(header & ~RowLayout.longOffsetsFlag)
            if column >= natts {
                vector.set(row, absent)
                continue
            }
            let fixedEnd = Int((start + 2).loadUnaligned(as: UInt16.self))
            let bits = (start + fixedEnd + column / 8).load(as: UInt8.self)
            if bits >> UInt8(column % 8) & 1 != 0 {
                vector.set(row, .null)
                continue
            }
            switch place.storage {
            case .byte1:
                vector.words[row] = Int64((start + place.position).load(as: UInt8.self))
            case .signed2:
                vector.words[row] = Int64((start + place.position).loadUnaligned(as: Int16.self))
            case .signed4:
                vector.words[row] = Int64((start + place.position).loadUnaligned(as: Int32.self))
            case .unsigned4:
                vector.words[row] = Int64((start + place.position).loadUnaligned(as: UInt32.self))
            case .word8:
                vector.words[row] = (start + place.position).loadUnaligned(as: Int64.self)
            case .variable:
                let offsets = start + fixedEnd + (natts + 7) / 8
                let isLong = header & RowLayout.longOffsetsFlag != 0
                let bytes =
                    offsets + layout.places[natts - 1].variablesThrough * (isLong ? 4 : 2)
                let index = place.position
                let begin = index == 0 ? 0 : RowDecoder.offset(offsets, index - 1, isLong)
                let end = RowDecoder.offset(offsets, index, isLong)
                vector.views[row] = RowDecoder.view(bytes + begin, end - begin)
            }
        }
    }

    @inline(__always)
    private static func offset(_ offsets: UnsafeRawPointer, _ index: Int, _ isLong: Bool) -> Int {
        isLong
            ? Int((offsets + index * 4).loadUnaligned(as: UInt32.self))
            : Int((offsets + index * 2).loadUnaligned(as: UInt16.self))
    }
}
