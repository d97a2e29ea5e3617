public import Base

/// Names one generation of a sequence's state: CREATE, ALTER with options and TRUNCATE … RESTART
/// IDENTITY make a new one. It is the relation's storage generation and never used again, so that
/// no record, lease or cache of an older state can be taken for one of a newer one.
@frozen
public struct SequenceID: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt64
    @inlinable public init(rawValue: UInt64) { self.rawValue = rawValue }
    @inlinable public init(_ rawValue: UInt64) { self.rawValue = rawValue }
}

/// Where a sequence's state is kept.
public enum SequencePersistence: UInt8, Sendable {
    /// In the log: no value is given twice.
    case permanent
    /// Exact over a clean stop; a crash brings back the state of its creation.
    case unlogged
    /// In memory, as long as the session.
    case temporary
}

/// The state that a record or a definition gives a sequence.
public struct SequenceValue: Equatable, Sendable {
    public var lastValue: Int64
    public var isCalled: Bool

    public init(lastValue: Int64, isCalled: Bool) {
        self.lastValue = lastValue
        self.isCalled = isCalled
    }
}

/// A sequence record of the log.
///
///     | version 1 | kind 1 | flags 1 | log count 1 | id varint | epoch varint | value 8 LE |
///
/// flags: bit 0 is_called, bits 1-2 the persistence.
/// - `start`: the state that a new generation begins with.
/// - `ceiling`: values up to this one may have been given.
/// - `set`: setval.
/// - `exact`: the state of a clean stop or a checkpoint.
public struct SequenceRecord: Equatable, Sendable {
    public enum Kind: UInt8, Sendable {
        case start = 1
        case ceiling
        case set
        case exact
    }
    public var kind: Kind
    public var id: SequenceID
    public var epoch: UInt64
    public var persistence: SequencePersistence
    public var value: SequenceValue
    /// log_cnt, of `exact` alone.
    public var logCount: UInt8

    private static let version: UInt8 = 1

    public init(
        kind: Kind, id: SequenceID, epoch: UInt64, persistence: SequencePersistence,
        value: SequenceValue, logCount: UInt8 = 0
    ) {
        self.kind = kind
        self.logCount = logCount
        self.id = id
        self.epoch = epoch
        self.persistence = persistence
        self.value = value
    }

    public func encode(into buffer: inout ByteBuffer) {
        buffer.append(SequenceRecord.version)
        buffer.append(kind.rawValue)
        buffer.append((value.isCalled ? 1 : 0) | persistence.rawValue << 1)
        buffer.append(logCount)
        buffer.append(varint: id.rawValue)
        buffer.append(varint: epoch)
        buffer.append(littleEndian: value.lastValue)
    }

    /// Nil for bytes that `encode` cannot have written.
    public init?(_ bytes: UnsafeRawBufferPointer) {
        var reader = ByteReader(bytes)
        guard reader.readByte() == SequenceRecord.version,
            let kind = reader.readByte().flatMap({ Kind(rawValue: $0) }),
            let flags = reader.readByte(),
            let persistence = SequencePersistence(rawValue: flags >> 1),
            let logCount = reader.readByte(), logCount < 64,
            let id = reader.readVarint(), let epoch = reader.readVarint(),
            let last = reader.read(littleEndian: Int64.self), reader.isAtEnd
        else { return nil }
        self.init(
            kind: kind, id: SequenceID(id), epoch: epoch, persistence: persistence,
            value: SequenceValue(lastValue: last, isCalled: flags & 1 != 0),
            logCount: logCount)
    }
}

/// The log as sequences see it.
public struct SequenceLog: Sendable {
    /// Appends a record to the log's buffer, without waiting; returns the position up to which
    /// the log must be durable for the record to be.
    public var append: @Sendable (UnsafeRawBufferPointer) -> LogPosition

    public init(append: @escaping @Sendable (UnsafeRawBufferPointer) -> LogPosition) {
        self.append = append
    }

    func append(_ record: SequenceRecord) -> LogPosition {
        var buffer = ByteBuffer(capacityBytes: 32)
        record.encode(into: &buffer)
        return buffer.withBytes { append($0) }
    }
}

/// Who grants ranges of values. A node of its own grants them to itself, by a record of its log; a
/// node of a cluster will lease them from the coordinator. A grant is good for the sequence's
/// generation and epoch that it names, and for nothing else.
public enum SequenceAllocator: Sendable {
    case embedded(SequenceLog)

    /// Grants every value from the present one up to `ceiling` in the sequence's direction;
    /// returns the log position that must be durable before such a value is shown.
    func reserve(
        _ id: SequenceID, epoch: UInt64, persistence: SequencePersistence, ceiling: Int64
    ) -> LogPosition {
        switch self {
        case .embedded(let log):
            log.append(
                SequenceRecord(
                    kind: .ceiling, id: id, epoch: epoch, persistence: persistence,
                    value: SequenceValue(lastValue: ceiling, isCalled: true)))
        }
    }

    /// Notes a state that is not a draw's: a new generation, setval, a clean stop.
    func note(_ record: SequenceRecord) -> LogPosition {
        switch self {
        case .embedded(let log): log.append(record)
        }
    }
}
