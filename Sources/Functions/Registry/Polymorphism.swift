public import Base
internal import Types

/// Polymorphic pseudo-types (chapter 38.2.5): what a call makes of them. The anyelement family agrees
/// on one type; the anycompatible family converts to a common one.
extension FunctionRegistry {
    public static func isPolymorphic(_ type: OID) -> Bool {
        isElement(type) || isArray(type) || isRange(type) || type == .any
    }

    private static func isRange(_ type: OID) -> Bool { type == .anyRange || type == .anyMultirange }

    private static func isElement(_ type: OID) -> Bool {
        type == .anyElement || type == .anyNonArray || type == .anyCompatible
            || type == .anyCompatibleNonArray || type == .anyEnum
    }
    private static func isArray(_ type: OID) -> Bool {
        type == .anyArray || type == .anyCompatibleArray
    }
    private static func isCompatible(_ type: OID) -> Bool {
        type == .anyCompatible || type == .anyCompatibleNonArray || type == .anyCompatibleArray
    }

    /// What subscripts of the type give: arrays', int2vector's and oidvector's elements.
    public static func elementType(of array: OID) -> OID? {
        guard let info = TypeCatalog.info(TypeCatalog.base(array)), info.hasElements, info.elementOID.isValid
        else { return nil }
        return info.elementOID
    }

    /// What the one subscript of a type of fixed length gives, counted from 0; nil: it takes none.
    public static func fixedElementType(of type: OID) -> OID? {
        TypeCatalog.base(type) == .name ? .char : nil
    }

    /// The result type of a call, from what its arguments really are. Unknown arguments say nothing.
    public static func resultType(
        _ result: OID, declared: [OID], actual: [OID]
    ) -> OID {
        guard isElement(result) || isArray(result) || isRange(result) else { return result }
        for (parameter, type) in zip(declared, actual)
        where type != .unknown && isCompatible(parameter) == isCompatible(result) {
            if isRange(parameter) {
                guard let facts = TypeCatalog.range(type) else { continue }
                if isElement(result) { return facts.subtype }
                if result == .anyRange { return facts.range }
                if result == .anyMultirange { return facts.multirange }
                if let array = TypeCatalog.info(facts.subtype)?.arrayOID, array.isValid {
                    return array
                }
            } else if isRange(result) {
                // Elements do not tell which range of them is meant.
                continue
            } else if isElement(parameter) {
                if isElement(result) { return type }
                if let array = TypeCatalog.info(type)?.arrayOID, array.isValid { return array }
            } else if isArray(parameter) {
                if isArray(result) { return TypeCatalog.base(type) }
                if let element = elementType(of: type) { return element }
            }
        }
        return result
    }

    /// What the parameters of a call become, given its arguments; `any` stays. Where nothing is
    /// known of the anyelement family, its parameters become unknown. Nil: the arguments do not
    /// agree.
    public static func concreteTypes(declared: [OID], actual: [OID]) -> [OID]? {
        guard declared.contains(where: { isElement($0) || isArray($0) || isRange($0) }) else {
            return declared
        }
        let ranges = agreedRange(declared, actual)
        if case .failure = ranges { return nil }
        guard let same = agreedElement(declared, actual),
            let common = commonElement(declared, actual)
        else { return nil }
        var result: [OID] = []
        for (parameter, type) in zip(declared, actual) {
            if isRange(parameter) {
                guard case .facts(let facts) = ranges else {
                    result.append(.unknown)
                    continue
                }
                result.append(parameter == .anyRange ? facts.range : facts.multirange)
                continue
            }
            guard isArray(parameter) || isElement(parameter) else {
                result.append(parameter)
                continue
            }
            let element = isCompatible(parameter) ? common : same
            if isElement(parameter) {
                result.append(element)
            } else if element == .unknown {
                result.append(.unknown)
            } else if !isCompatible(parameter), type != .unknown {
                result.append(type)
            } else {
                guard let array = TypeCatalog.info(element)?.arrayOID, array.isValid else {
                    return nil
                }
                result.append(array)
            }
        }
        return result
    }

    /// The one range type of a call; `unknown` if no argument tells it.
    private enum AgreedRange {
        case facts(RangeFacts)
        case unknown
        /// Arguments differ, or one is no range.
        case failure
    }

    private static func agreedRange(_ declared: [OID], _ actual: [OID]) -> AgreedRange {
        var result = AgreedRange.unknown
        for (parameter, type) in zip(declared, actual) where isRange(parameter) && type != .unknown {
            guard let facts = TypeCatalog.range(type),
                TypeCatalog.base(type) == (parameter == .anyRange ? facts.range : facts.multirange)
            else { return .failure }
            if case .facts(let other) = result, other != facts { return .failure }
            result = .facts(facts)
        }
        return result
    }

    /// The one element type of the anyelement family; unknown if no argument tells it. Nil: arguments
    /// differ, or one is an array where none may be.
    private static func agreedElement(_ declared: [OID], _ actual: [OID]) -> OID? {
        var element = OID.unknown
        for (parameter, type) in zip(declared, actual)
        where type != .unknown && !isCompatible(parameter) {
            let found: OID
            if isArray(parameter) {
                guard let inner = elementType(of: type) else { return nil }
                found = inner
            } else if isRange(parameter) {
                guard let facts = TypeCatalog.range(type) else { return nil }
                found = facts.subtype
            } else if isElement(parameter) {
                if parameter == .anyNonArray, elementType(of: type) != nil { return nil }
                if parameter == .anyEnum, !TypeCatalog.isEnumeration(TypeCatalog.base(type)) {
                    return nil
                }
                found = type
            } else {
                continue
            }
            guard element == .unknown || element == found else { return nil }
            element = found
        }
        if element == .unknown, declared.contains(.anyEnum) { return nil }
        return element
    }

    /// The common type of the anycompatible family's elements; text if no argument tells it.
    private static func commonElement(_ declared: [OID], _ actual: [OID]) -> OID? {
        var known: [OID] = []
        for (parameter, type) in zip(declared, actual)
        where type != .unknown && isCompatible(parameter) {
            if isArray(parameter) {
                guard let inner = elementType(of: type) else { return nil }
                known.append(inner)
            } else {
                known.append(type)
            }
        }
        // Unless all are of one domain, domains count as what they are made of.
        if !known.allSatisfy({ $0 == known[0] }) { known = known.map { TypeCatalog.base($0) } }
        guard var common = known.first else { return .text }
        for type in known.dropFirst() where type != common {
            guard let left = TypeCatalog.info(common), let right = TypeCatalog.info(type),
                left.category == right.category
            else { return nil }
            if !left.isPreferred, pathway(from: common, to: type, context: .implicit) != nil,
                pathway(from: type, to: common, context: .implicit) == nil
            {
                common = type
            }
        }
        let fits = known.allSatisfy { pathway(from: $0, to: common, context: .implicit) != nil }
        let isScalarOnly = declared.contains(.anyCompatibleNonArray)
        return fits && !(isScalarOnly && elementType(of: common) != nil) ? common : nil
    }
}
