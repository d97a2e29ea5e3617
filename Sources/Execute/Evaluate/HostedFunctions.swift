internal import Base
internal import Catalog
internal import Functions
internal import Query
internal import Sequences
internal import System
internal import Types

/// Functions that need the session: sequences, settings, sleeping, who and where one is. What needs
/// SQL text or statistics goes on to the layers above.
struct HostedFunctions {
    let run: RunState

    func make(
        _ function: HostedFunction, _ entry: FunctionEntry, _ arguments: [Expression]
    ) throws(SQLError) -> FunctionCall.Hosted {
        let session = run.session
        switch function {
        case .nextval, .currval, .lastval, .setval, .sequenceLastValue, .getSerialSequence:
            return sequence(function, entry, session)
        case .currentSetting, .setConfig: return setting(function, entry, session)
        case .sleep: return sleep(session) { (argument, _) in argument.double }
        case .sleepFor:
            return sleep(session) { (argument, context) throws(SQLError) in
                let now = context.clock()
                let end = try DateTime.add(
                    Interval(argument.view), to: now, in: context.types.timeZone)
                return Double(end - now) / 1_000_000
            }
        case .sleepUntil:
            return sleep(session) { (argument, context) in
                (Double(argument.word) - Double(context.clock())) / 1_000_000
            }
        case .version, .currentUser, .sessionUser, .getpgusername, .currentSchema,
            .currentDatabase, .backendPid, .isInRecovery:
            return identity(function, session)
        case .advisoryLock, .advisoryLockShared, .tryAdvisoryLock, .tryAdvisoryLockShared,
            .advisoryUnlock, .advisoryUnlockShared, .advisoryUnlockAll, .advisoryXactLock,
            .advisoryXactLockShared, .tryAdvisoryXactLock, .tryAdvisoryXactLockShared:
            return advisoryLock(function, entry)
        case .blockingPids, .safeSnapshotBlockingPids, .isolationTestSessionIsBlocked:
            return blocking(function)
        case .reloadConf, .confLoadTime: return configuration(function, session)
        case .notify, .listeningChannels, .notificationQueueUsage: return notification(function)
        case .toRegclass:
            return { (arguments) throws(SQLError) in
                do throws(SQLError) {
                    return Datum(try session.relation(named: arguments[0].view.string).oid)
                } catch {
                    let missing: [SQLState] = [
                        .undefinedTable, .undefinedSchema, .invalidSchemaName,
                    ]
                    if missing.contains(error.state) { return .null }
                    throw error
                }
            }
        default:
            let context = run.context
            return { (arguments) throws(SQLError) in
                guard let body = session.hostedFunction else {
                    throw SQLError.notSupported("function \(entry.name)")
                }
                return try body(function, entry, arguments, context)
            }
        }
    }

    // MARK: Sequences

    private func sequence(
        _ function: HostedFunction, _ entry: FunctionEntry, _ session: SessionState
    ) -> FunctionCall.Hosted {
        switch function {
        case .nextval:
            let draw = SequenceDraw(checksPrivilege: true)
            return { (arguments) throws(SQLError) in
                var value: Int64 = 0
                try session.nextval(draw, arguments[0].oid, into: &value, count: 1)
                return Datum(word: value)
            }
        case .currval:
            return { (arguments) throws(SQLError) in
                Datum(word: try session.currval(arguments[0].oid))
            }
        case .lastval:
            return { (_) throws(SQLError) in Datum(word: try session.lastval()) }
        case .setval:
            let hasCalled = entry.arguments.count == 3
            return { (arguments) throws(SQLError) in
                try session.setval(
                    arguments[0].oid, arguments[1].word,
                    isCalled: hasCalled ? arguments[2].bool : true)
                return arguments[1]
            }
        case .sequenceLastValue:
            return { (arguments) throws(SQLError) in
                let contents = session.sequences.contents(
                    try session.sequenceReference(arguments[0].oid))
                session.waitFor(contents.position)
                return contents.isCalled ? Datum(word: contents.lastValue) : .null
            }
        default:
            let run = self.run
            return { (arguments) throws(SQLError) in
                guard
                    let name = try session.serialSequence(
                        table: arguments[0].view.string, column: arguments[1].view.string)
                else { return .null }
                return Datum(view: ByteView(copying: name, into: run.expressionArena))
            }
        }
    }

    // MARK: Settings

    private func setting(
        _ function: HostedFunction, _ entry: FunctionEntry, _ session: SessionState
    ) -> FunctionCall.Hosted {
        let run = self.run
        if function == .currentSetting {
            let hasMissing = entry.arguments.count == 2
            return { (arguments) throws(SQLError) in
                do throws(SQLError) {
                    let text = try session.settings.show(arguments[0].view.string).text
                    return Datum(view: ByteView(copying: text, into: run.expressionArena))
                } catch {
                    if hasMissing, arguments[1].bool { return .null }
                    throw error
                }
            }
        }
        return { (arguments) throws(SQLError) in
            if arguments[0].isNull {
                throw SQLError(.nullValueNotAllowed, "SET requires parameter name")
            }
            let name = arguments[0].view.string
            let value = arguments[1].isNull ? nil : arguments[1].view.string
            try session.settings.set(
                name, value, isLocal: arguments[2].isNull ? false : arguments[2].bool)
            let text = try session.settings.show(name).text
            return Datum(view: ByteView(copying: text, into: run.expressionArena))
        }
    }

