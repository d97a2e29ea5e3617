internal import Base

/// One field of a line of COPY FROM.
struct CopyField {
    var bytes: UnsafeRawBufferPointer
    /// The field stands for NULL.
    var isNull: Bool
}

/// Cuts a line into fields and undoes their escapes.
struct CopyFieldSplitter {
    private let options: CopyOptions
    private let nullCount: Int
    /// Columns of FORCE_NOT_NULL and FORCE_NULL, by field number.
    private let forceNotNull: [Bool]
    private let forceNull: [Bool]

    init(options: CopyOptions, forceNotNull: [Bool], forceNull: [Bool]) {
        self.options = options
        nullCount = options.null.count
        self.forceNotNull = forceNotNull
        self.forceNull = forceNull
    }

    /// Writes the first `limit` fields of the line; returns how many there are. Fields with escapes
    /// are rebuilt in `arena`; the others lie in `line`.
    func split(
        _ line: UnsafeRawBufferPointer, into fields: UnsafeMutablePointer<CopyField>, limit: Int,
        arena: Arena
    ) throws(SQLError) -> Int {
        switch options.format {
        case .text, .binary: splitText(line, fields, limit, arena)
        case .csv: try splitCSV(line, fields, limit, arena)
        }
    }

    private func splitText(
        _ line: UnsafeRawBufferPointer, _ fields: UnsafeMutablePointer<CopyField>, _ limit: Int,
        _ arena: Arena
    ) -> Int {
        var found = 0
        var start = 0
        var position = 0
        var hasEscapes = false
        let delimiter = options.delimiter
        let count = line.count
        while true {
            if position < count {
                let byte = line[position]
                if byte != delimiter {
                    if byte == UInt8(ascii: "\\") {
                        hasEscapes = true
                        position += 1
                    }
                    position += 1
                    continue
                }
            }
            let end = min(position, count)
            if found < limit {
                let raw = UnsafeRawBufferPointer(rebasing: line[start..<end])
                let isNull = isNullText(raw)
                fields[found] = CopyField(
                    bytes: hasEscapes && !isNull ? unescape(raw, arena) : raw, isNull: isNull)
            }
            found += 1
            if position >= count { return found }
            position += 1
            start = position
            hasEscapes = false
        }
    }

    @inline(__always)
    private func isNullText(_ raw: UnsafeRawBufferPointer) -> Bool {
        guard raw.count == nullCount else { return false }
        for index in 0..<raw.count where raw[index] != options.null[index] { return false }
        return true
    }

    /// Undoes the backslash sequences of the text format.
    private func unescape(
        _ raw: UnsafeRawBufferPointer, _ arena: Arena
    ) -> UnsafeRawBufferPointer {
        let target = arena.allocate(byteCount: raw.count).assumingMemoryBound(to: UInt8.self)
        var count = 0
        var position = 0
        while position < raw.count {
            var byte = raw[position]
            position += 1
            if byte == UInt8(ascii: "\\"), position < raw.count {
                byte = raw[position]
                position += 1
                switch byte {
                case UInt8(ascii: "b"): byte = 8
                case UInt8(ascii: "f"): byte = 12
                case UInt8(ascii: "n"): byte = 10
                case UInt8(ascii: "r"): byte = 13
                case UInt8(ascii: "t"): byte = 9
                case UInt8(ascii: "v"): byte = 11
                case UInt8(ascii: "0")...UInt8(ascii: "7"):
                    var value = Int(byte - 48)
                    var digits = 1
                    while digits < 3, position < raw.count, (48...55).contains(raw[position]) {
                        value = value * 8 + Int(raw[position] - 48)
                        position += 1
                        digits += 1
                    }
                    byte = UInt8(truncatingIfNeeded: value)
                case UInt8(ascii: "x"):
                    if let (value, used) = hexadecimal(raw, position) {
                        byte = value
                        position += used
                    }
                default: break
                }
            }
            target[count] = byte
            count += 1
        }
        return UnsafeRawBufferPointer(start: target, count: count)
    }

    private func hexadecimal(_ raw: UnsafeRawBufferPointer, _ position: Int) -> (UInt8, Int)? {
        var value: UInt8 = 0
        var used = 0
        while used < 2, position + used < raw.count {
            let digit: UInt8
            switch raw[position + used] {
            case let byte where (48...57).contains(byte): digit = byte - 48
            case let byte where (65...70).contains(byte): digit = byte - 55
            case let byte where (97...102).contains(byte): digit = byte - 87
            default: return used == 0 ? nil : (value, used)
            }
            value = value << 4 | digit
            used += 1
        }
        return used == 0 ? nil : (value, used)
    }

    private func splitCSV(
        _ line: UnsafeRawBufferPointer, _ fields: UnsafeMutablePointer<CopyField>, _ limit: Int,
        _ arena: Arena
    ) throws(SQLError) -> Int {
        var found = 0
        var position = 0
        while true {
            let start = position
            var hasQuotes = false
            var isInQuotes = false
            while position < line.count {
                let byte = line[position]
                if isInQuotes {
                    if byte == options.escape, position + 1 < line.count,
                        line[position + 1] == options.escape || line[position + 1] == options.quote
                    {
                        position += 1
                    } else if byte == options.quote {
                        isInQuotes = false
                    }
                } else if byte == options.quote {
                    hasQuotes = true
                    isInQuotes = true
                } else if byte == options.delimiter {
                    break
                }
                position += 1
            }
            if isInQuotes {
                throw SQLError(.badCopyFileFormat, "unterminated CSV quoted field")
            }
            if found < limit {
                let raw = UnsafeRawBufferPointer(rebasing: line[start..<position])
                let bytes = hasQuotes ? unquote(raw, arena) : raw
                fields[found] = CopyField(
                    bytes: bytes, isNull: isNullCSV(bytes, found, hasQuotes))
            }
            found += 1
            if position >= line.count { return found }
            position += 1
        }
    }

    private func isNullCSV(
        _ bytes: UnsafeRawBufferPointer, _ field: Int, _ hasQuotes: Bool
    ) -> Bool {
        guard isNullText(bytes) else { return false }
        if hasQuotes { return field < forceNull.count && forceNull[field] }
        return !(field < forceNotNull.count && forceNotNull[field])
    }

    /// Takes the quotes away and undoes the escapes inside them.
    private func unquote(
        _ raw: UnsafeRawBufferPointer, _ arena: Arena
    ) -> UnsafeRawBufferPointer {
        let target = arena.allocate(byteCount: raw.count).assumingMemoryBound(to: UInt8.self)
        var count = 0
        var isInQuotes = false
        var position = 0
        while position < raw.count {
            var byte = raw[position]
            position += 1
            if isInQuotes {
                if byte == options.escape, position < raw.count,
                    raw[position] == options.escape || raw[position] == options.quote
                {
                    byte = raw[position]
                    position += 1
                } else if byte == options.quote {
                    isInQuotes = false
                    continue
                }
            } else if byte == options.quote {
                isInQuotes = true
                continue
            }
            target[count] = byte
            count += 1
        }
        return UnsafeRawBufferPointer(start: target, count: count)
    }
}
