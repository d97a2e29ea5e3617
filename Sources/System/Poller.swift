internal import Base
internal import CSystem
internal import Glibc

/// What the kernel says about a registered descriptor.
@frozen
public struct Readiness: Sendable {
    /// The number given at registration.
    public let token: UInt64
    public let isReadable: Bool
    public let isWritable: Bool
    /// The peer is gone in both directions, or the descriptor is broken.
    public let isHungUp: Bool
}

/// Waits for many descriptors (epoll, level-triggered). Registration is safe from any thread;
/// waiting belongs to one thread at a time.
public final class Poller: @unchecked Sendable {
    // Safe to share: epoll is; `events` is used by the one thread that waits.

    private let descriptor: Int32
    private let wakeup: Int32
    private let events: UnsafeMutablePointer<epoll_event>
    private let eventsMax: Int
    /// The token by which `wake` shows up.
    public static let wakeToken = UInt64.max

    public init(eventsMax: Int = 256) {
        self.eventsMax = eventsMax
        events = .allocate(capacity: eventsMax)
        events.initialize(repeating: epoll_event(), count: eventsMax)
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        wakeup = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
        invariant(descriptor >= 0 && wakeup >= 0, "a poller can be made")
        add(wakeup, token: Poller.wakeToken, reading: true, writing: false)
    }

    deinit {
        _ = close(wakeup)
        _ = close(descriptor)
        events.deallocate()
    }

    public func add(_ target: Int32, token: UInt64, reading: Bool, writing: Bool) {
        control(EPOLL_CTL_ADD, target, token, reading, writing)
    }
    public func modify(_ target: Int32, token: UInt64, reading: Bool, writing: Bool) {
        control(EPOLL_CTL_MOD, target, token, reading, writing)
    }
    public func remove(_ target: Int32) {
        var event = epoll_event()
        _ = epoll_ctl(descriptor, EPOLL_CTL_DEL, target, &event)
    }

    private func control(
        _ operation: Int32, _ target: Int32, _ token: UInt64, _ reading: Bool, _ writing: Bool
    ) {
        var event = epoll_event()
        event.events =
            (reading ? EPOLLIN.rawValue : 0) | (writing ? EPOLLOUT.rawValue : 0)
        event.data.u64 = token
        let status = epoll_ctl(descriptor, operation, target, &event)
        invariant(status == 0, "a registered descriptor is open and registered once")
    }

    /// Makes the present or next `wait` return. From any thread.
    public func wake() { eventfd_write(wakeup, 1) }

    /// Waits up to `milliseconds` (negative: for ever) and hands out what is ready, `wake` apart.
    /// Returns how many descriptors were ready, `wake` included.
    public func wait(milliseconds: Int, _ body: (Readiness) -> Bool) -> Int {
        let count = epoll_wait(
            descriptor, events, Int32(eventsMax), Int32(clamping: milliseconds))
        guard count > 0 else { return 0 }
        for index in 0..<Int(count) {
            let event = events[index]
            if event.data.u64 == Poller.wakeToken {
                var value: eventfd_t = 0
                eventfd_read(wakeup, &value)
                continue
            }
            let gone = EPOLLHUP.rawValue | EPOLLERR.rawValue
            let goesOn = body(
                Readiness(
                    token: event.data.u64, isReadable: event.events & EPOLLIN.rawValue != 0,
                    isWritable: event.events & EPOLLOUT.rawValue != 0,
                    isHungUp: event.events & gone != 0))
            if !goesOn { break }
        }
        return Int(count)
    }
}
