internal import Base
internal import Catalog

/// Which objects go when some are dropped, and what is said about it: PostgreSQL's dependency.c.
///
/// The walk visits an object's dependents first, newest first, so that they stand before it in the
/// list; reports read the list backwards.
struct DependencyDeletion {
    enum Behavior {
        case restrict
        case cascade
    }

    /// Why an object is in the list.
    struct Reason: OptionSet {
        let rawValue: Int
        static let original = Reason(rawValue: 1)
        static let normal = Reason(rawValue: 2)
        static let automatic = Reason(rawValue: 4)
        static let `internal` = Reason(rawValue: 8)
        /// Stands before the one that it would be reported through.
        static let reverse = Reason(rawValue: 16)
        static let subobject = Reason(rawValue: 32)
    }

    struct Entry {
        var object: ObjectAddress
        var reason: Reason
        /// What it depends on.
        var dependee: ObjectAddress
    }

    private struct Level {
        var object: ObjectAddress
        var reason: Reason
    }

    private let snapshot: CatalogSnapshot
    private let scope: CatalogScope
    private let originals: [ObjectAddress]
    private(set) var entries: [Entry] = []
    private var stack: [Level] = []

    private static let reportedCountMax = 100
    private static let depthMax = 1000

    /// - Throws: 2BP01 for an object that another one owns (`… requires it`).
    init(
        of objects: [ObjectAddress], in scope: CatalogScope, snapshot: CatalogSnapshot
    ) throws(SQLError) {
        self.snapshot = snapshot
        self.scope = scope
        originals = objects
        for object in objects { try visit(object, .original) }
    }

    // MARK: The walk

    private mutating func visit(_ object: ObjectAddress, _ reason: Reason) throws(SQLError) {
        if addReason(reason, ofStacked: object) || addReason(reason, ofListed: object) { return }
        if stack.count > DependencyDeletion.depthMax {
            throw SQLError(.statementTooComplex, "stack depth limit exceeded")
        }
        var owner: ObjectAddress?
        for dependency in snapshot.dependencies(of: object)
        where dependency.kind == .internal && covers(dependency.dependent, object) {
            if stack.isEmpty {
                // Fine if the owner is to be dropped by the same command.
                if originals.contains(where: { covers($0, dependency.referenced) }) { return }
                owner = dependency.referenced
                continue
            }
            if addReason([], ofStacked: dependency.referenced) { continue }
            // Dropping the part means dropping the whole.
            try visit(dependency.referenced, .reverse)
            return
        }
        if stack.isEmpty {
            // A part of an index on a partitioned table goes with the whole only.
            for dependency in snapshot.dependencies(of: object)
            where dependency.kind == .partitionPrimary && covers(dependency.dependent, object) {
                if originals.contains(where: { covers($0, dependency.referenced) }) { return }
                owner = dependency.referenced
            }
        }
        if let owner {
            let other = scope.description(of: owner)
            throw SQLError(
                .dependentObjectsStillExist,
                "cannot drop \(scope.description(of: object)) because \(other) requires it"
            ).hint("You can drop \(other) instead.")
        }
        stack.append(Level(object: object, reason: reason))
        for (dependent, reason) in dependents(of: object) { try visit(dependent, reason) }
        let level = stack.removeLast()
        let dependee = stack.last?.object ?? object
        entries.append(Entry(object: object, reason: level.reason, dependee: dependee))
    }

    /// Newest first.
    private func dependents(of object: ObjectAddress) -> [(ObjectAddress, Reason)] {
        var found: [(ObjectAddress, Reason)] = []
        for dependency in snapshot.dependents(on: object) {
            let dependent = dependency.dependent
            if dependent.classID == object.classID, dependent.objectID == object.objectID,
                object.subID == 0
            {
                continue
            }
            let reason: Reason =
                switch dependency.kind {
                case .normal: .normal
                case .automatic, .partitionPrimary, .partitionSecondary: .automatic
                case .internal: .internal
                }
            found.append((dependent, reason))
        }
        return found.sorted { left, right in
            let (a, b) = (left.0, right.0)
            if a.objectID != b.objectID { return a.objectID > b.objectID }
            if a.classID != b.classID { return a.classID < b.classID }
            // Defaults share their table's OID; the later column's was made later.
            if a.classID == SystemOID.columnDefault { return a.subID > b.subID }
            return a.subID < b.subID
        }
    }

    /// True if `whole` is `part` or contains it.
    private func covers(_ whole: ObjectAddress, _ part: ObjectAddress) -> Bool {
        whole.classID == part.classID && whole.objectID == part.objectID
            && (whole.subID == part.subID || whole.subID == 0)
    }

    /// True if the object, or the whole that it is a part of, is on the stack. A part that is there
    /// when its whole comes is marked: it goes with the whole.
    private mutating func addReason(_ reason: Reason, ofStacked object: ObjectAddress) -> Bool {
        var isThere = false
        for index in stack.indices {
            if stack[index].object == object {
                stack[index].reason.formUnion(reason)
                isThere = true
            } else if covers(stack[index].object, object) {
                isThere = true
            } else if covers(object, stack[index].object) {
                stack[index].reason.formUnion(reason.union(.subobject))
            }
        }
        return isThere
    }

    /// The same for the objects that are listed.
    private mutating func addReason(_ reason: Reason, ofListed object: ObjectAddress) -> Bool {
        var isThere = false
        for index in entries.indices {
            if entries[index].object == object {
                entries[index].reason.formUnion(reason)
                isThere = true
            } else if covers(entries[index].object, object) {
                isThere = true
            } else if covers(object, entries[index].object) {
                entries[index].reason.formUnion(reason.union(.subobject))
            }
        }
        return isThere
    }

    // MARK: The report

    /// - Returns: the notice about what goes too, if any.
    /// - Throws: 2BP01 where RESTRICT forbids it.
    func report(_ behavior: Behavior) throws(SQLError) -> SQLError? {
        var lines: [String] = []
        var unreportedCount = 0
        for entry in entries.reversed() {
            if entry.reason.contains(.original) || entry.reason.contains(.subobject) { continue }
            if !entry.reason.isDisjoint(with: [.automatic, .internal]) { continue }
            if lines.count >= DependencyDeletion.reportedCountMax {
                unreportedCount += 1
                continue
            }
            let name = scope.description(of: entry.object)
            lines.append(
                behavior == .restrict
                    ? "\(name) depends on \(scope.description(of: entry.dependee))"
                    : "drop cascades to \(name)")
        }
        if lines.isEmpty { return nil }
        let total = lines.count + unreportedCount
        var detail = lines.joined(separator: "\n")
        if unreportedCount > 0 {
            let noun = unreportedCount == 1 ? "object" : "objects"
            detail += "\nand \(unreportedCount) other \(noun) (see server log for list)"
        }
        if behavior == .restrict {
            let message =
                originals.count == 1
                ? "cannot drop \(scope.description(of: originals[0])) because other objects depend on it"
                : "cannot drop desired object(s) because other objects depend on them"
            throw SQLError(.dependentObjectsStillExist, message).detail(detail)
                .hint("Use DROP ... CASCADE to drop the dependent objects too.")
        }
        if total == 1 {
            return SQLError(.successfulCompletion, lines[0], severity: .notice)
        }
        return SQLError(
            .successfulCompletion, "drop cascades to \(total) other objects", severity: .notice
        ).detail(detail)
    }
}
