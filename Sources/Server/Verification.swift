internal import Base
internal import Catalog
internal import Engine
internal import Statement
internal import System
internal import Types

/// `ordinal verify`: reads everything that a data directory holds and says what is wrong with it, in
/// two steps. First every byte of log, manifest and segments against its checksum; then the data is
/// opened as by a start, with all that a start writes kept in memory, and tables are compared with
/// their indexes. The directory stays as it is.
public enum Verification {
    public static let usage = """
        Usage: ordinal verify [--data DIR]

        Reads every byte of the data of a server that does not run, and compares tables with their
        indexes. Changes nothing.

          --data DIR             where the data is (default .data)
          --help                 shows this

        The exit status is 0 if everything is whole, 1 if something is damaged, and 2 if the data
        cannot be looked at.

        """

    /// The process's exit status.
    public static func run(_ dataDirectory: String) -> Int32 {
        do throws(SQLError) {
            let directory = try DataDirectory(toRead: dataDirectory)
            let problemCount = try verify(directory)
            if problemCount == 0 {
                say("everything is whole")
                return 0
            }
            say(problemCount == 1 ? "1 problem was found" : "\(problemCount) problems were found")
            return 1
        } catch {
            ServerLog.log(error)
            return 2
        }
    }

    private static func say(_ line: String) { print(line) }

    private static func report(_ problems: [String]) {
        for problem in problems { say("DAMAGE: \(problem)") }
    }

    private static func verify(_ directory: DataDirectory) throws(SQLError) -> Int {
        let files = RealFileSystem()
        let storage = StorageCheck(
            files, directory: "\(directory.path)/log",
            segmentDirectory: "\(directory.path)/segments", isStopped: !directory.wasLeftLocked)
        say(
            "\(storage.fileCount) files of log and segments: \(storage.blockCount) blocks with "
                + "\(storage.keyCount) keys, \(storage.recordCount) log records to replay")
        for note in storage.notes { say("NOTE: \(note)") }
        report(storage.problems)
        var settings = ServerSettings { TimeZone.setting($0)?.name }
        var problemCount = storage.problems.count
        do throws(SQLError) {
            settings = try ServerConfiguration(
                settings, directory: directory, options: ServeOptions()
            ).settings
        } catch {
            report([[error.message, error.fields.context].compactMap { $0 }.joined(separator: ", ")])
            problemCount += 1
            settings = ServerSettings { TimeZone.setting($0)?.name }
        }
        if !storage.problems.isEmpty {
            say("tables were not compared with their indexes: their files are damaged")
            return problemCount
        }
        let instance = try Instance(
            directory: directory.path, settings: settings, memoryBytesMax: .max / 2,
            fileSystem: OverlayFileSystem(over: files), runsThreads: false)
        for (name, comparison) in try instance.compareTables() {
            say(
                "database \"\(name)\": \(comparison.tableCount) tables with "
                    + "\(comparison.rowCount) rows and \(comparison.entryCount) index entries")
            report(comparison.problems)
            problemCount += comparison.problems.count
        }
        return problemCount
    }
}
