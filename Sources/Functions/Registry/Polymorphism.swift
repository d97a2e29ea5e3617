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

    /// What the parameters of a call become, given its arguments: polymorphic ones agree on one
    /// element type; those of the anycompatible family may convert to it. `any` stays. Nil: the
    /// arguments do not agree.
    public static func concreteTypes(declared: [OID], actual: [OID]) -> [OID]? {
        guard declared.contains(where: { isElement($0) || isArray($0) }) else { return declared }
        guard let element = elementType(declared, actual) else { return nil }
        var result: [OID] = []
        for (parameter, type) in zip(declared, actual) {
            if isArray(parameter) {
                guard let array = TypeCatalog.info(element)?.arrayOID, array.isValid,
                    type == .unknown || type == array
                else { return nil }
                result.append(array)
            } else if isElement(parameter) {
                let isCompatible =
                    parameter == .anyCompatible || parameter == .anyCompatibleNonArray
                guard type == .unknown || type == element
                    || isCompatible && pathway(from: type, to: element, context: .implicit) != nil
                else { return nil }
                result.append(element)
            } else {
                result.append(parameter)
            }
        }
        return result
    }

    /// An array's decides, else the first known element's; text where all is unknown.
    private static func elementType(_ declared: [OID], _ actual: [OID]) -> OID? {
        for (parameter, type) in zip(declared, actual) where isArray(parameter) && type != .unknown {
            guard let info = TypeCatalog.info(type), info.isArray else { return nil }
            return info.elementOID
        }
        for (parameter, type) in zip(declared, actual) where isElement(parameter) && type != .unknown {
            let isScalarOnly = parameter == .anyNonArray || parameter == .anyCompatibleNonArray
            if isScalarOnly, TypeCatalog.info(type)?.isArray == true { return nil }
            return type
        }
        return .text
    }
}
