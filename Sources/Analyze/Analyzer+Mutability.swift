internal import Base
internal import Catalog
internal import Functions
public import Query
internal import Types

/// What must give the same for the same row for ever: index keys and predicates, generated columns,
/// partition keys (contain_mutable_functions).
extension Analyzer {
    /// True if an expression calls a function that is not immutable, or converts by way of text
    /// where that depends on settings.
    public static func hasMutableCall(_ expression: Expression) -> Bool {
        expression.contains {
            switch $0 {
            case .call(let function, let arguments, _):
                // Text || anything is a cast and a concatenation.
                if let other = concatenated(function, arguments) {
                    hasStableOutput(other.type.oid)
                } else {
                    FunctionRegistry.function(function)?.volatility != .immutable
                }
            case .nextValue: true
            case .ioCast(let value, let type):
                hasStableOutput(value.type.oid) || hasStableInput(type.oid)
            default: false
            }
        }
    }

    private static func concatenated(
        _ function: OID, _ arguments: [Expression]
    ) -> Expression? {
        guard arguments.count == 2 else { return nil }
        return switch FunctionRegistry.function(function)?.name {
        case "textanycat": arguments[1]
        case "anytextcat": arguments[0]
        default: nil
        }
    }

    /// Types whose text depends on DateStyle, TimeZone or the catalog.
    private static func hasStableOutput(_ type: OID) -> Bool {
        let base = TypeCatalog.base(type)
        switch base {
        case .date, .timestamp, .timestamptz, .interval, .regclass, .regtype, .regproc: return true
        default:
            return TypeCatalog.isEnumeration(base) || TypeCatalog.isComposite(base)
                || TypeCatalog.isRange(base) || FunctionRegistry.elementType(of: base) != nil
        }
    }

    private static func hasStableInput(_ type: OID) -> Bool {
        let base = TypeCatalog.base(type)
        return hasStableOutput(base) || base == .time || base == .timetz
    }

    /// - Throws: 42P17 with `message`.
    func checkImmutable(_ expression: Expression, _ message: String) throws(SQLError) -> Expression {
        if Analyzer.hasMutableCall(expression) {
            throw SQLError(.invalidObjectDefinition, message)
        }
        return expression
    }

    /// - Throws: 42P17 where a generation expression reads a generated column.
    func checkGeneration(of table: Relation) throws(SQLError) {
        for use in columnLocations {
            guard let name = use.names.last, let column = table.columnIndex(named: name),
                table.columns[column].isGenerated
            else { continue }
            throw failure(
                .invalidObjectDefinition,
                "cannot use generated column \"\(name)\" in column generation expression",
                at: use.location
            ).detail("A generated column cannot reference another generated column.")
        }
    }
}
