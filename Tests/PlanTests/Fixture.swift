import Base
import Catalog
import Plan
import Query
import Types

/// Tables to plan against: `t (id int4 primary key, a int4, b text, c int8 not null)` of 100,000
/// rows with indexes t_a (a) and t_bc (b, c desc), and `u (id int8 primary key, t_id int4)` of 50.
enum Fixture {
    static let int4 = SQLType(oid: OID(23), modifier: -1)
    static let int8 = SQLType(oid: OID(20), modifier: -1)
    static let text = SQLType(oid: OID(25), modifier: -1)
    static let bool = SQLType(oid: OID(16), modifier: -1)

    static func index(
        _ oid: UInt32, _ name: String, _ table: UInt32, _ keys: [(Int, SQLType, Bool)],
        isPrimary: Bool = false
    ) -> Shared<Relation> {
        var relation = Relation(
            oid: OID(oid), name: name, namespace: OID(2200), owner: OID(10), kind: .index)
        relation.index = IndexDefinition(
            table: OID(table),
            keys: keys.map {
                IndexKey(column: $0.0, type: $0.1, descending: $0.2, nullsFirst: $0.2)
            },
            isUnique: isPrimary, isPrimary: isPrimary)
        return Shared(relation)
    }

    static let t: Shared<Relation> = {
        var relation = Relation(
            oid: OID(1000), name: "t", namespace: OID(2200), owner: OID(10), kind: .table,
            columns: [
                Column(name: "id", type: int4, isNotNull: true), Column(name: "a", type: int4),
                Column(name: "b", type: text), Column(name: "c", type: int8, isNotNull: true),
            ])
        relation.primaryKey = OID(1001)
        relation.indexes = [OID(1001), OID(1002), OID(1003)]
        return Shared(relation)
    }()
    static let u: Shared<Relation> = {
        var relation = Relation(
            oid: OID(1100), name: "u", namespace: OID(2200), owner: OID(10), kind: .table,
            columns: [
                Column(name: "id", type: int8, isNotNull: true), Column(name: "t_id", type: int4),
            ])
        relation.primaryKey = OID(1101)
        relation.indexes = [OID(1101)]
        return Shared(relation)
    }()
    static let relations: [OID: Shared<Relation>] = {
        let all = [
            t, u, index(1001, "t_pkey", 1000, [(0, int4, false)], isPrimary: true),
            index(1002, "t_a", 1000, [(1, int4, false)]),
            index(1003, "t_bc", 1000, [(2, text, false), (3, int8, true)]),
            index(1101, "u_pkey", 1100, [(0, int8, false)], isPrimary: true),
        ]
        return Dictionary(uniqueKeysWithValues: all.map { ($0.value.oid, $0) })
    }()

    /// nextval 1574 and random 1598 are volatile, generate_series 1067 returns a set.
    static var source: PlannerSource {
        PlannerSource(
            relation: { relations[$0] }, rowCount: { $0.value.oid == OID(1000) ? 100_000 : 50 },
            isVolatile: { [1574, 1598].contains($0.rawValue) },
            isSetReturning: { $0.rawValue == 1067 }, isStrict: { $0.rawValue != 1598 },
            isFoldable: { $0.rawValue == 177 })
    }

    // MARK: Expressions

    static func column(_ relation: Int, _ column: Int, _ type: SQLType, up: Int = 0) -> Expression {
        .variable(Variable(relation: relation, column: column, levelsUp: up, type: type))
    }
    static let id = column(0, 0, int4)
    static let a = column(0, 1, int4)
    static let b = column(0, 2, text)
    static let c = column(0, 3, int8)
    static func number(_ value: Int64, _ type: SQLType = int4) -> Expression {
        .constant(Constant(type: type, value: .word(value)))
    }
    static func string(_ value: String) -> Expression {
        .constant(Constant(type: text, value: .bytes(Array(value.utf8))))
    }
    static func call(_ function: UInt32, _ arguments: Expression..., type: SQLType = bool)
        -> Expression
    {
        .call(function: OID(function), arguments: arguments, type: type)
    }
    /// int4eq, int4lt, int4gt.
    static func equal(_ left: Expression, _ right: Expression) -> Expression {
        call(65, left, right)
    }
    static func less(_ left: Expression, _ right: Expression) -> Expression {
        call(66, left, right)
    }
    static func greater(_ left: Expression, _ right: Expression) -> Expression {
        call(147, left, right)
    }
    static func max(_ value: Expression) -> Expression {
        .aggregate(
            AggregateCall(
                function: OID(2116), arguments: [value], isDistinct: false, filter: nil,
                orderBy: [],
                type: int4))
    }
    static let count = Expression.aggregate(
        AggregateCall(
            function: OID(2803), arguments: [], isDistinct: false, filter: nil, orderBy: [],
            type: int8))

    // MARK: Queries

    static func entry(_ relation: Shared<Relation>, _ alias: String? = nil) -> RangeEntry {
        var columns = relation.value.columns.map { OutputColumn(name: $0.name, type: $0.type) }
        columns.append(
            OutputColumn(name: "tableoid", type: SQLType(oid: OID(26), modifier: -1)))
        return RangeEntry(
            kind: .table(relation), alias: alias ?? relation.value.name, columns: columns)
    }
    static func target(_ expression: Expression, isHidden: Bool = false) -> Target {
        Target(
            expression: expression, column: OutputColumn(name: "c", type: expression.type),
            isHidden: isHidden)
    }
    static func select(
        _ targets: [Expression], from entries: [RangeEntry] = [entry(t)],
        join: JoinTree? = nil, where predicate: Expression? = nil,
        _ change: (inout BoundQuery.Body) -> Void = { _ in }
    ) -> BoundQuery {
        var body = BoundQuery.Body()
        body.rangeTable = entries
        var tree = join ?? (entries.isEmpty ? .oneRow : .entry(0))
        if join == nil {
            for index in entries.indices.dropFirst() {
                tree = .join(.inner, tree, .entry(index), condition: nil)
            }
        }
        body.from = tree
        body.targets = targets.map { target($0) }
        body.predicate = predicate
        change(&body)
        return BoundQuery(body)
    }
    static func shape(_ query: BoundQuery) throws(SQLError) -> String {
        PlanShape.of(try Planner.plan(.select(query), source: source))
    }
}
