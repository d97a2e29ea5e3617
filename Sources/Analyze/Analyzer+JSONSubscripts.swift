internal import Base
internal import Functions
internal import Parse
internal import Query
internal import Types

/// Subscripts of jsonb (chapter 8.14.5): `value['key'][0]`, and their assignment.
extension Analyzer {
    /// `jsonb #> text[]`.
    private static let jsonbExtractPath = OID(3217)
    /// jsonb_set(target, path, new value, create if missing); assignment has a kernel of its own,
    /// with an OID that PostgreSQL leaves unused.
    static let jsonbSetElement = OID(9997)

    func jsonbElement(
        _ value: Expression, _ steps: [SyntaxIndirection], at location: Int
    ) throws(SQLError) -> Expression {
        .call(
            function: Analyzer.jsonbExtractPath,
            arguments: [
                TypeCatalog.isDomain(value.type.oid) ? .relabel(value, type: .plain(.jsonb)) : value,
                try path(steps),
            ], type: .plain(.jsonb))
    }

    func jsonbAssigned(
        _ value: Expression, _ steps: [SyntaxIndirection], in container: Expression,
        _ part: AssignedPart
    ) throws(SQLError) -> Expression {
        guard canCoerce(value.type.oid, to: .jsonb, .assignment) else {
            throw failure(
                .datatypeMismatch,
                "subscripted assignment to \"\(part.name)\" requires type jsonb but expression is of type \(typeText(.plain(value.type.oid)))",
                at: part.location
            ).hint("You will need to rewrite or cast the expression.")
        }
        let new = try coerce(value, to: .plain(.jsonb), .assignment, at: part.valueLocation)
        let path = try path(steps)
        var isArray = false
        if case .array(let parts, _, _) = path, case .ioCast(let index, _)? = parts.first {
            isArray = index.type.oid == .int4
        }
        return .call(
            function: Analyzer.jsonbSetElement,
            arguments: [container, path, new, .constant(.bool(isArray))], type: .plain(.jsonb))
    }

    /// The subscripts as text[]: integers count array elements, text names keys.
    private func path(_ steps: [SyntaxIndirection]) throws(SQLError) -> Expression {
        var parts: [Expression] = []
        for step in steps {
            switch step {
            case .slice(let lower, let upper):
                // The place is that of the first subscript, whichever is the slice.
                var first = upper ?? lower
                if case .subscripted(let other)? = steps.first { first = other }
                if case .slice(let low, let high)? = steps.first { first = high ?? low }
                throw failure(
                    .datatypeMismatch, "jsonb subscript does not support slices",
                    at: first.map { location(of: $0) } ?? -1)
            case .field, .star: throw SQLError(.internalError, "a subscript is no field")
            case .subscripted(let syntax):
                parts.append(try jsonbSubscript(syntax))
            }
        }
        return .array(parts, isNested: false, type: .plain(.textArray))
    }

    /// A key's text, or a position's digits.
    private func jsonbSubscript(_ syntax: SyntaxExpression) throws(SQLError) -> Expression {
        let value = try analyze(syntax)
        let place = location(of: syntax)
        if value.type.oid == .unknown {
            return try coerce(value, to: .plain(.text), .implicit, at: place)
        }
        let isNumber = canCoerce(value.type.oid, to: .int4, .implicit)
        let isText = canCoerce(value.type.oid, to: .text, .implicit)
        if isNumber == isText {
            throw failure(
                .datatypeMismatch,
                "subscript type \(typeText(.plain(value.type.oid))) is not supported", at: place
            ).hint(
                "jsonb subscript must be coercible to \(isNumber ? "only one type, " : "either ")integer or text."
            )
        }
        if isText { return try coerce(value, to: .plain(.text), .implicit, at: place) }
        let number = try coerce(value, to: .plain(.int4), .implicit, at: place)
        return try coerce(number, to: .plain(.text), .explicit, at: place)
    }
}
