public import Base

/// Where a session stands, as ReadyForQuery tells it.
@frozen
public enum TransactionStatus: UInt8, Sendable {
    case idle = 0x49  // I
    case inTransaction = 0x54  // T
    case failed = 0x45  // E
}

/// The first byte of a server's message.
@frozen
public enum BackendMessageType: UInt8, Sendable {
    case authentication = 0x52  // R
    case backendKeyData = 0x4B  // K
    case bindComplete = 0x32  // 2
    case closeComplete = 0x33  // 3
    case commandComplete = 0x43  // C
    case copyBothResponse = 0x57  // W
    case copyData = 0x64  // d
    case copyDone = 0x63  // c
    case copyInResponse = 0x47  // G
    case copyOutResponse = 0x48  // H
    case dataRow = 0x44  // D
    case emptyQueryResponse = 0x49  // I
    case errorResponse = 0x45  // E
    case negotiateProtocolVersion = 0x76  // v
    case noData = 0x6E  // n
    case noticeResponse = 0x4E  // N
    case notificationResponse = 0x41  // A
    case parameterDescription = 0x74  // t
    case parameterStatus = 0x53  // S
    case parseComplete = 0x31  // 1
    case portalSuspended = 0x73  // s
    case readyForQuery = 0x5A  // Z
    case rowDescription = 0x54  // T
}

/// The server's messages, written where they are sent from: `| type 1 | length 4 | body ... |`.
extension ByteBuffer {
    /// Starts a message; `endMessage` fills in its length.
    @inlinable
    public mutating func beginMessage(_ type: BackendMessageType) -> Int {
        append(type.rawValue)
        let start = count
        append(bigEndian: 0 as UInt32)
        return start
    }

    @inlinable
    public mutating func endMessage(_ start: Int) {
        overwrite(bigEndian: UInt32(truncatingIfNeeded: count - start), at: start)
    }

    @inlinable
    mutating func appendEmptyMessage(_ type: BackendMessageType) {
        append(type.rawValue)
        append(bigEndian: 4 as UInt32)
    }

    public mutating func appendAuthenticationOk() {
        let start = beginMessage(.authentication)
        append(bigEndian: 0 as UInt32)
        endMessage(start)
    }

    public mutating func appendBackendKeyData(processID: Int32, secret: Int32) {
        let start = beginMessage(.backendKeyData)
        append(bigEndian: processID)
        append(bigEndian: secret)
        endMessage(start)
    }

    public mutating func appendParameterStatus(name: String, value: String) {
        let start = beginMessage(.parameterStatus)
        append(terminated: name)
        append(terminated: value)
        endMessage(start)
    }

    /// Tells a client of a later minor version, or with extensions, what is understood here.
    public mutating func appendNegotiateProtocolVersion(unknownOptions: [String]) {
        let start = beginMessage(.negotiateProtocolVersion)
        append(bigEndian: StartupPacket.protocolVersionNumber)
        append(bigEndian: UInt32(unknownOptions.count))
        for option in unknownOptions { append(terminated: option) }
        endMessage(start)
    }

    @inlinable
    public mutating func appendReadyForQuery(_ status: TransactionStatus) {
        append(BackendMessageType.readyForQuery.rawValue)
        append(bigEndian: 5 as UInt32)
        append(status.rawValue)
    }

    @inlinable public mutating func appendParseComplete() { appendEmptyMessage(.parseComplete) }
    @inlinable public mutating func appendBindComplete() { appendEmptyMessage(.bindComplete) }
    @inlinable public mutating func appendCloseComplete() { appendEmptyMessage(.closeComplete) }
    @inlinable public mutating func appendNoData() { appendEmptyMessage(.noData) }
    @inlinable
    public mutating func appendPortalSuspended() { appendEmptyMessage(.portalSuspended) }
    @inlinable
    public mutating func appendEmptyQueryResponse() { appendEmptyMessage(.emptyQueryResponse) }

    /// CommandComplete; most tags end with a count of rows.
    @inlinable
    public mutating func appendCommandComplete(_ tag: String) {
        let start = beginMessage(.commandComplete)
        append(tag)
        append(0 as UInt8)
        endMessage(start)
    }

