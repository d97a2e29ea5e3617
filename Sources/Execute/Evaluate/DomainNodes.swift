internal import Base
public import Query
internal import Catalog
internal import Types

/// What a domain and those below it ask of values, analysed.
public struct DomainConstraints: Sendable {
    /// For messages: the domain as the search path needs it named, its own name and schema.
    public var shownName: String
    public var name: String
    public var schema: String?
    public var isNotNull: Bool
    /// Over slot 0, the value as one of the base type; in the order in which they are checked.
    public var checks: [(name: String, predicate: Expression)]

    public init(
        shownName: String, name: String, schema: String?, isNotNull: Bool,
        checks: [(name: String, predicate: Expression)]
    ) {
        self.shownName = shownName
        self.name = name
        self.schema = schema
        self.isNotNull = isNotNull
        self.checks = checks
    }
}

/// The constraints of a domain, ready to check values of its base type.
final class DomainChecker {
    private let constraints: DomainConstraints
    private let predicates: [ExpressionNode]
    private let batch: Batch
    private let single: Vector
    @exclusivity(unchecked) private var isRunning = false

    init(_ constraints: DomainConstraints, base: PhysicalType, run: RunState) throws(SQLError) {
        self.constraints = constraints
        let compiler = ExpressionCompiler(run: run)
        predicates = try compiler.compileAll(constraints.checks.map(\.predicate))
        single = Vector(base)
        batch = Batch(columns: [single], count: 0)
    }

    /// - Throws: 23502 `domain d does not allow null values`, 23514.
    func check(_ values: Vector, count: Int) throws(SQLError) {
        if constraints.isNotNull, values.hasNulls {
            for row in 0..<count where values.isNull(row) {
                throw error(
                    .notNullViolation, "domain \(constraints.shownName) does not allow null values")
            }
        }
        if predicates.isEmpty { return }
        // A check that casts to its own domain would never end.
        if isRunning { throw SQLError(.statementTooComplex, "stack depth limit exceeded") }
        isRunning = true
        defer { isRunning = false }
        let input = values === single ? batch : Batch(columns: [values], count: count)
        input.count = count
        for (index, predicate) in predicates.enumerated() {
            let result = try predicate.evaluate(input)
            for row in 0..<count where !result.isNull(row) && result.words[row] == 0 {
                let name = constraints.checks[index].name
                throw error(
                    .checkViolation,
                    "value for domain \(constraints.shownName) violates check constraint \"\(name)\""
                ).with { $0.constraintName = name }
            }
        }
    }

    func check(_ value: Datum) throws(SQLError) {
        if value.isNull {
            single.beginNullable()
        } else {
            single.hasNulls = false
        }
        single.set(0, value)
        try check(single, count: 1)
    }

    private func error(_ state: SQLState, _ message: String) -> SQLError {
        SQLError(state, message).with {
            $0.schemaName = constraints.schema
            $0.dataTypeName = constraints.name
        }
    }
}

extension SessionState {
    /// The domain's constraints as they are now.
    func domainChecker(_ domain: OID) throws(SQLError) -> DomainChecker {
        let version = catalog.version
        if let known = domainCheckers[domain], known.version == version { return known.checker }
        guard let constraints = try domainConstraints?(domain) else {
            throw SQLError(.undefinedObject, "type with OID \(domain) does not exist")
        }
        let checker = try DomainChecker(
            constraints, base: SQLType(domain).physical,
            run: RunState(session: self, executionParameterCount: 0))
        domainCheckers[domain] = (version, checker)
        return checker
    }
}

/// A value of a domain's base type as one of the domain.
final class DomainNode: UnaryNode {
    private let domain: OID
    private let run: RunState

    init(_ operand: ExpressionNode, domain: OID, run: RunState) {
        self.domain = domain
        self.run = run
        super.init(operand)
    }

    override var isSafe: Bool { false }

    override func evaluate(_ input: Batch) throws(SQLError) -> Vector {
        let values = try operand.evaluate(input)
        try run.session.domainChecker(domain).check(values, count: input.count)
        return values
    }
}
