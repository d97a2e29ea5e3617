internal import Base
public import Catalog
public import Types

/// The columns that every table has behind its own, besides `tableoid`: the row's place, and who
/// wrote it.
public enum SystemColumn: Int, CaseIterable, Sendable {
    case ctid, xmin, cmin, xmax, cmax

    /// As column numbers of variables they come behind those of every table.
    static let numberMin = 1 << 16

    /// The column that a variable's number stands for.
    public init?(number: Int) {
        guard number >= SystemColumn.numberMin else { return nil }
        self.init(rawValue: number - SystemColumn.numberMin)
    }

    public var number: Int { SystemColumn.numberMin + rawValue }

    public var name: String {
        switch self {
        case .ctid: "ctid"
        case .xmin: "xmin"
        case .cmin: "cmin"
        case .xmax: "xmax"
        case .cmax: "cmax"
        }
    }

    public var type: SQLType {
        switch self {
        case .ctid: .plain(.tid)
        case .xmin, .xmax: .plain(.xid)
        case .cmin, .cmax: .plain(.cid)
        }
    }
}

extension Variable {
    /// As a column number: the key of a row. No text can name it.
    public static let rowKeyNumber = SystemColumn.numberMin + 1 << 8

    /// True for what a row's own columns and `tableoid` do not tell.
    public var isOfVersion: Bool { column >= SystemColumn.numberMin }

    /// Nil: a column of the table's own, or `tableoid`.
    public var systemColumn: SystemColumn? { SystemColumn(number: column) }
}

extension Relation {
    /// `tableoid` and its kin, which every relation with rows has.
    public func isSystemColumn(_ name: String) -> Bool {
        name == "tableoid" || SystemColumn.allCases.contains { $0.name == name }
    }
}

extension Expression {
    /// True if it names system columns of relation 0, in subqueries too.
    public var usesSystemColumns: Bool {
        var found = false
        forEachVariable { variable, level in
            if level == 0, variable.relation == 0, variable.isOfVersion { found = true }
        }
        return found
    }

    /// An expression over the rows of `table`, relation 0, that says its OID for `tableoid`.
    public func knowing(_ table: Relation) -> Expression {
        mapVariables { variable, depth in
            guard variable.levelsUp == depth, variable.relation == 0,
                variable.column == table.columns.count
            else { return .variable(variable) }
            return .constant(
                Constant(type: variable.type, value: .word(Int64(table.oid.rawValue))))
        }
    }
}
