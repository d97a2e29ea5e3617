internal import Base
internal import Catalog

/// The errors of violated constraints, with PostgreSQL's texts and fields.
enum ConstraintErrors {
    /// How many characters of a value a DETAIL shows.
    static let valueCharactersMax = 64

    static func notNull(
        _ table: Relation, schema: String, column: Column, row: String?
    ) -> SQLError {
        SQLError(
            .notNullViolation,
            "null value in column \"\(column.name)\" of relation \"\(table.name)\" "
                + "violates not-null constraint"
        ).with {
            $0.detail = failingRow(row)
            $0.schemaName = schema
            $0.tableName = table.name
            $0.columnName = column.name
        }
    }

    static func check(_ table: Relation, schema: String, constraint: String, row: String?)
        -> SQLError
    {
        SQLError(
            .checkViolation,
            "new row for relation \"\(table.name)\" violates check constraint \"\(constraint)\""
        ).with {
            $0.detail = failingRow(row)
            $0.schemaName = schema
            $0.tableName = table.name
            $0.constraintName = constraint
        }
    }

    /// WITH CHECK OPTION.
    static func viewCheck(_ view: String, row: String?) -> SQLError {
        SQLError(
            .withCheckOptionViolation, "new row violates check option for view \"\(view)\""
        ).with { $0.detail = failingRow(row) }
    }

    static func partition(_ table: Relation, schema: String, row: String?) -> SQLError {
        SQLError(
            .checkViolation,
            "new row for relation \"\(table.name)\" violates partition constraint"
        ).with {
            $0.detail = failingRow(row)
            $0.schemaName = schema
            $0.tableName = table.name
        }
    }

    private static func failingRow(_ row: String?) -> String? {
        row.map { "Failing row contains \($0)." }
    }

    /// - Parameter key: `(a, b)=(1, 2)`; nil: the user may not read it.
    static func unique(_ table: Relation, schema: String, index: String, key: String?) -> SQLError {
        SQLError(
            .uniqueViolation, "duplicate key value violates unique constraint \"\(index)\""
        ).with {
            $0.detail = key.map { "Key \($0) already exists." }
            $0.schemaName = schema
            $0.tableName = table.name
            $0.constraintName = index
        }
    }

    /// - Parameters:
    ///   - key: `(a, b)=(1, 2)`.
    ///   - existing: of the row that is there.
    static func exclusion(
        _ table: Relation, schema: String, constraint: String, key: String?, existing: String?
    ) -> SQLError {
        SQLError(
            .exclusionViolation,
            "conflicting key value violates exclusion constraint \"\(constraint)\""
        ).with {
            $0.detail = key.map {
                "Key \($0) conflicts with existing key \(existing ?? $0)."
            }
            $0.schemaName = schema
            $0.tableName = table.name
            $0.constraintName = constraint
        }
    }

    /// ON CONFLICT with a deferrable constraint for its arbiter.
    static func deferrableArbiter(
        _ table: Relation, schema: String, constraint: String
    ) -> SQLError {
        SQLError(
            .objectNotInPrerequisiteState,
            "ON CONFLICT does not support deferrable unique constraints/exclusion constraints as arbiters"
        ).with {
            $0.schemaName = schema
            $0.tableName = table.name
            $0.constraintName = constraint
        }
    }

    /// CREATE UNIQUE INDEX over rows with equal keys.
    static func notUnique(
        _ table: Relation, schema: String, index: String, key: String?
    ) -> SQLError {
        SQLError(.uniqueViolation, "could not create unique index \"\(index)\"").with {
            $0.detail = key.map { "Key \($0) is duplicated." }
            $0.schemaName = schema
            $0.tableName = table.name
            $0.constraintName = index
        }
    }

