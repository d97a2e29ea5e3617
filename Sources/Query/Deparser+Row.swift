internal import Base
internal import Catalog
internal import Types

/// Rows and their fields as SQL text.
extension Deparser {
    /// `ROW(a, b)`, with its type where it has a name; `t.*` of all columns of a FROM item.
    func row(_ row: RowExpression) -> String {
        if row.isWhole, let name = wholeName(row) { return name }
        let shape = types.shape(of: row.type)
        let live = row.values.enumerated().filter { index, _ in
            guard let fields = shape?.fields, index < fields.count else { return true }
            return !fields[index].isDropped
        }
        let items = live.map { item in
            let text = self.text(item.element)
            return item.element.wholeRowType.map { "\(text)::\(typeName($0))" } ?? text
        }
        let text = "ROW(\(items.joined(separator: ", ")))"
        return row.type.oid == .record || row.isImplicit ? text : "\(text)::\(typeName(row.type))"
    }

    /// Nil: the columns are no longer those of one item.
    private func wholeName(_ row: RowExpression) -> String? {
        for value in row.values {
            guard case .variable(let variable) = value else { continue }
            return itemName(variable).map { $0 + ".*" }
        }
        return nil
    }

    /// `(row).field`.
    func field(_ row: Expression, _ index: Int) -> String {
        // Fields may be renamed.
        if types.isForCatalog { return "(\(text(row))).\"#\(index + 1)\"" }
        let shape = types.shape(of: row.type)
        let name = shape.flatMap { index < $0.fields.count ? $0.fields[index].name : nil }
        return "(\(text(row))).\(Identifier.quote(name ?? "f\(index + 1)"))"
    }

    /// What is below a modifier that a domain gives its base type.
    func withoutModifier(_ value: Expression) -> Expression {
        if case .applyModifier(let inner, _, _) = value { return inner }
        return value
    }
}

extension Expression {
    /// The type of all columns of a FROM item as one value; nil of any other expression.
    var wholeRowType: SQLType? {
        guard case .row(let row) = self, row.isWhole else { return nil }
        return row.type
    }
}
