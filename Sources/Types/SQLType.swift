public import Base

/// A SQL type as a column or expression has it: which, and with what modifier.
@frozen
public struct SQLType: Hashable, Sendable {
    public var oid: OID
    /// PostgreSQL's typmod: -1 none; varchar and bpchar: length + 4; numeric: precision << 16 | scale,
    /// + 4; time and timestamps: fractional digits; interval: `IntervalModifier`.
    public var modifier: Int32

    @inlinable
    public init(oid: OID, modifier: Int32 = -1) {
        self.oid = oid
        self.modifier = modifier
    }
    @inlinable public init(_ oid: OID) { self.init(oid: oid, modifier: -1) }

    /// The type without a modifier.
    @inlinable public static func plain(_ oid: OID) -> SQLType { SQLType(oid: oid, modifier: -1) }

    public static let bool = SQLType(.bool)
    public static let int2 = SQLType(.int2)
    public static let int4 = SQLType(.int4)
    public static let int8 = SQLType(.int8)
    public static let float8 = SQLType(.float8)
    public static let numeric = SQLType(.numeric)
    public static let text = SQLType(.text)
    public static let unknown = SQLType(.unknown)
    public static let void = SQLType(.void)

    /// As `format_type(oid, modifier)` writes it: `character varying(20)`, `numeric(10,2)`.
    public var name: String {
        guard oid.isValid else { return "-" }
        guard let info = TypeCatalog.info(oid) else { return "???" }
        if info.isArray, let element = TypeCatalog.info(info.elementOID) {
            return SQLType(oid: element.oid, modifier: modifier).name + "[]"
        }
        guard modifier >= 0 else {
            // bpchar without a length is not SQL's character, which means character(1).
            return info.sqlName
        }
        return SQLType.decorated(oid, info.sqlName, modifier)
    }

    private static func decorated(_ oid: OID, _ sqlName: String, _ modifier: Int32) -> String {
        switch oid {
        case .bpchar where modifier > 4: return "character(\(modifier - 4))"
        case .bit: return "bit(\(modifier))"
        case .varbit: return "bit varying(\(modifier))"
        case .varchar where modifier > 4: return "\(sqlName)(\(modifier - 4))"
        case .numeric:
            let packed = modifier - 4
            let scale = (packed & 0x7FF ^ 1024) - 1024
            return "numeric(\(packed >> 16 & 0xFFFF),\(scale))"
        case .time: return "time(\(modifier)) without time zone"
        case .timetz: return "time(\(modifier)) with time zone"
        case .interval: return "interval\(IntervalModifier.name(modifier))"
        case .timestamp: return "timestamp(\(modifier)) without time zone"
        case .timestamptz: return "timestamp(\(modifier)) with time zone"
        default: return sqlName
        }
    }

    /// How its values lie in memory; types that Ordinal does not know lie as bytes.
    public var physical: PhysicalType { TypeCatalog.info(oid)?.physical ?? .bytes }
}
