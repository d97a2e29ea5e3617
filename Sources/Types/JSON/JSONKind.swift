/// What a value of json or jsonb is; in jsonb its first byte.
public enum JSONKind: UInt8, Sendable {
    case null, `false`, `true`, number, string, array, object

    /// As json_typeof and jsonb_typeof say it.
    public var typeName: StaticString {
        switch self {
        case .null: "null"
        case .true, .false: "boolean"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}
