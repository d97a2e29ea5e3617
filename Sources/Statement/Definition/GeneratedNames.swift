internal import Base
internal import Catalog

/// Names that PostgreSQL makes for sequences, indexes and constraints without one.
enum GeneratedNames {
    /// `first_second_label`, where the longer of the first two is cut until all fits.
    static func objectName(_ first: String, _ second: String?, _ label: String?) -> String {
        var available = Identifier.bytesMax
        if second != nil { available -= 1 }
        if let label { available -= label.utf8.count + 1 }
        var firstCount = first.utf8.count
        var secondCount = second?.utf8.count ?? 0
        while firstCount + secondCount > available {
            if firstCount > secondCount { firstCount -= 1 } else { secondCount -= 1 }
        }
        var name = Identifier.clipped(first, to: firstCount)
        if let second { name += "_" + Identifier.clipped(second, to: secondCount) }
        if let label { name += "_" + label }
        return name
    }

    /// As `objectName`, with 1, 2 … after the label until `isTaken` says no.
    static func freeName(
        _ first: String, _ second: String?, _ label: String, isTaken: (String) -> Bool
    ) -> String {
        var number = 0
        while true {
            let name = objectName(first, second, number == 0 ? label : "\(label)\(number)")
            if !isTaken(name) { return name }
            number += 1
        }
    }

    /// The middle of an index's name: its columns joined, `expr` for expressions.
    static func columnsPart(_ names: [String]) -> String {
        var result = ""
        for name in names {
            if !result.isEmpty { result += "_" }
            result += name
            if result.utf8.count >= 64 { break }
        }
        return result
    }
}

extension DefinitionExecutor {
    /// A free relation name in `namespace`; for an index that serves a constraint also free among
    /// the constraints there.
    func freeRelationName(
        _ first: String, _ second: String?, _ label: String, in namespace: OID,
        isConstraint: Bool = false, except taken: Set<String> = []
    ) -> String {
        let snapshot = snapshot
        return GeneratedNames.freeName(first, second, label) { name in
            taken.contains(name)
                || snapshot.relation(named: name, namespace: namespace) != nil
                || (isConstraint && hasConstraint(named: name, in: namespace))
        }
    }

    func freeConstraintName(
        _ first: String, _ second: String?, _ label: String, in namespace: OID,
        except taken: Set<String>
    ) -> String {
        GeneratedNames.freeName(first, second, label) { name in
            taken.contains(name) || hasConstraint(named: name, in: namespace)
        }
    }

    private func hasConstraint(named name: String, in namespace: OID) -> Bool {
        snapshot.hasConstraint(named: name, in: namespace)
    }
}
