import Base
import CPgQuery
import Foundation
import Parse
import Testing

/// The walker reads the library's C structs through headers of a later release of PostgreSQL 15. The
/// library's own serialisation of the same tree tells whether both agree.
@Suite struct LibraryTreeTests {
    @Test func everyStatementIsWalked() throws {
        for sql in Corpus.statements {
            do throws(SQLError) {
                #expect(try Parser.parse(sql).count == 1, "\(sql)")
            } catch {
                Issue.record("\(sql): \(error.state) \(error.message)")
            }
        }
    }

    @Test func sameContentAsTheLibrarySays() throws {
        var seen: Set<String> = []
        for sql in Corpus.statements {
            guard let parsed = try? Parser.parse(sql), parsed.count == 1 else { continue }
            if case .unsupported = parsed[0].statement { continue }
            var tree = TreeContent()
            tree.add(parsed[0].statement)
            var json = TreeContent()
            json.add(json: try serialised(sql))
            // Every location of ours is one of the library's; it leaves out zeros.
            for (location, count) in tree.locations where location > 0 {
                #expect(count <= json.locations[location, default: 0], "\(location): \(sql)")
            }
            let missing = json.strings.subtracting(tree.strings)
            let invented = tree.strings.subtracting(json.strings).subtracting(json.numbers)
            #expect(
                missing.isEmpty && invented.isEmpty, "missing \(missing), new \(invented): \(sql)")
            seen.formUnion(json.enumerations.keys)
            for (name, ours) in TreeContent.enumerations {
                #expect(
                    json.enumerations[name, default: 0] == tree.enumerations[ours, default: 0],
                    "\(name): \(sql)")
            }
        }
        for (name, _) in TreeContent.enumerations {
            #expect(seen.contains(name), "the corpus never has \(name)")
        }
    }

    private func serialised(_ sql: String) throws -> Any {
        let result = pg_query_parse(sql)
        defer { pg_query_free_parse_result(result) }
        let text = String(cString: try #require(result.parse_tree))
        return try JSONSerialization.jsonObject(with: Data(text.utf8))
    }
}

/// What a tree mentions, whatever its shape.
struct TreeContent {
    var strings: Set<String> = []
    var numbers: Set<String> = []
    var locations: [Int: Int] = [:]
    /// JSON: constants of enumerations. Ours: "Type.case".
    var enumerations: [String: Int] = [:]

