public import Base
internal import Glibc

/// A parameter's value.
public enum SettingValue: Hashable, Sendable {
    case bool(Bool)
    /// In the parameter's unit.
    case integer(Int64)
    case real(Double)
    /// Strings and enumerations.
    case string(String)
}

extension SettingDefinition {
    /// The value that `text` means.
    /// - Throws: 22023 with PostgreSQL's words.
    public func parse(_ text: String) throws(SQLError) -> SettingValue {
        switch kind {
        case .bool:
            guard let value = parseBoolean(text) else {
                throw SQLError(
                    .invalidParameterValue, "parameter \"\(name)\" requires a Boolean value")
            }
            return .bool(value)
        case .integer(let minimum, let maximum):
            return .integer(try parseInteger(text, minimum, maximum))
        case .real(let minimum, let maximum):
            return .real(try parseReal(text, minimum, maximum))
        case .string:
            return .string(text)
        case .enumeration(let choices):
            if let value = match(text, choices) { return .string(value) }
            throw invalid(text).hint("Available values: \(choices.joined(separator: ", ")).")
        }
    }

    /// As SHOW writes it, with the largest unit that leaves an integer.
    public func text(of value: SettingValue) -> String {
        switch value {
        case .bool(let value): return value ? "on" : "off"
        case .string(let value): return value
        case .integer(let value):
            guard value > 0, let (factor, unit) = SettingUnit.largest(for: value, base: self.unit)
            else { return String(value) }
            return "\(value / factor)\(unit)"
        case .real(let value):
            guard value > 0, !unit.isEmpty else { return formatReal(value) }
            return formatReal(value) + unit
        }
    }

    /// As pg_settings.setting has it: without unit.
    public func plainText(of value: SettingValue) -> String {
        switch value {
        case .bool, .string: text(of: value)
        case .integer(let value): String(value)
        case .real(let value): formatReal(value)
        }
    }

    /// 22023 `invalid value for parameter "x": "y"`.
    public func invalid(_ text: String) -> SQLError {
        SQLError(.invalidParameterValue, "invalid value for parameter \"\(name)\": \"\(text)\"")
    }

    private func match(_ text: String, _ choices: [String]) -> String? {
        let lower = text.lowercased()
        if let found = choices.first(where: { $0.lowercased() == lower }) { return found }
        if name.hasSuffix("_messages") || name.hasPrefix("log_min"), lower == "debug" {
            return "debug2"
        }
        // Enumerations that were Booleans once take Booleans still.
        guard choices.contains("on"), choices.contains("off"),
            let value = [
                "true": true, "yes": true, "1": true, "false": false, "no": false,
                "0": false,
            ][lower]
        else { return nil }
        return value ? "on" : "off"
    }

    // MARK: Numbers

    private func parseInteger(
        _ text: String, _ minimum: Int64, _ maximum: Int64
    ) throws(SQLError) -> Int64 {
        let value = try parseNumber(text).rounded(.toNearestOrEven)
        guard value >= Double(Int32.min), value <= Double(Int32.max) else {
            throw invalid(text).hint("Value exceeds integer range.")
        }
        let result = Int64(value)
        guard result >= minimum, result <= maximum else {
            let suffix = unit.isEmpty ? "" : " " + unit
            throw SQLError(
                .invalidParameterValue,
                "\(result)\(suffix) is outside the valid range for parameter \"\(name)\" "
                    + "(\(minimum) .. \(maximum))")
        }
        return result
    }

    private func parseReal(
        _ text: String, _ minimum: Double, _ maximum: Double
    ) throws(SQLError) -> Double {
        let value = try parseNumber(text)
        // More than a number holds.
        if value.isInfinite { throw invalid(text) }
        guard value >= minimum, value <= maximum else {
            let suffix = unit.isEmpty ? "" : " " + unit
            throw SQLError(
                .invalidParameterValue,
                "\(formatReal(value))\(suffix) is outside the valid range for parameter "
                    + "\"\(name)\" (\(formatReal(minimum)) .. \(formatReal(maximum)))")
        }
        return value
    }

