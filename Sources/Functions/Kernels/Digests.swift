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
