internal import Base
internal import Synchronization

/// One version of a row: what one writer left under a key.
///
///     | stamp 8 | older 8 | command 4 | length and flags 4 | row bytes |
///     a plain deletion has a word instead of bytes: what `DeadRun` notes of the keys behind it
///
/// The stamp is the writer while its end is not known (writer << 1 | 1), then its commit position
/// (position << 1): whoever finds the writer committed replaces it. Aborted writers keep theirs. The
/// command counts for its own transaction alone: with the position the low half of the writer comes
/// in its place.
struct Version {
    static let headerSizeBytes = 24
    private static let deletionFlag: UInt32 = 1 << 31
    /// The row bytes are the key that the row has moved to.
    private static let movedFlag: UInt32 = 1 << 30
    /// An update that keeps the columns foreign keys may refer to: it lets FOR KEY SHARE pass.
    private static let keepsKeyFlag: UInt32 = 1 << 29
    private static let lengthMask: UInt32 = 1 << 29 - 1

    /// The largest row.
    static let sizeBytesMax = Int(lengthMask)

    /// The flags as the low bits of a byte: what segments keep of a version besides its bytes.
    static let kindMask: UInt8 = 7
    static let plainDeletionKind = UInt8(deletionFlag >> 29)

    let base: UnsafeMutableRawPointer

    @inline(__always)
    init?(_ address: UInt) {
        guard let base = UnsafeMutableRawPointer(bitPattern: address) else { return nil }
        self.base = base
    }

    @inline(__always)
    init(base: UnsafeMutableRawPointer) { self.base = base }

    @inline(__always)
    private var stampWord: UnsafeMutablePointer<Atomic<UInt64>> {
        base.assumingMemoryBound(to: Atomic<UInt64>.self)
    }
    @inline(__always)
    var stamp: UInt64 { stampWord.pointee.load(ordering: .acquiring) }

    /// Several readers may find out at once: they store the same.
    @inline(__always)
    func setCommitted(_ position: LogPosition, by writer: WriterID) {
        commandWord.pointee.store(UInt32(truncatingIfNeeded: writer.rawValue), ordering: .relaxed)
        stampWord.pointee.store(position.rawValue << 1, ordering: .releasing)
    }

    @inline(__always)
    var older: Version? { Version(base.load(fromByteOffset: 8, as: UInt.self)) }
    @inline(__always)
    private var commandWord: UnsafeMutablePointer<Atomic<UInt32>> {
        (base + 16).assumingMemoryBound(to: Atomic<UInt32>.self)
    }
    /// Once the stamp is a position, the low half of the writer.
    @inline(__always)
    var command: UInt32 { commandWord.pointee.load(ordering: .relaxed) }
    /// The low half of the writer, whatever became of it.
    var writerHalf: UInt32 {
        let stamp = stamp
        return stamp & 1 == 0 ? command : UInt32(truncatingIfNeeded: stamp >> 1)
    }
    @inline(__always)
    private var lengthAndFlags: UInt32 { base.load(fromByteOffset: 20, as: UInt32.self) }
    @inline(__always)
    var isDeletion: Bool { lengthAndFlags & Version.deletionFlag != 0 }
    @inline(__always)
    var isMoved: Bool { lengthAndFlags & Version.movedFlag != 0 }
    /// A deletion that names no new key.
    @inline(__always)
    var isPlainDeletion: Bool {
        lengthAndFlags & (Version.deletionFlag | Version.movedFlag) == Version.deletionFlag
    }
    /// Of a plain deletion. Writers hold the memtable's latch.
    @inline(__always)
    var runWord: UnsafeMutablePointer<Atomic<UInt>> {
        (base + Version.headerSizeBytes).assumingMemoryBound(to: Atomic<UInt>.self)
    }
    var keepsKey: Bool { lengthAndFlags & Version.keepsKeyFlag != 0 }
    @inline(__always)
    var bytes: UnsafeRawBufferPointer {
        let length = lengthAndFlags & Version.lengthMask
        return UnsafeRawBufferPointer(start: base + Version.headerSizeBytes, count: Int(length))
    }

    var kind: UInt8 { UInt8(lengthAndFlags >> 29) }

    /// Of memory, a multiple of 8.
    @inline(__always)
    static func sizeBytes(kind: UInt8, _ byteCount: Int) -> Int {
        (headerSizeBytes + (kind == plainDeletionKind ? 8 : byteCount) + 7) & ~7
    }

    /// Writes a version of any kind and stamp to `base`, which has room for it.
    static func place(
        at base: UnsafeMutableRawPointer, kind: UInt8, stamp: UInt64, command: UInt32,
        older: UInt, _ bytes: UnsafeRawBufferPointer
    ) {
        base.bindMemory(to: Atomic<UInt64>.self, capacity: 1).initialize(to: Atomic(stamp))
        base.storeBytes(of: older, toByteOffset: 8, as: UInt.self)
        (base + 16).bindMemory(to: Atomic<UInt32>.self, capacity: 1)
            .initialize(to: Atomic(command))
        base.storeBytes(
            of: UInt32(bytes.count) | UInt32(kind) << 29, toByteOffset: 20, as: UInt32.self)
        if kind == plainDeletionKind { Version(base: base).runWord.initialize(to: Atomic(0)) }
        if let source = bytes.baseAddress {
            (base + headerSizeBytes).copyMemory(from: source, byteCount: bytes.count)
        }
    }

    /// A copy with the same writer or commit, in front of `older`.
    static func copy(
        _ source: Version, older: UInt, _ memory: MemtableMemory
    ) -> UnsafeMutableRawPointer {
        let kind = source.kind
        let bytes = source.bytes
        let base = memory.allocate(sizeBytes(kind: kind, bytes.count))
        place(
            at: base, kind: kind, stamp: source.stamp, command: source.command, older: older, bytes)
        return base
    }

    enum Content {
        case row(UnsafeRawBufferPointer)
        /// A row that replaces one with the same referenced columns.
        case update(UnsafeRawBufferPointer)
        case deletion
        case moved(to: UnsafeRawBufferPointer)
    }

    static func make(
        _ content: Content, writer: WriterID, command: UInt32, older: UInt,
        _ memory: MemtableMemory
    ) -> UnsafeMutableRawPointer {
        let (bytes, flags): (UnsafeRawBufferPointer, UInt32) =
            switch content {
            case .row(let bytes): (bytes, 0)
            case .update(let bytes): (bytes, keepsKeyFlag)
            case .deletion: (UnsafeRawBufferPointer(start: nil, count: 0), deletionFlag)
            case .moved(let key): (key, deletionFlag | movedFlag)
            }
        invariant(bytes.count <= sizeBytesMax, "the size of a row was checked")
        let isPlainDeletion = flags == deletionFlag
        let base = memory.allocate(headerSizeBytes + (isPlainDeletion ? 8 : bytes.count))
        base.bindMemory(to: Atomic<UInt64>.self, capacity: 1)
            .initialize(to: Atomic(writer.rawValue << 1 | 1))
        base.storeBytes(of: older, toByteOffset: 8, as: UInt.self)
        (base + 16).bindMemory(to: Atomic<UInt32>.self, capacity: 1)
            .initialize(to: Atomic(command))
        base.storeBytes(of: UInt32(bytes.count) | flags, toByteOffset: 20, as: UInt32.self)
        if isPlainDeletion { Version(base: base).runWord.initialize(to: Atomic(0)) }
        if let source = bytes.baseAddress {
            (base + headerSizeBytes).copyMemory(from: source, byteCount: bytes.count)
        }
        return base
    }
}
