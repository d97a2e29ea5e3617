internal import Base
internal import Catalog
internal import Parse
internal import Sequences
internal import Types

/// The options of CREATE and ALTER SEQUENCE and of identity columns: which values they give a
/// sequence, with PostgreSQL's checks in PostgreSQL's order (init_params). Pure.
struct SequenceOptions {
    /// What the options make of a sequence.
    struct Outcome {
        var definition: SequenceDefinition
        var position: SequencePosition
        /// Options that concern the values to come were given: the state gets a new generation.
        var changesState: Bool
        /// OWNED BY, nil if not given.
        var ownedBy: [String]?
    }

    /// One of each option, as written.
    private var asType: DefinitionElement?
    private var start: DefinitionElement?
    private var restart: DefinitionElement?
    private var increment: DefinitionElement?
    private var maximum: DefinitionElement?
    private var minimum: DefinitionElement?
    private var cache: DefinitionElement?
    private var cycle: DefinitionElement?
    private var ownedBy: [String]?
    private var changesState = false
    /// Byte location → character position.
    private let position: (Int) -> Int?

    /// - Throws: 42601 for an option given twice, and for SEQUENCE NAME.
    init(
        _ options: [DefinitionElement], position: @escaping (Int) -> Int?
    ) throws(SQLError) {
        self.position = position
        for option in options {
            switch option.name {
            case "as": try take(option, \.asType)
            case "start": try take(option, \.start)
            case "restart": try take(option, \.restart)
            case "increment": try take(option, \.increment)
            case "maxvalue": try take(option, \.maximum)
            case "minvalue": try take(option, \.minimum)
            case "cache": try take(option, \.cache)
            case "cycle": try take(option, \.cycle)
            case "owned_by":
                if ownedBy != nil { throw conflict(option) }
                guard case .names(let names) = option.value else { throw conflict(option) }
                ownedBy = names
            case "sequence_name":
                throw SQLError(.syntaxError, "invalid sequence option SEQUENCE NAME")
                    .at(position: position(option.location))
            default:
                throw SQLError(.syntaxError, "option \"\(option.name)\" not recognized")
            }
        }
    }

    private mutating func take(
        _ option: DefinitionElement,
        _ field: WritableKeyPath<SequenceOptions, DefinitionElement?>
    ) throws(SQLError) {
        if self[keyPath: field] != nil { throw conflict(option) }
        self[keyPath: field] = option
        changesState = true
    }

    private func conflict(_ option: DefinitionElement) -> SQLError {
        SQLError(.syntaxError, "conflicting or redundant options")
            .at(position: position(option.location))
    }

    /// - Parameters:
    ///   - current: the sequence to alter and where it stands; nil makes a new one.
    ///   - resolve: reads the type of AS.
    /// - Throws: 22023 and 22003.
    func apply(
        to current: (definition: SequenceDefinition, position: SequencePosition)?,
        isIdentity: Bool, resolve: (TypeNameSyntax) throws(SQLError) -> OID
    ) throws(SQLError) -> Outcome {
        let isNew = current == nil
        var result =
            current?.definition
            ?? SequenceDefinition(
                type: .int8, start: 1, increment: 1, minimum: 1, maximum: 1, cache: 1,
                cycle: false)
        var resetsMinimum = false
        var resetsMaximum = false
        if case .typeName(let name) = asType?.value {
            let type = try resolve(name)
            guard SequenceOptions.bounds(of: type) != nil else {
                let what = isIdentity ? "identity column" : "sequence"
                throw invalid("\(what) type must be smallint, integer, or bigint")
            }
            if let current, let old = SequenceOptions.bounds(of: current.definition.type) {
                resetsMaximum = current.definition.maximum == old.upperBound
                resetsMinimum = current.definition.minimum == old.lowerBound
            }
            result.type = type
        }
        if let increment {
            result.increment = try number(increment)
            if result.increment == 0 { throw invalid("INCREMENT must not be zero") }
        }
        if let cycle { result.cycle = cycle.value.isTrue }
        try applyBounds(&result, isNew, resetsMinimum, resetsMaximum)
        if let start {
            result.start = try number(start)
        } else if isNew {
            result.start = result.increment > 0 ? result.minimum : result.maximum
        }
        try check("START", result.start, result)

        var position =
            current?.position ?? SequencePosition(lastValue: result.start, isCalled: false)
        if let restart {
            position.lastValue = restart.value.isNone ? result.start : try number(restart)
            position.isCalled = false
        }
        try check("RESTART", position.lastValue, result)
        if let cache {
            result.cache = try number(cache)
            if result.cache <= 0 {
                throw invalid("CACHE (\(result.cache)) must be greater than zero")
            }
        }
        return Outcome(
            definition: result, position: position, changesState: changesState, ownedBy: ownedBy)
    }

