internal import Base

/// Conflicts between serializable transactions, and which of them are part of a dangerous path. All
/// of it under the tracker's lock.
extension SerializableTracker {
    /// `reader` has read a key, of which there is a newer version than it sees.
    func conflict(
        _ reader: SerializableTransaction, readsOver outcome: WriterTable.Outcome
    ) throws(SQLError) {
        if let changer = changer(outcome) {
            if changer === reader || changer.state == .aborted { return }
            return try flag(reader, changer, by: reader)
        }
        guard case .committed(let position) = outcome, let earliest = old.change(of: position)
        else { return }
        if let earliest, !reader.isDeclaredReadOnly || earliest <= reader.horizon {
            throw SerializableTransaction.failure(
                "Canceled on conflict out to old pivot \(position.rawValue)")
        }
        if reader.hasOldReader || !reader.readers.isEmpty {
            throw SerializableTransaction.failure(
                "Canceled on identification as a pivot, with conflict out to old committed "
                    + "transaction \(position.rawValue)")
        }
        reader.hasOldChanger = true
    }

    /// `changer` has written a key: whoever has read it has a conflict with it.
    func conflicts(
        _ changer: SerializableTransaction, writing generation: GenerationID,
        where reads: (ReadSet) -> Bool
    ) throws(SQLError) {
        for reader in readers[generation] ?? [] where reader !== changer {
            guard !reader.isDoomed, runsBeside(reader, changer), let set = reader.reads[generation],
                reads(set)
            else { continue }
            try flag(reader, changer, by: changer)
        }
        for reader in homeless
        where reader !== changer && !reader.isDoomed && runsBeside(reader, changer) {
            try flag(reader, changer, by: changer)
        }
        if old.commitTick > changer.startTick, let set = old.reads[generation], reads(set) {
            if isPivot(changer, readBy: nil) {
                throw SerializableTransaction.failure(
                    "Canceled on identification as a pivot, during write")
            }
            changer.hasOldReader = true
        }
    }

    private func runsBeside(
        _ reader: SerializableTransaction, _ changer: SerializableTransaction
    ) -> Bool {
        !reader.isCommitted || reader.commitTick > changer.startTick
            || reader.position ?? .zero > changer.horizon
    }

    /// Notes that `changer` has changed what `reader` has read, and sees to it that no dangerous path
    /// comes of it. One of them is `me`, who acts.
    /// - Throws: 40001 if `me` is the one to fail.
    private func flag(
        _ reader: SerializableTransaction, _ changer: SerializableTransaction,
        by me: SerializableTransaction
    ) throws(SQLError) {
        #if DEBUG
            if IsolationFault.conflicts.isPlanted { return }
        #endif
        if reader.changers.contains(where: { $0 === changer }) { return }
        if isPivot(changer, readBy: reader) || isPivot(reader, changedBy: changer) {
            if me === changer {
                throw SerializableTransaction.failure(
                    "Canceled on identification as a pivot, during write")
            }
            if changer.isPrepared {
                throw SerializableTransaction.failure(
                    "Canceled on conflict out to pivot \(changer.transaction.writer), during read")
            }
            changer.isDoomed = true
        }
        reader.changers.append(changer)
        changer.readers.append(reader)
    }

    /// reader → pivot → out, where out has committed before both. Nil: an old reader.
    private func isPivot(
        _ pivot: SerializableTransaction, readBy reader: SerializableTransaction?
    ) -> Bool {
        if pivot.hasOldChanger { return true }
        if pivot.isCommitted {
            guard let change = pivot.earliestChange else { return false }
            guard let reader, reader.isDeclaredReadOnly else { return true }
            return change <= reader.horizon
        }
        for out in pivot.changers where out.isPrepared {
            guard let reader else {
                if out.prepareTick <= old.commitTick { return true }
                continue
            }
            if reader.isCommitted, out.prepareTick > reader.commitTick { continue }
            // A reader that writes nothing is only misled by what it has seen.
            if reader.isReadOnly, !isSeen(out, by: reader) { continue }
            return true
        }
        return false
    }

    /// reader → pivot → out, where out is `changer` and has committed before both.
    private func isPivot(
        _ pivot: SerializableTransaction, changedBy changer: SerializableTransaction
    ) -> Bool {
        if !changer.isPrepared || pivot.isReadOnly { return false }
        if pivot.hasOldReader { return true }
        for reader in pivot.readers where !reader.isDoomed {
            if reader.isCommitted, reader.commitTick < changer.prepareTick { continue }
            if reader.isReadOnly, !isSeen(changer, by: reader) { continue }
            return true
        }
        return false
    }

    private func isSeen(
        _ changer: SerializableTransaction, by reader: SerializableTransaction
    ) -> Bool {
        guard let position = changer.position else { return false }
        return position <= reader.horizon
    }

    /// Makes sure that `ending` may commit, and dooms the pivots of which it is the first to commit.
    func prepare(_ ending: SerializableTransaction) throws(SQLError) {
        if ending.isDoomed {
            throw SerializableTransaction.failure(
                "Canceled on identification as a pivot, during commit attempt")
        }
        for pivot in ending.readers where !pivot.isCommitted && !pivot.isDoomed {
            let isPath = pivot.readers.contains { reader in
                reader === ending
                    || (!reader.isCommitted && !reader.isReadOnly && !reader.isDoomed)
            }
            if !isPath { continue }
            if pivot.isPrepared {
                throw SerializableTransaction.failure(
                    "Canceled on commit attempt with conflict in from prepared pivot")
            }
            pivot.isDoomed = true
        }
        prepared(ending)
    }
}