    static let enumerations: [(String, String)] = [
        ("AEXPR_IN", "OperationKind.in"),
        ("AEXPR_OP_ANY", "OperationKind.any"),
        ("AEXPR_OP_ALL", "OperationKind.all"),
        ("AEXPR_LIKE", "OperationKind.like"),
        ("AEXPR_BETWEEN", "OperationKind.between"),
        ("AEXPR_BETWEEN_SYM", "OperationKind.betweenSymmetric"),
        ("AEXPR_NULLIF", "OperationKind.nullIf"),
        ("AEXPR_DISTINCT", "OperationKind.isDistinct"),
        ("AND_EXPR", "BooleanOperator.and"),
        ("OR_EXPR", "BooleanOperator.or"),
        ("NOT_EXPR", "BooleanOperator.not"),
        ("JOIN_LEFT", "JoinSyntax.Kind.left"),
        ("JOIN_FULL", "JoinSyntax.Kind.full"),
        ("JOIN_RIGHT", "JoinSyntax.Kind.right"),
        ("SETOP_UNION", "SetOperation.union"),
        ("SETOP_EXCEPT", "SetOperation.except"),
        ("SETOP_INTERSECT", "SetOperation.intersect"),
        ("SORTBY_DESC", "SortBy.Direction.descending"),
        ("SORTBY_NULLS_FIRST", "SortBy.Nulls.first"),
        ("LIMIT_OPTION_WITH_TIES", "isLimitWithTies"),
        ("EXISTS_SUBLINK", "SubLinkSyntax.Kind.exists"),
        ("ARRAY_SUBLINK", "SubLinkSyntax.Kind.array"),
        ("EXPR_SUBLINK", "SubLinkSyntax.Kind.expression"),
        ("CONSTR_PRIMARY", "ConstraintDefinition.Kind.primary"),
        ("CONSTR_FOREIGN", "ConstraintDefinition.Kind.foreign"),
        ("CONSTR_CHECK", "ConstraintDefinition.Kind.check"),
        ("CONSTR_IDENTITY", "ConstraintDefinition.Kind.identity"),
        ("CONSTR_DEFAULT", "ConstraintDefinition.Kind.default"),
        ("LCS_FORSHARE", "LockingClause.Strength.share"),
        ("LCS_FORKEYSHARE", "LockingClause.Strength.keyShare"),
        ("LockWaitError", "LockingClause.WaitPolicy.noWait"),
        ("OBJECT_SEQUENCE", "ObjectType.sequence"),
        ("OBJECT_VIEW", "ObjectType.view"),
        ("OBJECT_TYPE", "ObjectType.type"),
        ("OBJECT_FUNCTION", "ObjectType.function"),
        ("OBJECT_DATABASE", "ObjectType.database"),
        ("TRANS_STMT_SAVEPOINT", "TransactionStatement.Kind.savepoint"),
        ("TRANS_STMT_ROLLBACK", "TransactionStatement.Kind.rollback"),
        ("CTEMaterializeAlways", "CommonTableExpression.Materialization.always"),
        ("ONCOMMIT_DROP", "OnCommitAction.drop"),
        ("FETCH_ABSOLUTE", "FetchStatement.Direction.absolute"),
        ("DROP_CASCADE", "DropBehavior.cascade"),
        ("DISCARD_SEQUENCES", "DiscardTarget.sequences"),
        ("OVERRIDING_SYSTEM_VALUE", "OverridingKind.systemValue"),
        ("SVFOP_CURRENT_DATE", "SQLValueFunctionKind.currentDate"),
        ("SVFOP_CURRENT_SCHEMA", "SQLValueFunctionKind.currentSchema"),
        ("VAR_RESET_ALL", "VariableSetStatement.Kind.resetAll"),
        ("ROLESPEC_PUBLIC", "RoleSpecification.Kind.public"),
        ("REINDEX_OBJECT_DATABASE", "ReindexStatement.Kind.database"),
        ("LOCAL_CHECK_OPTION", "CreateViewStatement.CheckOption.local"),
    ]

    // MARK: Ours

    mutating func add(_ value: Any, label: String? = nil) {
        if let text = value as? String {
            strings.insert(text)
            return
        }
        if let number = value as? Int {
            if let label, label == "location" || label == "collationLocation" {
                locations[number, default: 0] += 1
            }
            return
        }
        if let flag = value as? Bool {
            if flag, label == "isLimitWithTies" { enumerations["isLimitWithTies", default: 0] += 1 }
            return
        }
        let mirror = Mirror(reflecting: value)
        if mirror.displayStyle == .enum {
            let name = mirror.children.first?.label ?? "\(value)"
            let type = String(reflecting: mirror.subjectType).dropFirst("Parse.".count)
            enumerations["\(type).\(name)", default: 0] += 1
        }
        for child in mirror.children { add(child.value, label: child.label) }
    }

    // MARK: The library's

    /// Strings that the walker turns into something else: characters that stand for a kind, and
    /// operators' and methods' names that the grammar always sets.
    private static let kindFields: Set<String> = [
        "relpersistence", "identity", "generated", "generated_when", "fk_matchtype",
        "fk_upd_action", "fk_del_action", "strategy", "identity_type", "subtype", "storage",
    ]

    mutating func add(json: Any, label: String? = nil) {
        if let object = json as? [String: Any] {
            for (key, value) in object { add(json: value, label: key) }
        } else if let array = json as? [Any] {
            for value in array { add(json: value, label: label) }
        } else if let text = json as? String {
            if isEnumeration(text) {
                enumerations[text, default: 0] += 1
            } else if text.utf8.count > 1 || !TreeContent.kindFields.contains(label ?? "") {
                strings.insert(text)
            }
        } else if let number = json as? Int {
            if label == "location" { locations[number, default: 0] += 1 }
            // The id of a large object is a name to us.
            if label == "ival" { numbers.insert(String(number)) }
        }
    }

    private func isEnumeration(_ text: String) -> Bool {
        if text.hasPrefix("CTEMaterialize") || text.hasPrefix("LockWait") { return true }
        if text.hasPrefix("AT_") || text.hasPrefix("AP_") { return true }
        return text.contains("_")
            && text.utf8.allSatisfy {
                ($0 >= 65 && $0 <= 90) || $0 == 95 || ($0 >= 48 && $0 <= 57)
            }
    }
}
