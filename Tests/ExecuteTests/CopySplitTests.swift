import Base
import Testing

@testable import Execute

@Suite struct CopySplitTests {
    /// The fields of `text` fed in pieces of `size` bytes; NULL as nil.
    private func split(
        _ text: String, _ options: CopyOptions, piece size: Int
    ) throws -> [[String?]] {
        var splitter = CopyLineSplitter(options: options)
        let fieldSplitter = CopyFieldSplitter(options: options, forceNotNull: [], forceNull: [])
        var result: [[String?]] = []
        let arena = Arena()
        func take(_ line: UnsafeRawBufferPointer) throws(SQLError) {
            let fields = UnsafeMutablePointer<CopyField>.allocate(capacity: 8)
            defer { fields.deallocate() }
            let count = try fieldSplitter.split(line, into: fields, limit: 8, arena: arena)
            result.append(
                (0..<count).map {
                    fields[$0].isNull ? nil : String(decoding: fields[$0].bytes, as: UTF8.self)
                })
        }
        let bytes = Array(text.utf8)
        var start = 0
        while start < bytes.count {
            let piece = Array(bytes[start..<min(start + size, bytes.count)])
            try piece.withUnsafeBytes { try splitter.feed($0, take) }
            start += size
        }
        try splitter.finish(take)
        return result
    }

    @Test(arguments: [1, 2, 3, 7, 1000])
    func textFormat(piece: Int) throws {
        let text = "1\tone\n2\t\\N\n3\ta\\tb\\\\c\\x41\\101\n\tx\\\ny\n5\tend"
        let found = try split(text, CopyOptions(), piece: piece)
        #expect(
            found == [
                ["1", "one"], ["2", nil], ["3", "a\tb\\cAA"], ["", "x\ny"], ["5", "end"],
            ])
    }

    @Test(arguments: [1, 2, 3, 7, 1000])
    func lineEndings(piece: Int) throws {
        let rows = [["1", "a"], ["2", "b\r"], ["3", "c"]]
        for ending in ["\n", "\r", "\r\n"] {
            let text = ["1\ta", "2\tb\\r", "3\tc"].joined(separator: ending)
            #expect(try split(text, CopyOptions(), piece: piece) == rows)
            #expect(try split(text + ending, CopyOptions(), piece: piece) == rows)
            #expect(try split(text + "\\." + ending + "x", CopyOptions(), piece: piece) == rows)
            let csv = try CopyOptions(
                [("format", .text("csv")), ("escape", .text("\\"))], isFrom: true)
            let quoted = ["1,a", "2,\"b\r\"", "\"3\",\"c\""].joined(separator: ending)
            #expect(try split(quoted, csv, piece: piece) == rows)
            let escaped = ["1,\"\\\"\"", "2,\"\\\\\""].joined(separator: ending) + ending
            #expect(
                try split(escaped, csv, piece: piece) == [["1", "\""], ["2", "\\"]])
        }
    }

    @Test(arguments: [1, 2, 3, 7, 1000])
    func otherLineEndingsAreRefused(piece: Int) throws {
        let csv = try CopyOptions([("format", .text("csv"))], isFrom: true)
        for text in ["1\n2\r\n", "1\r2\n3\r", "1\r\n2\n", "1\r\n2\r3\r\n", "1\n2\r3\n"] {
            for options in [CopyOptions(), csv] {
                #expect(throws: SQLError.self) { try split(text, options, piece: piece) }
            }
        }
        #expect(throws: SQLError.self) { try split("1\\.x\n", CopyOptions(), piece: piece) }
    }

    @Test(arguments: [1, 2, 3, 7, 1000])
    func csvFormat(piece: Int) throws {
        let options = try CopyOptions([("format", .text("csv"))], isFrom: true)
        let text = "1,\"a,b\"\r\n2,\r\n3,\"\"\r\n4,\"say \"\"hi\"\"\nthere\"\r\n\\.\r\nignored"
        let found = try split(text, options, piece: piece)
        #expect(found == [["1", "a,b"], ["2", nil], ["3", ""], ["4", "say \"hi\"\nthere"]])
    }

    @Test func unterminatedQuote() throws {
        let options = try CopyOptions([("format", .text("csv"))], isFrom: true)
        #expect(throws: SQLError.self) { try split("1,\"a", options, piece: 100) }
    }

    @Test func optionErrors() {
        func message(_ options: [(name: String, value: CopyOptions.Value)]) -> String? {
            do {
                _ = try CopyOptions(options, isFrom: true)
                return nil
            } catch { return error.message }
        }
        #expect(
            message([("delimiter", .text("ab"))])
                == "COPY delimiter must be a single one-byte character")
        #expect(message([("quote", .text("'"))]) == "COPY quote available only in CSV mode")
        #expect(message([("format", .text("xml"))]) == "COPY format \"xml\" not recognized")
        #expect(message([("what", .none)]) == "option \"what\" not recognized")
    }
}
