public import Base
internal import Execute
internal import Functions
internal import Parse
internal import Types

/// A simple query whose literals are taken as parameters, so that statements which differ in
/// literals only share one prepared statement (design.md section 8).
public struct LiteralStatement {
    let literals: LiteralText
    let text: [UInt8]

    /// Nil where that is not worth while, or may mean something else.
    init?(_ text: [UInt8]) {
        let scanned = text.span.bytes.withUnsafeBytes { bytes -> LiteralText? in
            guard let scanned = LiteralText(scanning: bytes) else { return nil }
            // With their sign the least integers fit where their digits do not: the grammar knows.
            for (index, literal) in scanned.literals.enumerated()
            where literal.kind == .bigInteger || literal.kind == .numeric {
                let content = scanned.bytes(index, in: bytes)
                if LiteralStatement.leastIntegers.contains(content) { return nil }
            }
            return scanned
        }
        guard let scanned else { return nil }
        literals = scanned
        self.text = text
    }

    private static let leastIntegers = [Array("-2147483648".utf8), Array("-9223372036854775808".utf8)]

    /// By what the cache knows it; no text of a statement begins with this byte.
    var cacheKey: [UInt8] { [0xFF] + literals.key }

    /// What the literals are as constants: strings are unknown until their use tells.
    var parameterTypes: [OID] {
        literals.literals.map { literal in
            switch literal.kind {
            case .integer: .int4
            case .bigInteger: .int8
            case .numeric: .numeric
            case .string: .invalid
            }
        }
    }

    /// The literals' values for a statement that takes `types`. Nil: one of them does not fit, and the
    /// statement as written tells the error better.
    func values(types: [OID], context: TypeContext, arena: Arena) -> [Datum]? {
        guard types.count == literals.literals.count else { return nil }
        return text.span.bytes.withUnsafeBytes { bytes in
            var values: [Datum] = []
            values.reserveCapacity(types.count)
            for (index, type) in types.enumerated() {
                if let integer = literals.integer(index, in: bytes) {
                    guard type == .int4 || type == .int8 else { return nil }
                    values.append(Datum(word: integer))
                    continue
                }
                let content = literals.bytes(index, in: bytes)
                do throws(SQLError) {
                    values.append(
                        try content.span.bytes.withUnsafeBytes { (content) throws(SQLError) in
                            try TypeIO.input(
                                content, type: SQLType(type), context: context, arena: arena)
                        })
                } catch {
                    return nil
                }
            }
            return values
        }
    }
}

extension StatementRunner {
    /// The query with its literals as parameters, if there is sense in that.
    public func literalStatement(_ text: [UInt8]) -> LiteralStatement? { LiteralStatement(text) }

    /// What an earlier query of the same shape has prepared.
    public func cached(_ statement: LiteralStatement) -> PreparedStatement? {
        let known = cached(statement.cacheKey, parameterTypes: statement.parameterTypes)
        return known?.isCostly == true ? nil : known
    }

    /// Prepares the query's shape. Nil: its literals cannot be parameters, or it fails and has to
    /// fail as it is written. Needs a transaction.
    public func prepare(_ statement: LiteralStatement) -> PreparedStatement? {
        // A long query is worth a plan for its own values.
        let known = cached(statement.cacheKey, parameterTypes: statement.parameterTypes)
        if known?.isCostly == true { return nil }
        do throws(SQLError) {
            let parsed = try statement.text.span.bytes.withUnsafeBytes {
                (bytes) throws(SQLError) in
                // The lexer's notices come with the text as it is written.
                Parser.mayHaveLongIdentifier(bytes)
                    ? nil : try Parser.parse(bytes, replacing: statement.literals)
            }
            guard let parsed else { return nil }
            let prepared = try prepare(
                parsed, text: statement.text, parameterTypes: statement.parameterTypes,
                cacheKey: statement.cacheKey)
            return prepared.isCostly ? nil : prepared
        } catch {
            return nil
        }
    }

    /// The parameters of `prepared` that the literals stand for; valid until the next call. Nil as for
    /// `prepare`.
    public func parameters(
        of statement: LiteralStatement, for prepared: PreparedStatement
    ) -> [Datum]? {
        session.refreshTypeSettings()
        literalArena.reset()
        return statement.values(
            types: prepared.parameterTypes, context: session.functions.types,
            arena: literalArena)
    }
}
