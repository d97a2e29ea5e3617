internal import Base
internal import Catalog
internal import Functions
internal import Parse
internal import Query
internal import Types

/// ARRAY[…], subscripts, and comparisons with ANY and ALL of an array.
extension Analyzer {
    /// - Parameter target: the array type that a cast around the constructor asks for; elements are
    ///   then converted as by casts.
    func analyzeArray(
        _ syntax: [SyntaxExpression], target: SQLType?, at location: Int
    ) throws(SQLError) -> Expression {
        var values: [Expression] = []
        var isNested = false
        for item in syntax {
            if case .arrayConstructor(let inner, let place) = item {
                values.append(try analyzeArray(inner, target: target, at: place))
                isNested = true
            } else {
                values.append(try analyze(item))
                if let last = values.last, FunctionRegistry.elementType(of: last.type.oid) != nil {
                    isNested = true
                }
            }
        }
        guard let type = try arrayType(values, syntax, target, isNested, at: location) else {
            throw failure(
                .indeterminateDatatype, "cannot determine type of empty array", at: location
            ).hint("Explicitly cast to the desired type, for example ARRAY[]::integer[].")
        }
        let element = FunctionRegistry.elementType(of: type.oid) ?? .text
        let wanted =
            isNested ? type : SQLType(oid: element, modifier: target == nil ? -1 : type.modifier)
        for index in values.indices {
            let place = self.location(of: syntax[index])
            guard
                canCoerce(
                    values[index].type.oid, to: wanted.oid, target == nil ? .implicit : .explicit)
            else {
                throw failure(
                    .cannotCoerce,
                    "cannot cast type \(typeText(values[index].type)) to \(typeText(.plain(wanted.oid)))",
                    at: place)
            }
            values[index] = try coerce(
                values[index], to: wanted, target == nil ? .implicit : .explicit, at: place)
        }
        return .array(values, isNested: isNested, type: type)
    }

    /// The constructor's type; nil: it is empty and nothing says.
    private func arrayType(
        _ values: [Expression], _ syntax: [SyntaxExpression], _ target: SQLType?, _ isNested: Bool,
        at location: Int
    ) throws(SQLError) -> SQLType? {
        if let target { return target }
        if values.isEmpty { return nil }
        let common = try commonType(
            values, construct: "ARRAY", at: syntax.map(self.location(of:)), resolvesUnknown: true)
        if isNested {
            guard FunctionRegistry.elementType(of: common.oid) != nil else {
                throw failure(
                    .undefinedObject,
                    "could not find element type for data type \(typeText(.plain(common.oid)))",
                    at: location)
            }
            return .plain(common.oid)
        }
        return .plain(try arrayType(of: common.oid, at: location))
    }

    func arrayType(of element: OID, at location: Int) throws(SQLError) -> OID {
        guard let array = TypeCatalog.info(element)?.arrayOID, array.isValid else {
            throw failure(
                .undefinedObject,
                "could not find array type for data type \(typeText(.plain(element)))",
                at: location)
        }
        return array
    }

    /// `left op ANY (array)` and `left op ALL (array)`.
    func analyzeArrayComparison(
        _ name: String, _ left: SyntaxExpression, _ right: SyntaxExpression, isAll: Bool,
        at location: Int
    ) throws(SQLError) -> Expression {
        let tested = try analyze(left)
        let array = try analyze(right)
        // The element stands for itself as a typed placeholder.
        var element = Expression.constant(.null(.unknown))
        if array.type.oid != .unknown {
            guard let type = FunctionRegistry.elementType(of: array.type.oid) else {
                throw failure(
                    .wrongObjectType, "op ANY/ALL (array) requires array on right side",
                    at: location)
            }
            element = .slot(0, type: .plain(type))
        }
        let comparison = try binaryOperator(
            name, tested, element, at: location,
            sides: (self.location(of: left), self.location(of: right)))
        guard case .call(let function, let sides, let type) = comparison, type.oid == .bool else {
            throw failure(
                .wrongObjectType, "op ANY/ALL (array) requires operator to yield boolean",
                at: location)
        }
        let target = try arrayType(of: sides[1].type.oid, at: location)
        let converted = try coerce(
            array, to: .plain(target), .implicit, at: self.location(of: right))
        return .anyOf(sides[0], array: converted, function: function, isAll: isAll)
    }

    // MARK: Subscripts

    /// `array[…]…`; with a new value, of the element's or array's type, its assignment.
    func arrayReference(
        _ array: Expression, _ steps: [SyntaxIndirection], newValue: Expression?, at location: Int
    ) throws(SQLError) -> ArrayReference {
        let fixed = FunctionRegistry.fixedElementType(of: array.type.oid)
        guard let element = fixed ?? FunctionRegistry.elementType(of: array.type.oid) else {
            throw failure(
                .datatypeMismatch,
                "cannot subscript type \(typeText(array.type)) because it does not support subscripting",
                at: location)
        }
        let isSlice = steps.contains { if case .slice = $0 { true } else { false } }
        if fixed != nil, newValue != nil {
            throw SQLError.notSupported("an assignment to a part of a fixed-length array")
        }
        if fixed != nil, isSlice {
            throw SQLError(
                .featureNotSupported, "slices of fixed-length arrays not implemented")
        }
        var bounds: [ArrayReference.Bounds] = []
        for step in steps {
            switch step {
            case .slice(let lower, let upper):
                bounds.append(
                    ArrayReference.Bounds(
                        lower: try arraySubscript(lower), upper: try arraySubscript(upper)))
            case .subscripted(let index):
                // Among slices a single subscript is the end of one from 1.
                let one = Expression.constant(Constant(type: .int4, value: .word(1)))
                bounds.append(
                    ArrayReference.Bounds(
                        lower: isSlice ? one : nil, upper: try arraySubscript(index)))
            case .field, .star: throw SQLError.notSupported("a field selection")
            }
        }
        guard bounds.count <= ArrayBinary.dimensionsMax else {
            throw SQLError(
                .programLimitExceeded,
                "number of array dimensions (\(bounds.count)) exceeds the maximum allowed "
                    + "(\(ArrayBinary.dimensionsMax))")
        }
        let type =
            newValue != nil || isSlice
            ? array.type : SQLType(oid: element, modifier: fixed == nil ? array.type.modifier : -1)
        return ArrayReference(
            array: array, bounds: bounds, isSlice: isSlice, newValue: newValue, type: type)
    }

    private func arraySubscript(_ syntax: SyntaxExpression?) throws(SQLError) -> Expression? {
        guard let syntax else { return nil }
        let value = try analyze(syntax)
        guard canCoerce(value.type.oid, to: .int4, .assignment) else {
            throw failure(
                .datatypeMismatch, "array subscript must have type integer",
                at: location(of: syntax))
        }
        return try coerce(value, to: .int4, .assignment, at: location(of: syntax))
    }
}
