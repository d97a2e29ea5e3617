public import Base
internal import Types

/// Polymorphic pseudo-types (chapter 38.2.5): what a call makes of them.
extension FunctionRegistry {
    public static func isPolymorphic(_ type: OID) -> Bool {
        isElement(type) || isArray(type) || type == .any
    }

    private static func isElement(_ type: OID) -> Bool {
        type == .anyElement || type == .anyNonArray || type == .anyCompatible
            || type == .anyCompatibleNonArray
    }
    private static func isArray(_ type: OID) -> Bool {
        type == .anyArray || type == .anyCompatibleArray
    }

    /// The result type of a call, from what its arguments really are. Unknown arguments say nothing.
    public static func resultType(
        _ result: OID, declared: [OID], actual: [OID]
    ) -> OID {
        guard isElement(result) || isArray(result) else { return result }
        for (parameter, type) in zip(declared, actual) where type != .unknown {
            if isElement(parameter) {
                if isElement(result) { return type }
                if let array = TypeCatalog.info(type)?.arrayOID, array.isValid { return array }
            } else if isArray(parameter) {
                if isArray(result) { return type }
                if let element = TypeCatalog.info(type)?.elementOID, element.isValid {
                    return element
                }
            }
        }
        return result
    }
}
