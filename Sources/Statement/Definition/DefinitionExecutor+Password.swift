internal import Base
internal import Catalog
internal import Functions
internal import Parse

/// Passwords of roles, which are kept as what checks them.
extension DefinitionExecutor {
    /// What is kept of a password; nil: none.
    func verifier(of password: String, role: String) throws(SQLError) -> String? {
        if password.isEmpty {
            notice(.successfulCompletion, "empty string is not a valid password, clearing password")
            return nil
        }
        if PasswordVerifier.isVerifier(password) { return password }
        if try host.settings.show("password_encryption").text == "md5" {
            return try PasswordVerifier.md5(password, role: role)
        }
        var salt = [UInt8](repeating: 0, count: 16)
        salt.withUnsafeMutableBytes { host.fillRandom($0) }
        return try PasswordVerifier.scram(password, salt: salt)
    }
}
