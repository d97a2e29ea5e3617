internal import CSystem
internal import Glibc

/// A conversion between two character sets: the one owner of an iconv descriptor. Used by one thread
/// at a time.
public final class CharacterConverter {
    /// Why a conversion stops before the end.
    public enum Stop {
        /// The bytes from there on are no character, or one that the target does not have.
        case illegal
        /// They are the beginning of one.
        case incomplete
    }

    private let descriptor: iconv_t

    /// Nil: the C library does not know one of them.
    public init?(from source: String, to target: String) {
        let descriptor = iconv_open(target, source)
        if descriptor == iconv_t(bitPattern: -1) { return nil }
        self.descriptor = descriptor!
    }

    deinit { iconv_close(descriptor) }

    /// Appends the converted bytes to `output`.
    /// - Returns: nil if all were converted, otherwise where it stopped and why.
    public func convert(
        _ bytes: UnsafeRawBufferPointer, into output: inout [UInt8]
    ) -> (offset: Int, stop: Stop)? {
        guard let base = bytes.baseAddress, bytes.count > 0 else { return nil }
        var source: UnsafeMutablePointer<CChar>? = UnsafeMutablePointer(
            mutating: base.assumingMemoryBound(to: CChar.self))
        var left = bytes.count
        let room = max(bytes.count * 2, 64)
        while left > 0 {
            var code: Int32 = 0
            let part = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
                var target: UnsafeMutablePointer<CChar>? = UnsafeMutableRawPointer(
                    buffer.baseAddress!
                ).assumingMemoryBound(to: CChar.self)
                var free = room
                code = iconv(descriptor, &source, &left, &target, &free) == -1 ? errno : 0
                count = room - free
            }
            output += part
            // A full target is emptied, and the conversion goes on.
            if code == 0 || code == E2BIG { continue }
            iconv(descriptor, nil, nil, nil, nil)
            return (bytes.count - left, code == EINVAL ? .incomplete : .illegal)
        }
        return nil
    }
}