    private func applyBounds(
        _ result: inout SequenceDefinition, _ isNew: Bool, _ resetsMinimum: Bool,
        _ resetsMaximum: Bool
    ) throws(SQLError) {
        let bounds = SequenceOptions.bounds(of: result.type) ?? Int64.min...Int64.max
        let typeName = SQLType(oid: result.type, modifier: -1).name
        if let maximum, !maximum.value.isNone {
            result.maximum = try number(maximum)
        } else if isNew || maximum != nil || resetsMaximum {
            result.maximum = result.increment > 0 || resetsMaximum ? bounds.upperBound : -1
        }
        if !bounds.contains(result.maximum) {
            throw invalid(
                "MAXVALUE (\(result.maximum)) is out of range for sequence data type \(typeName)")
        }
        if let minimum, !minimum.value.isNone {
            result.minimum = try number(minimum)
        } else if isNew || minimum != nil || resetsMinimum {
            result.minimum = result.increment < 0 || resetsMinimum ? bounds.lowerBound : 1
        }
        if !bounds.contains(result.minimum) {
            throw invalid(
                "MINVALUE (\(result.minimum)) is out of range for sequence data type \(typeName)")
        }
        if result.minimum >= result.maximum {
            throw invalid(
                "MINVALUE (\(result.minimum)) must be less than MAXVALUE (\(result.maximum))")
        }
    }

    /// START and RESTART lie within the bounds.
    private func check(
        _ name: String, _ value: Int64, _ definition: SequenceDefinition
    ) throws(SQLError) {
        if value < definition.minimum {
            throw invalid(
                "\(name) value (\(value)) cannot be less than MINVALUE (\(definition.minimum))")
        }
        if value > definition.maximum {
            throw invalid(
                "\(name) value (\(value)) cannot be greater than MAXVALUE (\(definition.maximum))")
        }
    }

    /// - Throws: 22003 for what does not fit a bigint, 42601 without a number.
    private func number(_ option: DefinitionElement) throws(SQLError) -> Int64 {
        switch option.value {
        case .integer(let value): return Int64(value)
        case .float(let digits):
            if let value = Int64(digits) { return value }
            let isInteger = digits.utf8.allSatisfy {
                ($0 >= 48 && $0 <= 57) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+")
            }
            if isInteger {
                throw SQLError(
                    .numericValueOutOfRange,
                    "value \"\(digits)\" is out of range for type bigint")
            }
            throw SQLError(
                .invalidTextRepresentation,
                "invalid input syntax for type bigint: \"\(digits)\"")
        default:
            throw SQLError(.syntaxError, "\(option.name) requires a numeric value")
        }
    }

    private func invalid(_ message: String) -> SQLError {
        SQLError(.invalidParameterValue, message)
    }

    /// Nil for types that no sequence can have.
    static func bounds(of type: OID) -> ClosedRange<Int64>? {
        switch type {
        case .int2: Int64(Int16.min)...Int64(Int16.max)
        case .int4: Int64(Int32.min)...Int64(Int32.max)
        case .int8: Int64.min...Int64.max
        default: nil
        }
    }
}

extension DefinitionElement.Value {
    var isNone: Bool {
        if case .none = self { return true }
        return false
    }

    /// As defGetBoolean() for options that the grammar gives as Booleans; no value is true.
    var isTrue: Bool {
        switch self {
        case .boolean(let value): value
        case .integer(let value): value != 0
        case .none: true
        default: false
        }
    }
}
