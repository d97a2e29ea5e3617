public import Base
internal import System

/// A character set as PostgreSQL numbers and names it, with what the C library calls it. Text is UTF-8
/// in the server; the others are for what comes in and goes out.
public struct CharacterEncoding: Sendable {
    public let number: Int
    public let name: String
    /// Nil: no conversion from or to UTF-8.
    let libraryName: String?
    /// Bytes of a character at most.
    public let bytesMax: Int

    private init(_ number: Int, _ name: String, _ libraryName: String?, _ bytesMax: Int = 1) {
        self.number = number
        self.name = name
        self.libraryName = libraryName
        self.bytesMax = bytesMax
    }

    public static let all: [CharacterEncoding] = [
        .init(0, "SQL_ASCII", nil), .init(1, "EUC_JP", "EUC-JP", 3),
        .init(2, "EUC_CN", "EUC-CN", 3), .init(3, "EUC_KR", "EUC-KR", 3),
        .init(4, "EUC_TW", "EUC-TW", 4), .init(5, "EUC_JIS_2004", "EUC-JISX0213", 3),
        .init(6, "UTF8", "UTF-8", 4), .init(7, "MULE_INTERNAL", nil, 4),
        .init(8, "LATIN1", "ISO-8859-1"), .init(9, "LATIN2", "ISO-8859-2"),
        .init(10, "LATIN3", "ISO-8859-3"), .init(11, "LATIN4", "ISO-8859-4"),
        .init(12, "LATIN5", "ISO-8859-9"), .init(13, "LATIN6", "ISO-8859-10"),
        .init(14, "LATIN7", "ISO-8859-13"), .init(15, "LATIN8", "ISO-8859-14"),
        .init(16, "LATIN9", "ISO-8859-15"), .init(17, "LATIN10", "ISO-8859-16"),
        .init(18, "WIN1256", "CP1256"), .init(19, "WIN1258", "CP1258"),
        .init(20, "WIN866", "CP866"), .init(21, "WIN874", "CP874"),
        .init(22, "KOI8R", "KOI8-R"), .init(23, "WIN1251", "CP1251"),
        .init(24, "WIN1252", "CP1252"), .init(25, "ISO_8859_5", "ISO-8859-5"),
        .init(26, "ISO_8859_6", "ISO-8859-6"), .init(27, "ISO_8859_7", "ISO-8859-7"),
        .init(28, "ISO_8859_8", "ISO-8859-8"), .init(29, "WIN1250", "CP1250"),
        .init(30, "WIN1253", "CP1253"), .init(31, "WIN1254", "CP1254"),
        .init(32, "WIN1255", "CP1255"), .init(33, "WIN1257", "CP1257"),
        .init(34, "KOI8U", "KOI8-U"), .init(35, "SJIS", "CP932", 2),
        .init(36, "BIG5", "CP950", 2), .init(37, "GBK", "CP936", 2),
        .init(38, "UHC", "CP949", 2), .init(39, "GB18030", "GB18030", 4),
        .init(40, "JOHAB", "JOHAB", 3), .init(41, "SHIFT_JIS_2004", "SHIFT_JISX0213", 2),
    ]

    /// What the server has its text in.
    public static let utf8 = all[6]

    /// Other names, in letters and digits.
    private static let aliases: [String: String] = [
        "abc": "WIN1258", "alt": "WIN866", "iso88591": "LATIN1", "iso885910": "LATIN6",
        "iso885913": "LATIN7", "iso885914": "LATIN8", "iso885915": "LATIN9",
        "iso885916": "LATIN10", "iso88592": "LATIN2", "iso88593": "LATIN3", "iso88594": "LATIN4",
        "iso88599": "LATIN5", "koi8": "KOI8R", "mskanji": "SJIS", "shiftjis": "SJIS",
        "tcvn": "WIN1258", "tcvn5712": "WIN1258", "unicode": "UTF8", "vscii": "WIN1258",
        "win": "WIN1251", "win932": "SJIS", "win936": "GBK", "win949": "UHC", "win950": "BIG5",
        "windows949": "UHC", "windows950": "BIG5", "windows932": "SJIS", "windows936": "GBK",
    ]

