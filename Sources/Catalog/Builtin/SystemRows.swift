public import Base
internal import Functions
internal import Types

/// PostgreSQL's catalog rows of built-in functions, operators, casts and aggregates, of those that
/// Ordinal has. Read once, when first asked for.
enum SystemRows {
    static let functions = rows(of: "pg_proc", systemProcRows)
        .filter { FunctionRegistry.isBuilt($0[0].oidValue) || isInputOutput($0[0].oidValue) }
    static let operators = rows(of: "pg_operator", systemOperatorRows)
        .filter { hasOperator($0[0].oidValue) }.map { withoutMissing($0, [13, 14]) }
    static let aggregates = rows(of: "pg_aggregate", systemAggregateRows)
        .filter { FunctionRegistry.isBuilt($0[0].oidValue) }
        .map { withoutMissing($0, Array(3...10)) }
    static let casts = rows(of: "pg_cast", systemCastRows)
        .filter { FunctionRegistry.cast(from: $0[1].oidValue, to: $0[2].oidValue) != nil }
    static let descriptions = rows(of: "pg_description", systemDescriptionRows)
        .filter { isDescribed(classID: $0[1].oidValue, $0[0].oidValue) }

    /// The row of a function or aggregate in pg_proc.
    static func function(_ oid: OID) -> [ComputedValue]? {
        functionPositions[oid].map { functions[$0] }
    }
    static let functionsByName: [String: [OID]] = {
        var result: [String: [OID]] = [:]
        for row in functions { result[row[1].textValue ?? "", default: []].append(row[0].oidValue) }
        return result
    }()
    private static let functionPositions: [OID: Int] = Dictionary(
        uniqueKeysWithValues: functions.enumerated().map { ($1[0].oidValue, $0) })

    /// The comment that a built-in object comes with.
    static func description(of object: ObjectAddress) -> String? {
        guard object.objectID < .firstUser, object.subID == 0 else { return nil }
        return descriptionsByObject[object]
    }
    private static let descriptionsByObject: [ObjectAddress: String] = {
        var result: [ObjectAddress: String] = [:]
        for row in descriptions {
            guard case .text(let text) = row[3] else { continue }
            let object = ObjectAddress(
                classID: row[1].oidValue, objectID: row[0].oidValue, subID: 0)
            result[object] = text
        }
        return result
    }()

    /// The words of the grammar with their category, and whether they label without AS.
    static let keywords: [(word: String, category: Character, isBareLabel: Bool)] =
        systemKeywordRows.description.utf8.split(separator: UInt8(ascii: "\n")).map { line in
            let fields = line.split(separator: UInt8(ascii: "\t")).map { String(Substring($0)) }
            return (fields[2], fields[0].first ?? "U", fields[1] == "t")
        }

    // MARK: What is there

    /// A row that names no functions that are not there: what estimates a condition, or an
    /// aggregate's steps, is no function of its own here.
    private static func withoutMissing(
        _ row: [ComputedValue], _ columns: [Int]
    ) -> [ComputedValue] {
        var row = row
        for column in columns where functionPositions[row[column].oidValue] == nil {
            row[column] = .oid(.invalid)
        }
        return row
    }
    static func hasFunction(_ oid: OID) -> Bool { functionPositions[oid] != nil }

    private static func hasOperator(_ oid: OID) -> Bool {
        guard let entry = FunctionRegistry.operator(oid) else { return false }
        return FunctionRegistry.isBuilt(entry.function)
    }

    /// Whether a function reads or writes a type, or takes its parts: values go through it, called
    /// or not.
    private static func isInputOutput(_ oid: OID) -> Bool { inputOutput.contains(oid) }
    private static let inputOutput: Set<OID> = {
        let names = Set(
            TypeCatalog.all.flatMap {
                [
                    $0.inputFunction, $0.outputFunction, $0.receiveFunction, $0.sendFunction,
                    $0.modifierInputFunction, $0.modifierOutputFunction,
                ]
            } + [
                "array_subscript_handler", "raw_array_subscript_handler",
                "jsonb_subscript_handler",
                // Of users' types.
                "enum_in", "enum_out", "enum_recv", "enum_send", "domain_in", "domain_recv",
                "record_in", "record_out", "record_recv", "record_send",
            ])
        return Set(
            rows(of: "pg_proc", systemProcRows).filter {
                if case .text(let name) = $0[1] { names.contains(name) } else { false }
            }.map { $0[0].oidValue })
    }()

