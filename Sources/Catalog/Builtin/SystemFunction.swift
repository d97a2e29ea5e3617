public import Base
internal import Types

/// A built-in function or aggregate as pg_proc describes it, and its signature as SQL.
public struct SystemFunction {
    private let row: [ComputedValue]

    /// Nil: there is no such function.
    public init?(_ oid: OID) {
        guard let row = SystemRows.function(oid) else { return nil }
        self.row = row
        self.oid = oid
    }

    /// All functions of a name.
    public static func named(_ name: String) -> [OID] { SystemRows.functionsByName[name] ?? [] }

    /// The types of IN, INOUT and VARIADIC arguments.
    public var inputTypes: [OID] {
        if case .oids(let types) = row[19] { types } else { [] }
    }

    public let oid: OID
    private var kind: Character { row[9].charValue }

    struct Argument {
        var mode: Character
        var name: String
        var type: OID
    }

    /// All parameters in order, those of results too.
    var parameters: [Argument] { arguments }

    private var arguments: [Argument] {
        var types: [OID] = []
        if case .oids(let list) = row[20] { types = list }
        if types.isEmpty, case .oids(let list) = row[19] { types = list }
        var modes: [Character] = []
        if case .chars(let list) = row[21] { modes = list }
        var names: [String] = []
        if case .texts(let list) = row[22] { names = list }
        return types.enumerated().map { index, type in
            Argument(
                mode: index < modes.count ? modes[index] : "i",
                name: index < names.count ? names[index] : "", type: type)
        }
    }

    private static func name(of type: OID) -> String { SQLType(oid: type, modifier: -1).name }

    /// pg_get_function_arguments; without the defaults it is the identity.
    public func argumentsText(showsDefaults: Bool) -> String {
        let all = arguments.filter { $0.mode != "t" }
        let inputCount = row[16].intValue
        let defaults = (row[23].textValue ?? "").split(separator: ", ").map(String.init)
        // An ordered-set aggregate's sorted arguments come after its direct ones.
        let order = kind == "a" ? SystemRows.orderedArguments(of: oid) : nil
        var text = ""
        var inputs = 0
        var printed = 0
        func append(_ argument: Argument) {
            if printed > 0, order == printed {
                text += " ORDER BY "
            } else if order == printed {
                text += "ORDER BY "
            } else if printed > 0 {
                text += ", "
            }
            text += SystemFunction.text(argument)
            printed += 1
        }
        for argument in all {
            append(argument)
            guard argument.mode != "o" else { continue }
            inputs += 1
            let fromEnd = inputCount - inputs
            if showsDefaults, fromEnd < defaults.count {
                text += " DEFAULT \(defaults[defaults.count - 1 - fromEnd])"
            }
        }
        // VARIADIC "any" stands for both lists.
        if let order, order == printed, let last = all.last { append(last) }
        return text
    }

    private static func text(_ argument: Argument) -> String {
        let mode =
            switch argument.mode {
            case "o": "OUT "
            case "b": "INOUT "
            case "v": "VARIADIC "
            default: ""
            }
        let name = argument.name.isEmpty ? "" : Identifier.quote(argument.name) + " "
        return mode + name + self.name(of: argument.type)
    }

    /// pg_get_function_result.
    public var resultText: String {
        let table = arguments.filter { $0.mode == "t" }
        if !table.isEmpty {
            return "TABLE(\(table.map { SystemFunction.text($0) }.joined(separator: ", ")))"
        }
        return (row[13].boolValue ? "SETOF " : "") + SystemFunction.name(of: row[18].oidValue)
    }

    /// pg_get_function_arg_default, of an argument counted from 1.
    public func defaultText(ofArgument number: Int) -> String? {
        let inputs = arguments.enumerated().filter {
            $0.element.mode != "o" && $0.element.mode != "t"
        }
        guard let position = inputs.firstIndex(where: { $0.offset == number - 1 }) else {
            return nil
        }
        let defaults = (row[23].textValue ?? "").split(separator: ", ").map(String.init)
        let index = position - (inputs.count - defaults.count)
        return defaults.indices.contains(index) ? defaults[index] : nil
    }

    /// pg_get_function_sqlbody.
    public var bodyText: String? { row[27].textValue }

    public var isAggregate: Bool { kind == "a" }
    public var isProcedure: Bool { kind == "p" }

    /// What PostgreSQL's own scripts granted and revoked on the function; nil: nothing.
    public var privileges: [Privilege]? { SystemFunction.restricted[oid] }

    /// The functions that not everybody may call from the start, with their lists.
    public static let restricted: [OID: [Privilege]] = {
        var result: [OID: [Privilege]] = [:]
        for row in SystemRows.functions {
            guard case .texts(let items) = row[29] else { continue }
            result[row[0].oidValue] = items.compactMap { item in
                guard let sign = item.firstIndex(of: "=") else { return nil }
                let name = String(item[..<sign])
                let role = name.isEmpty ? OID.invalid : BuiltinObjects.role(named: name)
                return role.map {
                    Privilege(
                        grantee: $0, grantor: SystemOID.superuser, rights: .execute, grantable: [])
                }
            }
        }
        return result
    }()
    public var name: String { row[1].textValue ?? "" }

    /// pg_get_functiondef: what CREATE FUNCTION would have to say.
    public var definition: String {
        let returnsSet = row[13].boolValue
        var options = kind == "w" ? " WINDOW" : ""
        switch row[14].charValue {
        case "i": options += " IMMUTABLE"
        case "s": options += " STABLE"
        default: break
        }
        switch row[15].charValue {
        case "s": options += " PARALLEL SAFE"
        case "r": options += " PARALLEL RESTRICTED"
        default: break
        }
        if row[12].boolValue { options += " STRICT" }
        if row[10].boolValue { options += " SECURITY DEFINER" }
        if row[11].boolValue { options += " LEAKPROOF" }
        let isSQL = row[4].oidValue == OID(14)
        if case .real(let cost) = row[5], cost != (isSQL ? 100 : 1) {
            options += " COST \(SystemFunction.digits(cost))"
        }
        if returnsSet, case .real(let count) = row[6], count != 1000 {
            options += " ROWS \(SystemFunction.digits(count))"
        }
        if let support = SystemRows.function(row[8].oidValue)?[1].textValue {
            options += " SUPPORT \(support)"
        }
        var text = "CREATE OR REPLACE FUNCTION pg_catalog.\(Identifier.quote(name))"
        text += "(\(argumentsText(showsDefaults: true)))\n RETURNS \(resultText)\n"
        text += " LANGUAGE \(isSQL ? "sql" : "internal")\n"
        if !options.isEmpty { text += options + "\n" }
        if let bodyText { return text + bodyText + "\n" }
        return text + "AS $function$\(row[25].textValue ?? "")$function$\n"
    }

    private static func digits(_ value: Double) -> String {
        value == value.rounded() ? String(Int(value)) : String(value)
    }
}

extension SystemRows {
    /// How many direct arguments an ordered-set aggregate has; nil: it is a plain one.
    static func orderedArguments(of aggregate: OID) -> Int? {
        guard let row = aggregates.first(where: { $0[0].oidValue == aggregate }),
            row[1].charValue != "n"
        else { return nil }
        return row[2].intValue
    }
}