    private static let byName: [String: CharacterEncoding] = {
        var known: [String: CharacterEncoding] = [:]
        for encoding in all {
            let plain = plain(encoding.name)
            known[plain] = encoding
            if plain.hasPrefix("win") { known["windows" + plain.dropFirst(3)] = encoding }
        }
        for (alias, name) in aliases { known[alias] = known[plain(name)] }
        return known
    }()

    /// Names are told apart by their letters, in either case, and digits.
    private static func plain(_ name: String) -> String {
        name.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }

    public static func named(_ name: String) -> CharacterEncoding? { byName[plain(name)] }

    public var isUTF8: Bool { number == 6 }
    /// The C library can convert it from and to UTF-8.
    public var isConvertible: Bool {
        guard let libraryName else { return false }
        return isUTF8 || CharacterConverter(from: libraryName, to: "UTF-8") != nil
    }
    /// Bytes pass as they are.
    public var isASCII: Bool { number == 0 }
}

/// Turns text of another character set into UTF-8, or the other way round. Used by one thread at a
/// time.
public final class TextConversion {
    private let source: CharacterEncoding
    private let target: CharacterEncoding
    private let converter: CharacterConverter

    /// - Throws: 42883 if there is no conversion.
    public init(from source: CharacterEncoding, to target: CharacterEncoding) throws(SQLError) {
        guard let from = source.libraryName, let to = target.libraryName,
            let converter = CharacterConverter(from: from, to: to)
        else {
            throw SQLError(
                .undefinedFunction,
                "default conversion function for encoding \"\(source.name)\" to "
                    + "\"\(target.name)\" does not exist")
        }
        self.source = source
        self.target = target
        self.converter = converter
    }

    /// - Throws: 22021, 22P05.
    public func convert(_ bytes: UnsafeRawBufferPointer) throws(SQLError) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count * 2)
        if let stop = converter.convert(bytes, into: &output) { throw failure(bytes, stop.offset) }
        return output
    }

    /// Converts what is whole of a stream's next bytes.
    /// - Returns: how many were taken; the rest belongs to the next ones.
    public func convertPart(
        _ bytes: UnsafeRawBufferPointer, into output: inout [UInt8]
    ) throws(SQLError) -> Int {
        guard let stop = converter.convert(bytes, into: &output) else { return bytes.count }
        if case .illegal = stop.stop { throw failure(bytes, stop.offset) }
        return stop.offset
    }

    private func failure(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> SQLError {
        let first = bytes[offset]
        let length =
            source.isUTF8
            ? max(TextEncoding.validLength(bytes, at: offset), 1)
            : source.bytesMax == 1 || first < 0x80 ? 1 : min(2, bytes.count - offset)
        let shown = bytes[offset..<min(offset + length, bytes.count)].map { byte in
            let digits = String(byte, radix: 16)
            return digits.utf8.count == 1 ? "0x0\(digits)" : "0x\(digits)"
        }.joined(separator: " ")
        // All bytes of a set of single bytes are characters; elsewhere most failures are of the form.
        if source.isUTF8 || source.bytesMax == 1 {
            return SQLError(
                .untranslatableCharacter,
                "character with byte sequence \(shown) in encoding \"\(source.name)\" has no "
                    + "equivalent in encoding \"\(target.name)\"")
        }
        return SQLError(
            .characterNotInRepertoire,
            "invalid byte sequence for encoding \"\(source.name)\": \(shown)")
    }
}

/// Text in any encoding by the names that SQL gives: convert() and its kin.
public enum TextConversions {
    /// The bytes in another encoding.
    public static func convert(
        _ bytes: UnsafeRawBufferPointer, from source: CharacterEncoding,
        to target: CharacterEncoding
    ) throws(SQLError) -> [UInt8] {
        if source.isUTF8 { try TextEncoding.validate(bytes) }
        if source.number == target.number || source.isASCII || target.isASCII {
            if source.isASCII, target.isUTF8 { try TextEncoding.validate(bytes) }
            return Array(bytes)
        }
        // No text has a zero in it, in whatever encoding.
        if bytes.contains(0) {
            throw SQLError(
                .characterNotInRepertoire,
                "invalid byte sequence for encoding \"\(source.name)\": 0x00")
        }
        return try TextConversion(from: source, to: target).convert(bytes)
    }
}
