internal import Base
internal import Protocol
internal import Statement

/// COPY in both directions (chapter 55.2.7) as states between messages: no thread waits for data.
extension Session {
    func runCopy(
        _ copy: CopyDirection, _ portal: Portal
    ) throws(SQLError) -> PortalProgress {
        switch copy {
        case .input(let columnCount, let isBinary):
            flushNotices()
            output.bytes.appendCopyResponse(
                .copyInResponse, isBinary: isBinary, columnCount: columnCount)
            try portal.statement.beginInput()
            copyingIn = portal
            return .copyingIn
        case .output(let columnCount, let isBinary):
            if !portal.hasAnnouncedCopy {
                output.bytes.appendCopyResponse(
                    .copyOutResponse, isBinary: isBinary, columnCount: columnCount)
                portal.hasAnnouncedCopy = true
            }
            repeat {
                if output.isFull { return .outputFull }
            } while try portal.statement.produce { output.bytes.appendCopyData($0) }
            output.bytes.appendCopyDone()
            portal.tag = portal.statement.commandTag
            portal.discard()
            return .finished
        }
    }

    /// A message while COPY data is awaited.
    func receiveCopy(
        _ type: FrontendMessageType, _ body: UnsafeRawBufferPointer, _ portal: Portal
    ) throws(SQLError) -> Progress {
        switch type {
        case .copyData:
            try portal.statement.feed(body)
            return .needsInput
        case .copyDone:
            try portal.statement.finish()
            portal.tag = portal.statement.commandTag
            portal.discard()
            copyingIn = nil
            return resumePlain()
        case .copyFail:
            let message: String
            if case .copyFail(let bytes) = try FrontendMessage(type, body) {
                message = text(bytes)
            } else {
                message = ""
            }
            throw SQLError(.queryCanceled, "COPY from stdin failed: \(message)")
        case .flush, .sync:
            // A client may send them before it knows that COPY began: passed over.
            return .needsInput
        case .bind, .close, .describe, .execute, .functionCall, .parse, .query, .password,
            .terminate:
            let digits = String(type.rawValue, radix: 16, uppercase: true)
            throw SQLError(
                .protocolViolation,
                "unexpected message type 0x\(digits) during COPY from stdin")
        }
    }
}