    /// The tag of a command that counts rows.
    public mutating func appendCommandComplete(_ command: StaticString, rowCount: Int) {
        let start = beginMessage(.commandComplete)
        append(
            contentsOf: UnsafeRawBufferPointer(
                start: command.utf8Start, count: command.utf8CodeUnitCount))
        append(UInt8(ascii: " "))
        append(decimal: Int64(rowCount))
        append(0 as UInt8)
        endMessage(start)
    }

    public mutating func appendParameterDescription(_ types: [OID]) {
        let start = beginMessage(.parameterDescription)
        append(bigEndian: UInt16(truncatingIfNeeded: types.count))
        for type in types { append(bigEndian: type.rawValue) }
        endMessage(start)
    }

    /// One field of a RowDescription, between `beginMessage`, a 2-byte field count, and
    /// `endMessage`.
    public mutating func appendField(
        name: String, table: OID, columnNumber: Int, type: OID, typeLength: Int, modifier: Int32,
        isBinary: Bool
    ) {
        append(terminated: name)
        append(bigEndian: table.rawValue)
        append(bigEndian: Int16(truncatingIfNeeded: columnNumber))
        append(bigEndian: type.rawValue)
        append(bigEndian: Int16(truncatingIfNeeded: typeLength))
        append(bigEndian: modifier)
        append(bigEndian: isBinary ? 1 : 0 as Int16)
    }

    /// CopyInResponse or CopyOutResponse: overall and every column's format.
    public mutating func appendCopyResponse(
        _ type: BackendMessageType, isBinary: Bool, columnCount: Int
    ) {
        invariant(type == .copyInResponse || type == .copyOutResponse, "a COPY response")
        let start = beginMessage(type)
        append(isBinary ? 1 : 0 as UInt8)
        append(bigEndian: Int16(truncatingIfNeeded: columnCount))
        for _ in 0..<columnCount { append(bigEndian: isBinary ? 1 : 0 as Int16) }
        endMessage(start)
    }

    @inlinable
    public mutating func appendCopyData(_ bytes: UnsafeRawBufferPointer) {
        let start = beginMessage(.copyData)
        append(contentsOf: bytes)
        endMessage(start)
    }

    /// A message on a channel that the client listens to.
    public mutating func appendNotification(
        processID: Int32, channel: [UInt8], payload: [UInt8]
    ) {
        let start = beginMessage(.notificationResponse)
        append(bigEndian: processID)
        for text in [channel, payload] {
            text.withUnsafeBytes { append(contentsOf: $0) }
            append(0 as UInt8)
        }
        endMessage(start)
    }

    @inlinable public mutating func appendCopyDone() { appendEmptyMessage(.copyDone) }

    /// ErrorResponse, or NoticeResponse for warnings and below, with every field that is set.
    public mutating func append(_ error: SQLError) {
        let fields = error.fields
        let isError: Bool
        switch fields.severity {
        case .panic, .fatal, .error: isError = true
        case .warning, .notice, .info, .log, .debug: isError = false
        }
        let start = beginMessage(isError ? .errorResponse : .noticeResponse)
        append(field: "S", fields.severity.rawValue)
        append(field: "V", fields.severity.rawValue)
        append(field: "C", fields.state.description)
        append(field: "M", fields.message)
        append(field: "D", fields.detail)
        append(field: "H", fields.hint)
        append(field: "W", fields.context)
        append(field: "s", fields.schemaName)
        append(field: "t", fields.tableName)
        append(field: "c", fields.columnName)
        append(field: "d", fields.dataTypeName)
        append(field: "n", fields.constraintName)
        append(field: "P", fields.position.map { String($0) })
        append(field: "p", fields.internalPosition.map { String($0) })
        append(field: "q", fields.internalQuery)
        append(0 as UInt8)
        endMessage(start)
    }

    private mutating func append(field code: StaticString, _ value: String?) {
        guard let value else { return }
        append(code)
        // A zero byte would end the field early.
        append(terminated: value.utf8.contains(0) ? String(value.prefix { $0 != "\0" }) : value)
    }
}
