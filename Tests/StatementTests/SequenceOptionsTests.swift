import Base
import Catalog
import Parse
import Sequences
import Testing
import Types

@testable import Statement

/// Values and messages are PostgreSQL 15's.
@Suite struct SequenceOptionsTests {
    private typealias Current = (definition: SequenceDefinition, position: SequencePosition)

    /// The options as the grammar gives them.
    private func apply(
        _ options: String, to current: Current? = nil, isIdentity: Bool = false
    ) throws(SQLError) -> SequenceOptions.Outcome {
        let command = current == nil ? "CREATE" : "ALTER"
        let statements = try Parser.parse("\(command) SEQUENCE s \(options)")
        let elements: [DefinitionElement] =
            switch statements[0].statement {
            case .createSequence(let create): create.options
            case .alterSequence(let alter): alter.options
            default: []
            }
        return try SequenceOptions(elements) { $0 < 0 ? nil : $0 + 1 }.apply(
            to: current, isIdentity: isIdentity
        ) { name throws(SQLError) in
            let types: [String: OID] = ["int2": .int2, "int4": .int4, "int8": .int8, "text": .text]
            guard let type = types[name.names.last ?? ""] else {
                throw SQLError(.undefinedObject, "no type")
            }
            return type
        }
    }

    private func failure(_ options: String, to current: Current? = nil) -> String {
        do throws(SQLError) {
            _ = try apply(options, to: current)
            return ""
        } catch {
            return "\(error.state): \(error.message)"
        }
    }

    @Test func defaults() throws {
        let ascending = try apply("").definition
        #expect(ascending.minimum == 1)
        #expect(ascending.maximum == .max)
        #expect(ascending.start == 1)
        let descending = try apply("AS smallint INCREMENT -2")
        #expect(descending.definition.maximum == -1)
        #expect(descending.definition.minimum == -32768)
        #expect(descending.definition.start == -1)
        #expect(descending.position == SequencePosition(lastValue: -1, isCalled: false))
        #expect(try apply("MINVALUE 5 NO MAXVALUE AS integer").definition.start == 5)
        #expect(try apply("START 7 RESTART 9").position.lastValue == 9)
    }

    @Test(arguments: [
        ("INCREMENT 0", "22023: INCREMENT must not be zero"),
        ("CACHE 0", "22023: CACHE (0) must be greater than zero"),
        ("MINVALUE 5 MAXVALUE 5", "22023: MINVALUE (5) must be less than MAXVALUE (5)"),
        ("MINVALUE 5 START 4", "22023: START value (4) cannot be less than MINVALUE (5)"),
        ("MAXVALUE 5 START 6", "22023: START value (6) cannot be greater than MAXVALUE (5)"),
        ("MAXVALUE 5 RESTART 6", "22023: RESTART value (6) cannot be greater than MAXVALUE (5)"),
        (
            "AS smallint MAXVALUE 100000",
            "22023: MAXVALUE (100000) is out of range for sequence data type smallint"
        ),
        (
            "AS smallint MINVALUE -100000",
            "22023: MINVALUE (-100000) is out of range for sequence data type smallint"
        ),
        ("AS text", "22023: sequence type must be smallint, integer, or bigint"),
        ("CACHE 1 CACHE 2", "42601: conflicting or redundant options"),
        (
            "MAXVALUE 99999999999999999999",
            "22003: value \"99999999999999999999\" is out of range for type bigint"
        ),
        ("START 1.5", "22P02: invalid input syntax for type bigint: \"1.5\""),
        ("SEQUENCE NAME x", "42601: invalid sequence option SEQUENCE NAME"),
    ])
    func refused(options: String, message: String) {
        #expect(failure(options) == message)
    }

    @Test func changes() throws {
        let made = try apply("AS smallint")
        let current = (made.definition, SequencePosition(lastValue: 40, isCalled: true))
        // Bounds that were the type's follow the type; chosen ones stay.
        let wider = try apply("AS integer", to: current)
        #expect(wider.definition.maximum == Int64(Int32.max))
        #expect(wider.definition.minimum == 1)
        #expect(wider.position == current.1)
        #expect(wider.changesState)
        var chosen = current
        chosen.0.maximum = 100
        #expect(try apply("AS bigint", to: chosen).definition.maximum == 100)
        // Where the sequence stands must stay within the bounds.
        #expect(
            failure("MAXVALUE 30", to: current)
                == "22023: RESTART value (40) cannot be greater than MAXVALUE (30)")
        #expect(try apply("RESTART", to: current).position.lastValue == 1)
        #expect(try apply("RESTART WITH 7", to: current).position.isCalled == false)
        let owned = try apply("OWNED BY NONE", to: current)
        #expect(owned.ownedBy == ["none"])
        #expect(!owned.changesState)
    }
}
