internal import Base
internal import CCrypto

/// Digests by libcrypto: md5() and the sha functions.
enum Digest: String {
    case md5 = "MD5"
    case sha224 = "SHA224"
    case sha256 = "SHA256"
    case sha384 = "SHA384"
    case sha512 = "SHA512"

    func of(_ view: ByteView) throws(SQLError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var count: UInt32 = 0
        let isDone = view.withBytes {
            EVP_Digest($0.baseAddress, $0.count, &digest, &count, algorithm, nil) == 1
        }
        // A libcrypto that is told to refuse weak algorithms has no MD5.
        if !isDone {
            throw SQLError(.internalError, "could not compute \(rawValue) hash: unsupported")
        }
        return Array(digest.prefix(Int(count)))
    }

    func of(_ bytes: [UInt8]) throws(SQLError) -> [UInt8] {
        let arena = Arena()
        defer { withExtendedLifetime(arena) {} }
        return try of(ByteView(copying: bytes, into: arena))
    }

    /// HMAC (RFC 2104); blocks are of 64 bytes, as those of MD5 and SHA-256 are.
    func authenticated(_ message: [UInt8], key: [UInt8]) throws(SQLError) -> [UInt8] {
        var block = key.count > 64 ? try of(key) : key
        block += [UInt8](repeating: 0, count: 64 - block.count)
        let inner = try of(block.map { $0 ^ 0x36 } + message)
        return try of(block.map { $0 ^ 0x5C } + inner)
    }

    /// PBKDF2 (RFC 8018) with HMAC, one block of it.
    func stretched(
        _ password: [UInt8], salt: [UInt8], iterationCount: Int
    ) throws(SQLError) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: try of([]).count)
        let isDone = password.withUnsafeBytes { password in
            PKCS5_PBKDF2_HMAC(
                password.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(password.count),
                salt, Int32(salt.count), Int32(iterationCount), algorithm, Int32(result.count),
                &result) == 1
        }
        if !isDone { throw SQLError(.internalError, "could not compute \(rawValue) keys") }
        return result
    }

    private var algorithm: OpaquePointer? {
        switch self {
        case .md5: EVP_md5()
        case .sha224: EVP_sha224()
        case .sha256: EVP_sha256()
        case .sha384: EVP_sha384()
        case .sha512: EVP_sha512()
        }
    }
}