    /// A number and an optional unit, in the parameter's unit.
    private func parseNumber(_ text: String) throws(SQLError) -> Double {
        var end = 0
        let value: Double = text.withCString { start in
            var stop: UnsafeMutablePointer<CChar>?
            errno = 0
            let integer = strtol(start, &stop, 0)
            var result = Double(integer)
            if let next = stop?.pointee,
                errno == ERANGE || Character(UnicodeScalar(UInt8(bitPattern: next))).isOneOf(".eE")
            {
                result = strtod(start, &stop)
            }
            end = stop.map { UnsafePointer($0) - start } ?? 0
            return result
        }
        let rest = String(decoding: text.utf8.dropFirst(end), as: UTF8.self).trimmingSpaces()
        guard end > 0, value == value else { throw invalid(text) }
        if rest.isEmpty { return value }
        guard !unit.isEmpty else { throw invalid(text) }
        guard let factor = SettingUnit.factor(of: rest, base: unit) else {
            throw invalid(text).hint(SettingUnit.hint(base: unit))
        }
        return value * factor
    }
}

/// The units of memory and time.
enum SettingUnit {
    private static let memory: [(unit: String, bytes: Double)] = [
        ("TB", 1_099_511_627_776), ("GB", 1_073_741_824), ("MB", 1_048_576), ("kB", 1024), ("B", 1),
    ]
    private static let time: [(unit: String, microseconds: Double)] = [
        ("d", 86_400_000_000), ("h", 3_600_000_000), ("min", 60_000_000), ("s", 1_000_000),
        ("ms", 1000), ("us", 1),
    ]

    /// The base unit's size in bytes or microseconds, and the units of its kind.
    private static func family(_ base: String) -> (size: Double, units: [(String, Double)])? {
        if base == "8kB" { return (8192, memory) }
        if let found = memory.first(where: { $0.unit == base }) { return (found.bytes, memory) }
        if let found = time.first(where: { $0.unit == base }) { return (found.microseconds, time) }
        return nil
    }

    static func factor(of unit: String, base: String) -> Double? {
        guard let (size, units) = family(base),
            let found = units.first(where: { $0.0 == unit })
        else { return nil }
        return found.1 / size
    }

    /// The largest unit of which `value` base units are a whole number.
    static func largest(for value: Int64, base: String) -> (factor: Int64, unit: String)? {
        guard let (size, units) = family(base) else { return nil }
        if base == "8kB" {
            // Blocks have no unit of their own to show: kilobytes are exact.
            for (unit, bytes) in units where bytes >= 8192 && value % Int64(bytes / 8192) == 0 {
                return (Int64(bytes / 8192), unit)
            }
            return nil
        }
        for (unit, unitSize) in units where unitSize >= size {
            let factor = Int64(unitSize / size)
            if value % factor == 0 { return (factor, unit) }
        }
        return nil
    }

    static func hint(base: String) -> String {
        time.contains { $0.unit == base }
            ? "Valid units for this parameter are \"us\", \"ms\", \"s\", \"min\", \"h\", and \"d\"."
            : "Valid units for this parameter are \"B\", \"kB\", \"MB\", \"GB\", and \"TB\"."
    }
}

/// Boolean words as PostgreSQL's parse_bool() takes them: unique prefixes of true, false, yes, no,
/// on, off; 1 and 0.
public func parseBoolean(_ text: String) -> Bool? {
    let word = text.lowercased()
    switch word {
    case "1", "on": return true
    case "0", "of", "off": return false
    case "": return nil
    default: break
    }
    if "true".hasPrefix(word) || "yes".hasPrefix(word) { return true }
    if "false".hasPrefix(word) || "no".hasPrefix(word) { return false }
    return nil
}

/// C's %g.
func formatReal(_ value: Double) -> String {
    withVaList([value]) { arguments in
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
            let count = Int(vsnprintf(buffer.baseAddress!, buffer.count, "%g", arguments))
            return String(
                decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }
}

extension Character {
    fileprivate func isOneOf(_ characters: String) -> Bool { characters.contains(self) }
}

extension String {
    func trimmingSpaces() -> String {
        func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (byte >= 9 && byte <= 13) }
        var bytes = Substring(self).utf8
        while let first = bytes.first, isSpace(first) { bytes.removeFirst() }
        while let last = bytes.last, isSpace(last) { bytes.removeLast() }
        return String(Substring(bytes))
    }
}
