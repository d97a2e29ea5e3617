internal import CSystem
internal import Glibc
public import Base

/// An open socket: closed when it goes. All are non-blocking.
public struct Socket: ~Copyable, Sendable {
    public let descriptor: Int32

    @usableFromInline init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { _ = close(descriptor) }

    /// What a read or write that cannot go on has to say.
    @frozen
    public enum Outcome: Sendable, Equatable {
        case transferred(Int)
        /// Nothing now: wait until the socket is ready again.
        case wouldBlock
        /// The peer is gone.
        case closed
    }

    /// Reads what is there, up to `target.count` bytes.
    public borrowing func read(into target: UnsafeMutableRawBufferPointer) -> Outcome {
        while true {
            let count = recv(descriptor, target.baseAddress, target.count, 0)
            if count > 0 { return .transferred(count) }
            if count == 0 { return .closed }
            switch errno {
            case EINTR: continue
            case EAGAIN: return .wouldBlock
            default: return .closed
            }
        }
    }

    /// Writes what the peer's window has room for.
    public borrowing func write(_ source: UnsafeRawBufferPointer) -> Outcome {
        while true {
            let count = send(descriptor, source.baseAddress, source.count, Int32(MSG_NOSIGNAL))
            if count >= 0 { return .transferred(count) }
            switch errno {
            case EINTR: continue
            case EAGAIN: return .wouldBlock
            default: return .closed
            }
        }
    }

    /// Tells the peer that nothing more comes; reading goes on.
    public borrowing func shutDownWriting() { _ = shutdown(descriptor, Int32(SHUT_WR)) }

    /// True when the peer has closed and nothing is left to read.
    public borrowing func isHungUp() -> Bool {
        var byte: UInt8 = 0
        let count = recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
        return count == 0 || count < 0 && errno != EAGAIN && errno != EINTR
    }
}

/// A socket that clients connect to.
public struct ListeningSocket: ~Copyable, Sendable {
    public let descriptor: Int32
    /// The path to remove when the socket goes: of a Unix socket.
    private let path: String?
    public let isUnix: Bool

    deinit {
        _ = close(descriptor)
        if let path { unlink(path) }
    }

    private init(descriptor: Int32, path: String? = nil) {
        self.descriptor = descriptor
        self.path = path
        isUnix = path != nil
    }

    private static func make(family: Int32, path: String? = nil) throws(SQLError) -> Self {
        let descriptor = socket(
            family, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
        if descriptor < 0 { throw systemError("could not create socket") }
        return ListeningSocket(descriptor: descriptor, path: path)
    }

    /// Listens on `address` (numeric IPv4 or IPv6); port 0 lets the kernel choose.
    public static func listen(address: String, port: UInt16) throws(SQLError) -> ListeningSocket {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(address, String(port), &hints, &list)
        guard status == 0, let list else {
            throw SQLError(
                .configurationLimitExceeded,
                "could not translate host name \"\(address)\" to address", severity: .fatal)
        }
        defer { freeaddrinfo(list) }
        let family = list.pointee.ai_family
        let result = try make(family: family)
        var on: Int32 = 1
        setsockopt(result.descriptor, SOL_SOCKET, SO_REUSEADDR, &on, 4)
        if family == AF_INET6 {
            setsockopt(result.descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, &on, 4)
        }
        guard bind(result.descriptor, list.pointee.ai_addr, list.pointee.ai_addrlen) == 0 else {
            throw bindError("IPv\(family == AF_INET6 ? 6 : 4) address \"\(address)\"", port)
        }
        guard Glibc.listen(result.descriptor, 1024) == 0 else {
            throw systemError("could not listen on address \"\(address)\"")
        }
        return result
    }

    /// Listens on the Unix socket `<directory>/.s.PGSQL.<port>`, in place of one left by a dead
    /// server.
    public static func listen(
        directory: String, port: UInt16
    ) throws(SQLError) -> ListeningSocket {
        let path = "\(directory)/.s.PGSQL.\(port)"
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard bytes.count < room else {
            throw SQLError(
                .configurationLimitExceeded,
                "Unix-domain socket path \"\(path)\" is too long (maximum \(room - 1) bytes)",
                severity: .fatal)
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let probe = try make(family: AF_UNIX)
        let answers = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(probe.descriptor, $0, size)
            }
        }
        if answers == 0 {
            errno = EADDRINUSE
            throw bindError("Unix address \"\(path)\"", port)
        }
        unlink(path)
        let result = try make(family: AF_UNIX, path: path)
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(result.descriptor, $0, size)
            }
        }
        guard bound == 0 else { throw bindError("Unix address \"\(path)\"", port) }
        guard Glibc.listen(result.descriptor, 1024) == 0 else {
            throw systemError("could not listen on Unix address \"\(path)\"")
        }
        return result
    }

    private static func bindError(_ address: String, _ port: UInt16) -> SQLError {
        let inUse = errno == EADDRINUSE
        let error = systemError("could not bind \(address)")
        return inUse
            ? error.hint(
                "Is another server already running on port \(port)? "
                    + "If not, wait a few seconds and retry.") : error
    }

    /// The next waiting client with its address, nil if none waits.
    public borrowing func accept() -> AcceptedSocket? {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let flags = Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let accepted = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                ordinal_accept4(descriptor, $0, &size, flags)
            }
        }
        guard accepted >= 0 else { return nil }
        if isUnix { return AcceptedSocket(socket: Socket(descriptor: accepted), peer: .unix) }
        var on: Int32 = 1
        setsockopt(accepted, Int32(IPPROTO_TCP), TCP_NODELAY, &on, 4)
        setsockopt(accepted, SOL_SOCKET, SO_KEEPALIVE, &on, 4)
        var host = [CChar](repeating: 0, count: 64)
        var service = [CChar](repeating: 0, count: 16)
        _ = withUnsafePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getnameinfo(
                    $0, size, &host, 64, &service, 16, NI_NUMERICHOST | NI_NUMERICSERV)
            }
        }
        return AcceptedSocket(
            socket: Socket(descriptor: accepted),
            peer: .tcp(host: text(of: host), port: UInt16(text(of: service)) ?? 0))
    }

    /// The port that the kernel chose for port 0.
    public borrowing func boundPort() -> UInt16 {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &storage) { pointer in
            _ = pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getsockname(descriptor, $0, &size)
            }
            // sin_port and sin6_port lie at the same place.
            return pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                UInt16(bigEndian: $0.pointee.sin_port)
            }
        }
    }
}

/// A client that has connected.
public struct AcceptedSocket: ~Copyable {
    public let peer: PeerAddress
    public let socket: Socket

    init(socket: consuming Socket, peer: PeerAddress) {
        self.socket = socket
        self.peer = peer
    }
    public consuming func takeSocket() -> Socket { socket }
}

/// Where a client connects from.
public enum PeerAddress: Sendable, Equatable {
    case unix
    case tcp(host: String, port: UInt16)
}

func text(of bytes: [CChar]) -> String {
    String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

/// An error of the operating system, from errno: `<what>: <why>`.
func systemError(_ what: String) -> SQLError {
    let why = String(cString: strerror(errno))
    return SQLError(.systemError, "\(what): \(why)", severity: .fatal)
}