    /// The function that has a type's values read or written, by its name.
    static func inputOutput(named name: String) -> OID {
        inputOutputByName[name] ?? .invalid
    }
    private static let inputOutputByName: [String: OID] = {
        var result: [String: OID] = [:]
        for row in functions where inputOutput.contains(row[0].oidValue) {
            if case .text(let name) = row[1] { result[name] = row[0].oidValue }
        }
        return result
    }()

    private static func isDescribed(classID: OID, _ object: OID) -> Bool {
        switch classID {
        case SystemOID.procedure: functionPositions[object] != nil
        case SystemOID.operator: hasOperator(object)
        case SystemOID.type: TypeCatalog.info(object) != nil
        case SystemOID.accessMethod:
            object == SystemOID.heapAccessMethod
                || AccessMethod.allCases.contains { $0.oid == object }
        case SystemOID.namespace: object != SystemOID.publicNamespace
        default: true
        }
    }

    // MARK: Reading

    /// The rows of a catalog in COPY's text format.
    private static func rows(of catalog: String, _ text: StaticString) -> [[ComputedValue]] {
        let relation = ComputedRelations.relation(
            named: catalog, namespace: SystemOID.catalogNamespace)
        let types = (relation?.columns ?? []).map(\.type.oid)
        return text.description.utf8.split(separator: UInt8(ascii: "\n")).map { line in
            let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
            invariant(fields.count == types.count, "a row has the catalog's columns")
            return zip(fields, types).map { value(String(Substring($0)), $1) }
        }
    }

    private static func value(_ field: String, _ type: OID) -> ComputedValue {
        if field == "\\N" { return .null }
        switch type {
        case .bool: return .bool(field == "t")
        case .char: return .char(field.first ?? "\0")
        case .int2, .int4, .int8: return .int(Int64(field) ?? 0)
        case .oid, .regproc: return .oid(OID(UInt32(field) ?? 0))
        case .float4, .float8: return .real(Double(field) ?? 0)
        case .oidvector: return .oids(numbers(field, separator: " "))
        case .oidArray: return .oids(numbers(String(field.dropFirst().dropLast()), separator: ","))
        case .charArray: return .chars(elements(field).compactMap(\.first))
        case .textArray, .aclitemArray: return .texts(elements(field))
        default: return .text(unescaped(field))
        }
    }

    private static func numbers(_ text: String, separator: Character) -> [OID] {
        text.split(separator: separator).map { OID(UInt32($0) ?? 0) }
    }

    /// The elements of an array's text: none of them has a quote or a backslash in it.
    private static func elements(_ text: String) -> [String] {
        text.dropFirst().dropLast().split(separator: ",", omittingEmptySubsequences: false).map {
            $0.hasPrefix("\"") ? String($0.dropFirst().dropLast()) : String($0)
        }
    }

    private static func unescaped(_ field: String) -> String {
        guard field.utf8.contains(UInt8(ascii: "\\")) else { return field }
        var result = ""
        var isEscape = false
        for character in field {
            if isEscape {
                switch character {
                case "n": result.append("\n")
                case "t": result.append("\t")
                default: result.append(character)
                }
                isEscape = false
            } else if character == "\\" {
                isEscape = true
            } else {
                result.append(character)
            }
        }
        return result
    }
}

/// pg_get_keywords.
public enum Keywords {
    /// word, catcode, barelabel, catdesc, baredesc.
    public static func rows(_ text: (String) -> Datum) -> [[Datum]] {
        SystemRows.keywords.map { keyword in
            let category =
                switch keyword.category {
                case "C": "unreserved (cannot be function or type name)"
                case "R": "reserved"
                case "T": "reserved (can be function or type name)"
                default: "unreserved"
                }
            return [
                text(keyword.word), Datum(word: Int64(keyword.category.asciiValue ?? 0)),
                Datum(keyword.isBareLabel), text(category),
                text(keyword.isBareLabel ? "can be bare label" : "requires AS"),
            ]
        }
    }
}

extension ComputedValue {
    /// Of a column of OIDs; 0 for null.
    var oidValue: OID {
        if case .oid(let oid) = self { oid } else { .invalid }
    }
    var textValue: String? {
        if case .text(let text) = self { text } else { nil }
    }
    var boolValue: Bool {
        if case .bool(let value) = self { value } else { false }
    }
    var charValue: Character {
        if case .char(let value) = self { value } else { "\0" }
    }
    var intValue: Int {
        if case .int(let value) = self { Int(value) } else { 0 }
    }
}
