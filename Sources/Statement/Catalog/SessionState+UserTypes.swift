internal import Analyze
internal import Base
internal import Catalog
internal import Execute
internal import Functions
internal import Parse
internal import Query
internal import Types

/// What values of users' types ask of the layers that have grammar and analyzer.
extension SessionState {
    /// Sets the hooks. Called once, when the session begins.
    func connectTypeNames() {
        functions.types.typeNamed = { [unowned self] text throws(SQLError) in
            try type(named: text)
        }
        domainConstraints = { [unowned self] domain throws(SQLError) in
            try constraints(ofDomain: domain)
        }
    }

    /// A type as regtype reads it: anything that may stand behind `::`.
    private func type(named text: String) throws(SQLError) -> OID {
        let invalid = SQLError(.syntaxError, "invalid type name \"\(text)\"")
        let analyzer = Analyzer(
            scope: scope, text: [], types: functions.types, allowsParameters: false)
        let statements: [ParsedStatement]
        do throws(SQLError) {
            statements = try Parser.parse("SELECT NULL::\(text)")
        } catch {
            throw invalid
        }
        guard statements.count == 1, case .select(let select) = statements[0].statement,
            case .typeCast(_, let name, _)? = select.targets.first?.value,
            select.targets.count == 1, select.from.isEmpty
        else { throw invalid }
        do throws(SQLError) {
            return try analyzer.resolveType(name).oid
        } catch {
            throw error.with { $0.position = nil }
        }
    }

    /// The constraints of a domain: those of the domains below it come first.
    private func constraints(ofDomain oid: OID) throws(SQLError) -> DomainConstraints {
        let scope = scope
        guard let type = scope.snapshot.userType(oid) else {
            throw SQLError(.undefinedObject, "type with OID \(oid) does not exist")
        }
        var result = DomainConstraints(
            shownName: scope.name(of: SQLType(oid)), name: type.name,
            schema: scope.snapshot.namespace(type.namespace)?.name, isNotNull: false, checks: [])
        let analyzer = Analyzer(
            scope: scope, text: [], types: functions.types, allowsParameters: false)
        var level: Shared<UserType>? = type
        while let current = level, let domain = current.value.domain {
            if domain.isNotNull { result.isNotNull = true }
            var checks: [(name: String, predicate: Expression)] = []
            for check in domain.checks.sorted(by: { $0.name < $1.name }) {
                let predicate = try analyzer.storedExpression(
                    check.expression, of: Domain.valueTable(of: domain.base))
                checks.append((check.name, SessionState.overValue(predicate)))
            }
            result.checks = checks + result.checks
            level = scope.snapshot.userType(domain.base.oid)
        }
        return result
    }

    /// VALUE as slot 0.
    private static func overValue(_ predicate: Expression) -> Expression {
        if case .variable(let variable) = predicate {
            return .slot(0, type: variable.type)
        }
        return predicate.mapChildren { overValue($0) }
    }
}
