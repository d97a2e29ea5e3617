public import Base

/// What a server keeps of a password: an MD5 digest, or a verifier of SCRAM-SHA-256 (RFC 5803).
public enum PasswordVerifier {
    static let iterationCount = 4096

    /// True for texts that are no passwords but verifiers already.
    public static func isVerifier(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        if bytes.count == 35, text.hasPrefix("md5"), bytes[3...].allSatisfy({ isHex($0) }) {
            return true
        }
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "SCRAM-SHA-256" else { return false }
        let first = parts[1].split(separator: ":", omittingEmptySubsequences: false)
        let keys = parts[2].split(separator: ":", omittingEmptySubsequences: false)
        return first.count == 2 && UInt32(first[0]) != nil && keys.count == 2
            && keys.allSatisfy { $0.utf8.count == 44 }
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (97...102).contains(byte)
    }

    public static func md5(_ password: String, role: String) throws(SQLError) -> String {
        "md5" + hex(try Digest.md5.of(Array((password + role).utf8)))
    }

    public static func scram(_ password: String, salt: [UInt8]) throws(SQLError) -> String {
        let salted = try Digest.sha256.stretched(
            Array(password.utf8), salt: salt, iterationCount: iterationCount)
        let client = try Digest.sha256.authenticated(Array("Client Key".utf8), key: salted)
        let server = try Digest.sha256.authenticated(Array("Server Key".utf8), key: salted)
        let stored = try Digest.sha256.of(client)
        return "SCRAM-SHA-256$\(iterationCount):\(text(salt))$\(text(stored)):\(text(server))"
    }

    private static func text(_ bytes: [UInt8]) -> String {
        String(decoding: base64(bytes), as: UTF8.self)
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
