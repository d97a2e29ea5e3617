internal import Glibc

/// A point on the monotonic clock, for deadlines and durations.
@frozen
public struct Instant: Comparable, Sendable {
    public let nanoseconds: UInt64

    @inlinable public init(nanoseconds: UInt64) { self.nanoseconds = nanoseconds }

    public static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Instant(
            nanoseconds: UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec))
    }

    public func advanced(byMilliseconds count: Int) -> Instant {
        Instant(nanoseconds: nanoseconds + UInt64(max(count, 0)) * 1_000_000)
    }
    public func microseconds(since earlier: Instant) -> Int {
        nanoseconds < earlier.nanoseconds ? 0 : Int((nanoseconds - earlier.nanoseconds) / 1000)
    }
    @inlinable public static func < (left: Instant, right: Instant) -> Bool {
        left.nanoseconds < right.nanoseconds
    }
}

/// The time of day: microseconds since 2000-01-01 00:00 UTC, as PostgreSQL's timestamptz.
public func wallClockMicroseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return (Int64(time.tv_sec) - 946_684_800) * 1_000_000 + Int64(time.tv_nsec) / 1000
}
