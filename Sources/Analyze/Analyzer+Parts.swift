internal import Base
internal import Catalog
internal import Functions
internal import Parse
internal import Query
internal import Types

/// `SET column[1].field = value`: a column with one of its parts changed (PostgreSQL's
/// transformAssignmentIndirection).
extension Analyzer {
    /// What is assigned to, for messages.
    struct AssignedPart {
        var column: String
        /// The field or column that the next value goes into.
        var name: String
        var isField = false
        /// Of the target: PostgreSQL reports even a value of a wrong type there.
        var location: Int
        var valueLocation: Int
    }

    /// The new value of `container`, of which `steps` lead to what `value` replaces.
    func assigned(
        _ value: Expression, _ steps: ArraySlice<SyntaxIndirection>, in container: Expression,
        _ part: AssignedPart
    ) throws(SQLError) -> Expression {
        // The parts are those of what a domain is made of, and the whole is checked again.
        let type = container.type
        if TypeCatalog.isDomain(type.oid) {
            let base = Expression.relabel(container, type: TypeCatalog.base(type))
            return try coerce(
                try assigned(value, steps, in: base, part), to: .plain(type.oid), .assignment,
                at: part.location)
        }
        guard let step = steps.first else {
            throw SQLError(.internalError, "an assignment to a part has steps")
        }
        switch step {
        case .star: throw SQLError(.syntaxError, "row expansion via \"*\" is not supported here")
        case .field(let name):
            return try assigned(value, field: name, steps.dropFirst(), in: container, part)
        case .subscripted, .slice:
            let subscripts = Array(steps.prefix { $0.isSubscript })
            return try assigned(
                value, subscripts, steps.dropFirst(subscripts.count), in: container, part)
        }
    }

    private func assigned(
        _ value: Expression, field name: String, _ rest: ArraySlice<SyntaxIndirection>,
        in container: Expression, _ part: AssignedPart
    ) throws(SQLError) -> Expression {
        guard TypeCatalog.isComposite(container.type.oid), let shape = shape(of: container) else {
            throw failure(
                .datatypeMismatch,
                "cannot assign to field \"\(name)\" of column \"\(part.name)\" because its type \(typeText(container.type)) is not a composite type",
                at: part.location)
        }
        guard let index = shape.index(named: name) else {
            throw failure(
                .undefinedColumn,
                "cannot assign to field \"\(name)\" of column \"\(part.name)\" because there is no such column in data type \(typeText(container.type))",
                at: part.location)
        }
        let type = shape.fields[index].type
        var inner = part
        inner.name = name
        inner.isField = true
        let new =
            rest.isEmpty
            ? try fitted(value, to: type, inner)
            : try assigned(
                value, rest, in: .field(container, index: index, type: type), inner)
        return .fieldStore(
            container, [FieldValue(index: index, value: new)], type: container.type)
    }

    private func assigned(
        _ value: Expression, _ subscripts: [SyntaxIndirection],
        _ rest: ArraySlice<SyntaxIndirection>, in container: Expression, _ part: AssignedPart
    ) throws(SQLError) -> Expression {
        if TypeCatalog.base(container.type.oid) == .jsonb, rest.isEmpty {
            return try jsonbAssigned(value, subscripts, in: container, part)
        }
        var reference = try arrayReference(
            container, subscripts, newValue: nil, at: part.location)
        let type = container.type
        let needed =
            reference.isSlice
            ? type : SQLType(oid: reference.type.oid, modifier: type.modifier)
        if rest.isEmpty {
            guard canCoerce(value.type.oid, to: needed.oid, .assignment) else {
                throw failure(
                    .datatypeMismatch,
                    "subscripted assignment to \"\(part.name)\" requires type \(typeText(.plain(needed.oid))) but expression is of type \(typeText(.plain(value.type.oid)))",
                    at: part.location
                ).hint("You will need to rewrite or cast the expression.")
            }
            reference.newValue = try coerce(value, to: needed, .assignment, at: part.valueLocation)
        } else {
            reference.newValue = try assigned(value, rest, in: .arrayReference(reference), part)
        }
        reference.type = type
        return .arrayReference(reference)
    }

    /// A value as one of a field's type.
    private func fitted(
        _ value: Expression, to type: SQLType, _ part: AssignedPart
    ) throws(SQLError) -> Expression {
        guard canCoerce(value.type.oid, to: type.oid, .assignment) else {
            throw failure(
                .datatypeMismatch,
                "subfield \"\(part.name)\" is of type \(typeText(.plain(type.oid))) but expression is of type \(typeText(.plain(value.type.oid)))",
                at: part.location
            ).hint("You will need to rewrite or cast the expression.")
        }
        return try coerce(value, to: type, .assignment, at: part.valueLocation)
    }

    /// The type of what `steps` lead to in a value of `type`.
    func partType(
        _ steps: [SyntaxIndirection], of type: SQLType, _ part: AssignedPart
    ) throws(SQLError) -> SQLType {
        var leaf = type
        // Assigning a null of no type finds the way without a value.
        var rest = steps[...]
        var container = Expression.constant(.null(TypeCatalog.base(type)))
        var name = part.name
        while let step = rest.first {
            switch step {
            case .field(let field):
                var inner = part
                inner.name = name
                _ = try assigned(
                    .constant(.null(.unknown)), field: field, [], in: container, inner)
                guard let shape = shape(of: container), let index = shape.index(named: field)
                else { return leaf }
                leaf = shape.fields[index].type
                name = field
                rest = rest.dropFirst()
            case .star: return leaf
            case .subscripted, .slice:
                let subscripts = Array(rest.prefix { $0.isSubscript })
                rest = rest.dropFirst(subscripts.count)
                if container.type.oid == .jsonb { return .plain(.jsonb) }
                let reference = try arrayReference(
                    container, subscripts, newValue: nil, at: -1)
                leaf = reference.isSlice ? container.type : reference.type
            }
            container = .constant(.null(TypeCatalog.base(leaf)))
        }
        return leaf
    }
}

extension Expression {
    /// A value with some of its parts assigned, to which more may be.
    var assignsParts: Bool {
        switch self {
        case .arrayReference(let reference): reference.newValue != nil
        case .fieldStore: true
        case .coerceToDomain(let value, _), .relabel(let value, _), .applyModifier(let value, _, _):
            value.assignsParts
        case .call(let function, _, _): function == Analyzer.jsonbSetElement
        default: false
        }
    }
}
