public import Base

/// The extension that every database has in PostgreSQL, so that whoever asks for it finds it: its
/// language is known by name, and has no functions yet.
public enum BuiltinExtension {
    public static let oid = OID(13559)
    public static let name = "plpgsql"
    public static let version = "1.0"
    static let comment = "PL/pgSQL procedural language"
    public static let language = OID(13563)
    // What PostgreSQL calls to run it: numbers alone.
    static let callHandler = OID(13560)
    static let inlineHandler = OID(13561)
    static let validator = OID(13562)
    public static let address = ObjectAddress(classID: SystemOID.extension, objectID: oid)
    public static let languageAddress = ObjectAddress(
        classID: SystemOID.language, objectID: language)

    static func description(of object: ObjectAddress) -> String? {
        object == address || object == languageAddress ? comment : nil
    }
    static var descriptions: [[ComputedValue]] {
        [address, languageAddress].map {
            [.oid($0.objectID), .oid($0.classID), .int(0), .text(comment)]
        }
    }
}