    private func configuration(
        _ function: HostedFunction, _ session: SessionState
    ) -> FunctionCall.Hosted {
        let server = session.settings.server
        if function == .confLoadTime { return { (_) throws(SQLError) in Datum(word: server.loadTime) } }
        return { (_) throws(SQLError) in
            guard let files = server.files else { return Datum(false) }
            files.requestReload()
            return Datum(true)
        }
    }

    // MARK: Waiting

    private func sleep(
        _ session: SessionState,
        _ duration: @escaping (Datum, FunctionContext) throws(SQLError) -> Double
    ) -> FunctionCall.Hosted {
        let context = run.context
        return { (arguments) throws(SQLError) in
            let seconds = try duration(arguments[0], context)
            if seconds > 0 {
                // At most some thirty years, so that the deadline can be told.
                let milliseconds = min(seconds * 1000, 1e12)
                let deadline = Instant.now().advanced(byMilliseconds: Int(milliseconds))
                _ = try session.waiter.wait(deadline: deadline) { false }
            }
            return Datum(view: ByteView())
        }
    }

    // MARK: Who and where

    private func identity(
        _ function: HostedFunction, _ session: SessionState
    ) -> FunctionCall.Hosted {
        let run = self.run
        func text(_ value: @escaping () -> String?) -> FunctionCall.Hosted {
            { (_) throws(SQLError) in
                guard let found = value() else { return .null }
                return Datum(view: ByteView(copying: found, into: run.expressionArena))
            }
        }
        switch function {
        case .version: return text { ServerVersion.text }
        case .currentUser, .getpgusername:
            return text { session.catalog.snapshot.role(session.user)?.name }
        case .sessionUser:
            return text { session.catalog.snapshot.role(session.sessionUser)?.name }
        case .currentSchema:
            return text {
                session.scope.defaultCreationNamespace.flatMap {
                    session.catalog.snapshot.namespace($0)?.name
                }
            }
        case .currentDatabase:
            return text { session.database.name }
        case .backendPid:
            return { (_) throws(SQLError) in Datum(word: Int64(session.processID)) }
        default:
            return { (_) throws(SQLError) in Datum(false) }
        }
    }
}

/// What version() says. Tools read the PostgreSQL version from its second word.
public enum ServerVersion {
    /// The version of PostgreSQL that Ordinal is compatible with: server_version.
    public static let compatible = "15.0"
    public static var text: String {
        "PostgreSQL \(compatible) (Ordinal) on \(architecture)-unknown-linux-gnu, 64-bit"
    }
    private static var architecture: String {
        #if arch(x86_64)
            "x86_64"
        #else
            "aarch64"
        #endif
    }
}

extension SessionState {
    /// pg_get_serial_sequence: the sequence that a column owns, by its qualified name.
    func serialSequence(table: String, column: String) throws(SQLError) -> String? {
        let relation = try relation(named: table)
        guard let index = relation.value.columnIndex(named: column) else {
            throw SQLError(
                .undefinedColumn,
                "column \"\(column)\" of relation \"\(relation.value.name)\" does not exist")
        }
        guard
            let oid = catalog.snapshot.ownedSequence(
                of: relation.value.oid, columnNumber: index + 1),
            let owned = catalog.snapshot.relation(oid),
            let namespace = catalog.snapshot.namespace(owned.value.namespace)
        else { return nil }
        return Identifier.quote(namespace.name) + "." + Identifier.quote(owned.value.name)
    }
}

/// nextval of a sequence known when the plan was made: a default's, or an identity column's, which
/// needs no privilege and is of the column's type.
final class NextValueNode: ExpressionNode {
    private let sequence: OID
    private let range: ClosedRange<Int64>
    private let typeName: String
    private let session: SessionState
    private let draw: SequenceDraw
    private let result = Vector(.word)

    init(sequence: OID, type: SQLType, checksPrivilege: Bool, run: RunState) {
        self.sequence = sequence
        session = run.session
        draw = SequenceDraw(checksPrivilege: checksPrivilege)
        typeName = type.name
        range =
            switch type.oid {
            case .int2: Int64(Int16.min)...Int64(Int16.max)
            case .int4: Int64(Int32.min)...Int64(Int32.max)
            default: Int64.min...Int64.max
            }
    }

    override func evaluate(_ input: Batch) throws(SQLError) -> Vector {
        result.hasNulls = false
        try session.nextval(draw, sequence, into: result.words, count: input.count)
        for row in 0..<input.count where !range.contains(result.words[row]) {
            throw SQLError(.numericValueOutOfRange, "\(typeName) out of range")
        }
        return result
    }
}
