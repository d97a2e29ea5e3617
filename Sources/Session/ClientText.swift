internal import Base
internal import Protocol
internal import Types

/// What a client reads and writes whose texts are not UTF-8: whole messages, converted where they
/// come in and before they leave. Sessions whose client has UTF-8 have none of this.
final class ClientText {
    let encoding: CharacterEncoding
    private let toServer: TextConversion
    private let toClient: TextConversion

    /// Nil: the client's texts are the server's.
    init?(_ name: String) throws(SQLError) {
        guard let encoding = CharacterEncoding.named(name), !encoding.isUTF8, !encoding.isASCII
        else { return nil }
        self.encoding = encoding
        toServer = try TextConversion(from: encoding, to: .utf8)
        toClient = try TextConversion(from: .utf8, to: encoding)
    }

    // MARK: What comes in

    /// The body of a message with its texts in UTF-8.
    /// - Parameter typeOf: the types of a statement's parameters, for those that come in binary.
    func received(
        _ type: FrontendMessageType, _ body: UnsafeRawBufferPointer,
        typeOf: (_ statement: UnsafeRawBufferPointer, _ parameter: Int) -> OID
    ) throws(SQLError) -> [UInt8] {
        var result = ByteBuffer(capacityBytes: body.count + 64)
        var reader = ByteReader(body)
        switch type {
        case .query: try text(&reader, &result)
        case .parse:
            try text(&reader, &result)
            try text(&reader, &result)
        case .bind: try bind(&reader, &result, typeOf)
        case .describe, .close:
            if let kind = reader.readByte() { result.append(kind) }
            try text(&reader, &result)
        case .execute: try text(&reader, &result)
        case .copyFail: try text(&reader, &result)
        case .copyData, .copyDone, .flush, .sync, .functionCall, .password, .terminate: break
        }
        if let rest = reader.read(byteCount: reader.remainingCount) {
            result.append(contentsOf: rest)
        }
        return result.bytes
    }

    /// A text with its zero; what has none is left to whoever reads the message.
    private func text(
        _ reader: inout ByteReader, _ result: inout ByteBuffer
    ) throws(SQLError) {
        guard let bytes = reader.readTerminated() else { return }
        result.append(contentsOf: try toServer.convert(bytes))
        result.append(0 as UInt8)
    }

    private func bind(
        _ reader: inout ByteReader, _ result: inout ByteBuffer,
        _ typeOf: (UnsafeRawBufferPointer, Int) -> OID
    ) throws(SQLError) {
        try text(&reader, &result)
        let nameStart = result.count
        try text(&reader, &result)
        let name = result.withBytes { [UInt8]($0[nameStart..<max($0.count - 1, nameStart)]) }
        guard let formatCount = reader.read(bigEndian: UInt16.self) else { return }
        result.append(bigEndian: formatCount)
        var formats: [UInt16] = []
        for _ in 0..<formatCount {
            guard let format = reader.read(bigEndian: UInt16.self) else { return }
            result.append(bigEndian: format)
            formats.append(format)
        }
        guard let count = reader.read(bigEndian: UInt16.self) else { return }
        result.append(bigEndian: count)
        for number in 0..<Int(count) {
            guard let length = reader.read(bigEndian: Int32.self) else { return }
            guard length >= 0, let bytes = reader.read(byteCount: Int(length)) else {
                result.append(bigEndian: length)
                continue
            }
            let format =
                formats.isEmpty
                ? 0 : formats.count == 1 ? formats[0] : number < formats.count ? formats[number] : 0
            let converted: [UInt8]
            if format == 0 {
                converted = try toServer.convert(bytes)
            } else {
                let type = name.withUnsafeBytes { typeOf($0, number) }
                converted = try BinaryText(conversion: toServer).convert(bytes, type)
            }
            result.append(bigEndian: Int32(converted.count))
            result.append(contentsOf: converted)
        }
    }

    // MARK: What goes out

