internal import Base

/// The four normal forms of Unicode (UAX #15).
enum NormalForm: String {
    case nfc = "NFC"
    case nfd = "NFD"
    case nfkc = "NFKC"
    case nfkd = "NFKD"

    var isCompatible: Bool { self == .nfkc || self == .nfkd }
    var isComposed: Bool { self == .nfc || self == .nfkc }

    func normalized(_ text: String) -> String {
        // What is below is the same in all forms.
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        var points: [(code: UInt32, order: UInt8)] = []
        for scalar in text.unicodeScalars { decompose(scalar.value, into: &points) }
        NormalForm.reorder(&points)
        if isComposed { points = NormalForm.composed(points) }
        var result = String.UnicodeScalarView()
        for point in points {
            if let scalar = Unicode.Scalar(point.code) { result.append(scalar) }
        }
        return String(result)
    }

    private func decompose(_ code: UInt32, into points: inout [(code: UInt32, order: UInt8)]) {
        if Hangul.syllables.contains(code) {
            for part in Hangul.parts(of: code) { points.append((part, 0)) }
            return
        }
        guard let found = NormalForm.decompositions[code], isCompatible || !found.isCompatible
        else {
            points.append((code, NormalForm.combiningClasses[code] ?? 0))
            return
        }
        for part in found.parts { decompose(part, into: &points) }
    }

    /// Marks behind a character in the order of their classes; those of one class stay.
    private static func reorder(_ points: inout [(code: UInt32, order: UInt8)]) {
        var start = 0
        while start < points.count {
            guard points[start].order > 0 else {
                start += 1
                continue
            }
            var end = start
            while end < points.count, points[end].order > 0 { end += 1 }
            let sorted = points[start..<end].enumerated().sorted {
                ($0.element.order, $0.offset) < ($1.element.order, $1.offset)
            }
            points.replaceSubrange(start..<end, with: sorted.map(\.element))
            start = end
        }
    }

    private static func composed(
        _ points: [(code: UInt32, order: UInt8)]
    ) -> [(code: UInt32, order: UInt8)] {
        var result: [(code: UInt32, order: UInt8)] = []
        var starter: Int?
        for point in points {
            if let starter {
                // What lies between and does not come before keeps them apart.
                let last = result.count - 1
                let isBlocked =
                    last > starter && (result[last].order == 0 || result[last].order >= point.order)
                if !isBlocked, let joined = composition(result[starter].code, point.code) {
                    result[starter].code = joined
                    continue
                }
            }
            result.append(point)
            if point.order == 0 { starter = result.count - 1 }
        }
        return result
    }

    private static func composition(_ first: UInt32, _ second: UInt32) -> UInt32? {
        Hangul.composition(first, second) ?? compositions[UInt64(first) << 32 | UInt64(second)]
    }

    // MARK: Tables

    private struct Decomposition {
        var parts: [UInt32]
        var isCompatible: Bool
        var isExcluded: Bool
    }

    private static let decompositions: [UInt32: Decomposition] = {
        var table: [UInt32: Decomposition] = [:]
        for line in decompositionTable.description.utf8.split(separator: 0x0A) {
            let fields = line.split(separator: 0x20).map { Substring($0) }
            guard let code = UInt32(fields[0], radix: 16) else { continue }
            table[code] = Decomposition(
                parts: fields.dropFirst(2).compactMap { UInt32($0, radix: 16) },
                isCompatible: fields[1] == "k", isExcluded: fields[1] == "x")
        }
        return table
    }()

    private static let compositions: [UInt64: UInt32] = {
        var table: [UInt64: UInt32] = [:]
        for (code, found) in decompositions
        where !found.isCompatible && !found.isExcluded && found.parts.count == 2 {
            table[UInt64(found.parts[0]) << 32 | UInt64(found.parts[1])] = code
        }
        return table
    }()

    private static let combiningClasses: [UInt32: UInt8] = {
        var table: [UInt32: UInt8] = [:]
        for line in combiningClassTable.description.utf8.split(separator: 0x0A) {
            let fields = line.split(separator: 0x20).map { Substring($0) }
            if let code = UInt32(fields[0], radix: 16) { table[code] = UInt8(fields[1]) }
        }
        return table
    }()
}

/// Korean syllables, which are computed from their letters (The Unicode Standard, 3.12).
private enum Hangul {
    static let syllables: ClosedRange<UInt32> = 0xAC00...0xD7A3
    private static let leading: Range<UInt32> = 0x1100..<0x1113
    private static let vowels: Range<UInt32> = 0x1161..<0x1176
    /// The first stands for none.
    private static let trailing: Range<UInt32> = 0x11A7..<0x11C3

    static func parts(of syllable: UInt32) -> [UInt32] {
        let index = syllable - syllables.lowerBound
        let perLeading = UInt32(vowels.count * trailing.count)
        let tail = index % UInt32(trailing.count)
        let parts = [
            leading.lowerBound + index / perLeading,
            vowels.lowerBound + index % perLeading / UInt32(trailing.count),
        ]
        return tail == 0 ? parts : parts + [trailing.lowerBound + tail]
    }

    static func composition(_ first: UInt32, _ second: UInt32) -> UInt32? {
        if leading.contains(first), vowels.contains(second) {
            let index = (first - leading.lowerBound) * UInt32(vowels.count) + second - vowels.lowerBound
            return syllables.lowerBound + index * UInt32(trailing.count)
        }
        guard syllables.contains(first),
            (first - syllables.lowerBound) % UInt32(trailing.count) == 0,
            second > trailing.lowerBound, trailing.contains(second)
        else { return nil }
        return first + second - trailing.lowerBound
    }
}

/// normalize() and IS NORMALIZED (chapter 9.4).
let normalizationKernels: KernelTable.Theme = [
    (
        "unicode_normalize_func",
        .scalar { (arguments, context) throws(SQLError) in
            context.text(try form(arguments[1].view).normalized(arguments[0].view.string))
        }
    ),
    (
        "unicode_is_normalized",
        .scalar { (arguments, context) throws(SQLError) in
            let text = arguments[0].view.string
            let normalized = try form(arguments[1].view).normalized(text)
            // Strings that differ in their form alone are equal: their bytes are not.
            return Datum(normalized.utf8.elementsEqual(text.utf8))
        }
    ),
]

private func form(_ name: ByteView) throws(SQLError) -> NormalForm {
    guard let form = NormalForm(rawValue: name.string.uppercased()) else {
        throw SQLError(
            .invalidParameterValue, "invalid normalization form: \(name.string)")
    }
    return form
}
