internal import System

/// A value that several threads of a test use, behind a lock that the thread sanitizer knows.
public final class Guarded<Value>: @unchecked Sendable {
    // Safe to share: `value` is used under `lock`.
    private let lock = Lock()
    private var value: Value

    public init(_ value: Value) { self.value = value }

    public func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        lock.lock()
        defer { lock.unlock() }
        return try body(&value)
    }
}