    /// Converts the fields of the DataRow that begins at `start`, the last message of the output.
    func convertRow(
        _ output: inout ByteBuffer, from start: Int, _ encoders: [ColumnEncoder]
    ) throws(SQLError) {
        let row = output.withBytes { [UInt8]($0[start...]) }
        var result = ByteBuffer(capacityBytes: row.count * 2)
        let begin = result.beginMessage(.dataRow)
        var failure: SQLError?
        row.withUnsafeBytes { bytes in
            var reader = ByteReader(UnsafeRawBufferPointer(rebasing: bytes[5...]))
            result.append(bigEndian: reader.read(bigEndian: UInt16.self) ?? 0)
            for encoder in encoders {
                let length = reader.read(bigEndian: Int32.self) ?? -1
                guard length >= 0, let value = reader.read(byteCount: Int(length)) else {
                    result.append(bigEndian: -1 as Int32)
                    continue
                }
                do throws(SQLError) {
                    let converted: [UInt8]
                    switch encoder.form {
                    case .bytes, .output: converted = try toClient.convert(value)
                    case .send(let type):
                        converted = try BinaryText(conversion: toClient).convert(value, type)
                    case .integerText, .boolText, .int2Binary, .int4Binary, .int8Binary,
                        .boolBinary:
                        converted = Array(value)
                    }
                    result.append(bigEndian: Int32(converted.count))
                    result.append(contentsOf: converted)
                } catch {
                    failure = failure ?? error
                    return
                }
            }
        }
        output.truncate(to: start)
        if let failure { throw failure }
        result.endMessage(begin)
        result.withBytes { output.append(contentsOf: $0) }
    }

    /// Converts the texts of the messages from `start` on but rows and COPY's data, which are
    /// converted where they are made. What the client's encoding has not becomes a question mark.
    func convertMessages(_ output: inout ByteBuffer, from start: Int) {
        let isPlain = output.withBytes { $0[start...].allSatisfy { $0 < 0x80 } }
        if isPlain { return }
        let messages = output.withBytes { [UInt8]($0[start...]) }
        output.truncate(to: start)
        messages.withUnsafeBytes { bytes in
            var reader = ByteReader(bytes)
            while let type = reader.readByte(), let length = reader.read(bigEndian: UInt32.self),
                let body = reader.read(byteCount: Int(length) - 4)
            {
                output.append(type)
                let lengthPlace = output.skip(4)
                append(BackendMessageType(rawValue: type), body, to: &output)
                output.overwrite(
                    bigEndian: UInt32(truncatingIfNeeded: output.count - lengthPlace),
                    at: lengthPlace)
            }
        }
    }

    private func append(
        _ type: BackendMessageType?, _ body: UnsafeRawBufferPointer, to output: inout ByteBuffer
    ) {
        var reader = ByteReader(body)
        func pass(_ count: Int) {
            if let bytes = reader.read(byteCount: min(count, reader.remainingCount)) {
                output.append(contentsOf: bytes)
            }
        }
        func text() -> Bool {
            guard let bytes = reader.readTerminated() else { return false }
            output.append(contentsOf: lenient(bytes))
            output.append(0 as UInt8)
            return true
        }
        switch type {
        case .errorResponse, .noticeResponse:
            while let code = reader.readByte() {
                output.append(code)
                if code == 0 || !text() { break }
            }
        case .commandComplete, .parameterStatus: while text() {}
        case .notificationResponse:
            pass(4)
            while text() {}
        case .rowDescription:
            pass(2)
            while text() { pass(18) }
        default: break
        }
        pass(reader.remainingCount)
    }

    /// A text for the client, whatever it can show of it.
    private func lenient(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        do throws(SQLError) {
            return try toClient.convert(bytes)
        } catch {
            var result: [UInt8] = []
            for character in String(decoding: bytes, as: UTF8.self).unicodeScalars {
                do throws(SQLError) {
                    let single = Array(String(character).utf8)
                    result += try single.span.bytes.withUnsafeBytes { (raw) throws(SQLError) in
                        try toClient.convert(raw)
                    }
                } catch {
                    result.append(UInt8(ascii: "?"))
                }
            }
            return result
        }
    }
}

extension Session {
    /// Takes over a change of client_encoding.
    func chooseClientText(_ name: String) {
        do throws(SQLError) {
            clientText = try ClientText(name)
        } catch {
            // The setting takes only encodings that can be converted.
            invariant(false, "a client's encoding was checked")
        }
    }

    /// `receive` for a client whose texts are not UTF-8.
    func receiveConverted(
        _ type: FrontendMessageType, _ body: UnsafeRawBufferPointer, _ client: ClientText
    ) throws(SQLError) -> Progress {
        let message = try client.received(type, body) { name, number in
            let types = (name.count > 0 ? statements[name] : unnamedStatement)?.parameterTypes ?? []
            return number < types.count ? TypeCatalog.base(types[number]) : .invalid
        }
        return try message.span.bytes.withUnsafeBytes { (bytes) throws(SQLError) in
            try dispatch(try FrontendMessage(type, bytes))
        }
    }
}
