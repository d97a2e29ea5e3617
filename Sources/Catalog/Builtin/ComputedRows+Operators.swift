public import Base

/// Operator classes and families: which operators and functions an index of a type uses.
extension ComputedRows {
    static let operatorGenerators: [String: Generator] = [
        "pg_opclass": { _ in
            fields(of: operatorClassTable).map { row in
                [
                    number(row[0]), number(row[1]), .text(row[2]),
                    .oid(SystemOID.catalogNamespace), .oid(SystemOID.superuser), number(row[3]),
                    number(row[4]), .bool(row[5] == "t"), number(row[6]),
                ]
            }
        },
        "pg_opfamily": { _ in
            fields(of: operatorFamilyTable).map { row in
                [
                    number(row[0]), number(row[1]), .text(row[2]),
                    .oid(SystemOID.catalogNamespace), .oid(SystemOID.superuser),
                ]
            }
        },
        "pg_amop": { _ in
            fields(of: familyOperatorTable).map { row in
                [
                    number(row[0]), number(row[1]), number(row[2]), number(row[3]),
                    .int(Int(row[4]) ?? 0), .char("s"), number(row[5]), number(row[6]),
                    .oid(.invalid),
                ]
            }
        },
        "pg_amproc": { _ in
            fields(of: familyFunctionTable).filter {
                SystemRows.hasFunction(OID(UInt32($0[5]) ?? 0))
            }.map { row in
                [
                    number(row[0]), number(row[1]), number(row[2]), number(row[3]),
                    .int(Int(row[4]) ?? 0), number(row[5]),
                ]
            }
        },
    ]

    /// The name of the b-tree operator family that compares values of a type.
    public static func operatorFamily(of type: OID) -> String? {
        guard let family = familyNumber(of: type) else { return nil }
        return fields(of: operatorFamilyTable).first { $0[0] == family }.map { $0[2] }
    }

    /// The `=` of a type's b-tree operator class.
    public static func equality(of type: OID) -> OID {
        guard let family = familyNumber(of: type),
            let input = fields(of: operatorClassTable).first(where: {
                $0[0] == "\(operatorClass(type).rawValue)"
            })?[4],
            let row = fields(of: familyOperatorTable).first(where: {
                $0[1] == family && $0[2] == input && $0[3] == input && $0[4] == "3"
            })
        else { return .invalid }
        return OID(UInt32(row[5]) ?? 0)
    }

    private static func familyNumber(of type: OID) -> String? {
        let operatorClass = operatorClass(type).rawValue
        return fields(of: operatorClassTable).first { $0[0] == "\(operatorClass)" }.map { $0[3] }
    }

    private static func number(_ field: String) -> ComputedValue {
        .oid(OID(UInt32(field) ?? 0))
    }

    static func fields(of table: StaticString) -> [[String]] {
        table.description.utf8.split(separator: UInt8(ascii: "\n")).map { line in
            line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
                .map { String(Substring($0)) }
        }
    }
}