    /// EXCLUDE over rows with equal keys.
    static func notExclusive(
        _ table: Relation, schema: String, constraint: String, key: String?, existing: String?
    ) -> SQLError {
        SQLError(
            .exclusionViolation, "could not create exclusion constraint \"\(constraint)\""
        ).with {
            $0.detail = key.map { "Key \($0) conflicts with key \(existing ?? $0)." }
            $0.schemaName = schema
            $0.tableName = table.name
            $0.constraintName = constraint
        }
    }

    static func missingReference(
        _ referencing: Relation, schema: String, constraint: String, key: String?,
        referenced: Relation
    ) -> SQLError {
        foreignKey(referencing, schema, constraint).detail(
            "Key \(key.map { $0 + " " } ?? "")is not present in table \"\(referenced.name)\".")
    }

    static func mixedNulls(_ referencing: Relation, schema: String, constraint: String) -> SQLError
    {
        foreignKey(referencing, schema, constraint).detail(
            "MATCH FULL does not allow mixing of null and nonnull key values.")
    }

    private static func foreignKey(
        _ referencing: Relation, _ schema: String, _ constraint: String
    ) -> SQLError {
        SQLError(
            .foreignKeyViolation,
            "insert or update on table \"\(referencing.name)\" violates foreign key constraint "
                + "\"\(constraint)\""
        ).with {
            $0.schemaName = schema
            $0.tableName = referencing.name
            $0.constraintName = constraint
        }
    }

    static func stillReferenced(
        _ referenced: Relation, referencing: Relation, schema: String, constraint: String,
        key: String?
    ) -> SQLError {
        SQLError(
            .foreignKeyViolation,
            "update or delete on table \"\(referenced.name)\" violates foreign key constraint "
                + "\"\(constraint)\" on table \"\(referencing.name)\""
        ).with {
            $0.detail =
                "Key \(key.map { $0 + " " } ?? "")is still referenced from table "
                + "\"\(referencing.name)\"."
            $0.schemaName = schema
            $0.tableName = referencing.name
            $0.constraintName = constraint
        }
    }

    /// A row that moves out of a partitioned table which a foreign key refers to, below the
    /// statement's.
    static func referencedAncestor(_ ancestor: String, of root: String) -> SQLError {
        SQLError(
            .featureNotSupported,
            "cannot move tuple across partitions when a non-root ancestor of the source partition is directly referenced in a foreign key"
        ).detail(
            "A foreign key points to ancestor \"\(ancestor)\" but not the root ancestor \"\(root)\"."
        ).hint("Consider defining the foreign key on table \"\(root)\".")
    }

    static var mergeChangesTwice: SQLError {
        SQLError(.cardinalityViolation, "MERGE command cannot affect row a second time")
            .hint("Ensure that not more than one source row matches any one target row.")
    }

    static var conflictUpdatesTwice: SQLError {
        SQLError(
            .cardinalityViolation,
            "ON CONFLICT DO UPDATE command cannot affect row a second time"
        ).hint(
            "Ensure that no rows proposed for insertion within the same command have duplicate "
                + "constrained values.")
    }

    static var concurrentUpdate: SQLError {
        SQLError(
            .serializationFailure, "could not serialize access due to concurrent update")
    }
    static var concurrentDelete: SQLError {
        SQLError(
            .serializationFailure, "could not serialize access due to concurrent delete")
    }

    static var movedAway: SQLError {
        SQLError(
            .serializationFailure,
            "tuple to be locked was already moved to another partition due to concurrent update")
    }

    static func lockNotAvailable(_ table: Relation) -> SQLError {
        SQLError(
            .lockNotAvailable,
            "could not obtain lock on row in relation \"\(table.name)\"")
    }

    /// A value as DETAIL shows it: cut after `valueCharactersMax` bytes, at a character.
    static func shortened(_ text: String) -> String {
        if text.utf8.count <= valueCharactersMax { return text }
        var size = 0
        var shown = ""
        for scalar in text.unicodeScalars {
            size += String(scalar).utf8.count
            if size > valueCharactersMax { break }
            shown.unicodeScalars.append(scalar)
        }
        return shown + "..."
    }
}
