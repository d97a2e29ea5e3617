public import Base
public import System

/// What a look at every byte of a log finds. Nothing is changed.
public struct LogCheck {
    /// What a start would refuse, and what it would not read.
    public private(set) var problems: [LogCorruption] = []
    /// The first byte behind the log's end that is not zero: the torn end of a flush that nobody was
    /// told of, or damage to the last batches.
    public private(set) var tail: LogCorruption?
    public private(set) var end = LogPosition.zero
    public private(set) var recordCount = 0
    public private(set) var fileCount = 0

    /// Reads the log in `directory` from `mark` as a start does, then what else its files hold.
    /// - Parameter record: gets kind and payload of each record.
    public init(
        _ fileSystem: FileSystem, directory: String, timeline: UInt32 = 1, from mark: LogMark,
        record: (UInt8, UnsafeRawBufferPointer) -> Void
    ) throws(FileError) {
        var reader = LogReader(
            fileSystem: fileSystem, directory: directory, timeline: timeline, from: mark)
        var count = 0
        do throws(LogOpenError) {
            let stop = try reader.readAll { kind, payload, _ in
                count += 1
                record(kind, payload)
            }
            end = stop.position
            problems += try reader.damage(before: mark)
            for (number, offset) in try reader.strayBytes() {
                let stray = LogCorruption(
                    path: reader.path(number), offset: offset,
                    reason: "there are bytes where the log has none")
                if number < stop.fileIndex { problems.append(stray) } else if tail == nil { tail = stray }
            }
        } catch {
            switch error {
            case .file(let error): throw error
            case .corruption(let corruption): problems.append(corruption)
            case .storage: invariant(false, "a log has no segments")
            }
        }
        recordCount = count
        fileCount = reader.ends.count
    }
}

extension LogReader {
    /// What is damaged in the mark's file before the mark, where no start reads.
    func damage(before mark: LogMark) throws(LogOpenError) -> [LogCorruption] {
        if mark.fileOffset == 0 || !exists(mark.fileIndex) { return [] }
        let bytes = try contents(mark.fileIndex)
        var offset = 0
        var position: LogPosition?
        bytes.withUnsafeBytes { file in
            while offset < mark.fileOffset, let batch = batch(file, at: offset),
                position == nil || position == batch.start
            {
                position = LogPosition(batch.start.rawValue + UInt64(batch.payload.count))
                offset += LogFormat.batchHeaderSizeBytes + batch.payload.count
            }
        }
        if offset == mark.fileOffset, position == mark.position { return [] }
        return [
            LogCorruption(
                path: path(mark.fileIndex), offset: min(offset, mark.fileOffset),
                reason: "a batch before the last checkpoint is not whole")
        ]
    }

    /// Of the files that were read, and those behind them: the first byte behind the batches that is
    /// not zero.
    func strayBytes() throws(LogOpenError) -> [(fileIndex: Int, offset: Int)] {
        var result: [(fileIndex: Int, offset: Int)] = []
        let files: [Int]
        do throws(FileError) { files = try indexes() } catch { throw .file(error) }
        for index in files {
            let begin = ends.first { $0.fileIndex == index }?.offset ?? 0
            let rest = try contents(index).dropFirst(begin)
            if let offset = rest.firstIndex(where: { $0 != 0 }) { result.append((index, offset)) }
        }
        return result
    }
}
