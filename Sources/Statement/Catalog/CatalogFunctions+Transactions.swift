internal import Base
internal import Engine
internal import Execute
internal import Functions
internal import Types

/// Transaction ids and snapshots.
extension CatalogFunctions {
    private var engine: Engine { session.database.engine }

    func transaction(_ function: HostedFunction) throws(SQLError) -> Datum {
        switch function {
        case .xactStatus, .txidStatus: return try status()
        case .age: return Datum(word: age())
        // There are no numbers for groups of transactions: the next would be the first.
        case .mxidAge:
            let word = arguments[0].word
            return Datum(
                word: word == 0
                    ? Int64(Int32.max) : Int64(Int32(truncatingIfNeeded: 1 - word)))
        case .xactCommitTimestamp, .xactCommitTimestampOrigin, .lastCommittedXact:
            throw SQLError(
                .objectNotInPrerequisiteState, "could not get commit timestamp data"
            ).hint(
                "Make sure the configuration parameter \"track_commit_timestamp\" is set.")
        default: return text(snapshotValue().description)
        }
    }

    /// What is over and what is not, the caller's own transaction included.
    private func snapshotValue() -> SnapshotValue {
        let next = engine.nextWriterID.rawValue
        let active = engine.activeWriters.map(\.rawValue).filter { $0 < next }.sorted()
        return SnapshotValue(oldest: active.first ?? next, next: next, active: active)
    }

    private func status() throws(SQLError) -> Datum {
        let writer = WriterID(UInt64(bitPattern: arguments[0].word))
        if writer == .none { return .null }
        guard writer.rawValue < engine.nextWriterID.rawValue else {
            throw SQLError(
                .invalidParameterValue, "transaction ID \(writer.rawValue) is in the future")
        }
        return switch engine.status(of: writer) {
        case nil: .null
        case .active: text("in progress")
        case .committed: text("committed")
        case .aborted: text("aborted")
        }
    }

    /// How many transactions there have been since.
    private func age() -> Int64 {
        let word = UInt32(truncatingIfNeeded: arguments[0].word)
        // Those that PostgreSQL has for its own rows are older than all.
        if word < 3 { return Int64(Int32.max) }
        var now = session.transaction?.writer ?? .none
        if now == .none { now = engine.nextWriterID }
        return Int64(Int32(truncatingIfNeeded: now.rawValue) &- Int32(bitPattern: word))
    }
}
