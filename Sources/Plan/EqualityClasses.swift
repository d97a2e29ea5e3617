internal import Base
internal import Catalog
internal import Query
internal import Types

/// Columns of different items that conditions make equal: `a.x = b.y AND b.y = c.z` are one class of
/// three, of which any two may be joined by; a value that one has all have.
struct EqualityClasses {
    struct Member {
        var item: Int
        var variable: Variable
    }
    struct Class {
        /// The equality, of two values of one type.
        var function: OID
        var members: [Member]
        /// What all of them are equal to, where that is known before any row.
        var constant: Expression?
        /// The conditions that it stands for.
        var conjuncts: [Conjunct]
    }
    private(set) var classes: [Class] = []
    /// Conditions that make a member equal to the constant, by item: those that are not written.
    private var implied: [(item: Int, expression: Expression)] = []

    init() {}

    /// - Parameters:
    ///   - conjuncts: those about several items.
    ///   - trees: the items.
    init(_ conjuncts: [Conjunct], _ trees: [JoinTree]) {
        for conjunct in conjuncts where !conjunct.isVolatile {
            guard case .call(let function, let arguments, _) = conjunct.expression,
                arguments.count == 2,
                let comparison = Comparison.function(function), comparison.strategy == .equal,
                comparison.left == comparison.right,
                let left = EqualityClasses.member(arguments[0], trees),
                let right = EqualityClasses.member(arguments[1], trees)
            else { continue }
            add(function, left, right, conjunct)
        }
    }

    private static func member(_ expression: Expression, _ trees: [JoinTree]) -> Member? {
        guard case .variable(let variable) = expression, variable.levelsUp == 0,
            let item = trees.firstIndex(where: { $0.relations.contains(variable.relation) })
        else { return nil }
        return Member(item: item, variable: variable)
    }

    private func index(of member: Member, _ function: OID) -> Int? {
        classes.firstIndex {
            $0.function == function && $0.members.contains { $0.variable == member.variable }
        }
    }

    /// Joins two columns; not where an item would have two in one class, whose equality is a condition
    /// of the item by itself.
    private mutating func add(
        _ function: OID, _ left: Member, _ right: Member, _ conjunct: Conjunct
    ) {
        let first = index(of: left, function)
        let second = index(of: right, function)
        let some = first.map { classes[$0] }
        let other = second.map { classes[$0] }
        if let first, first == second {
            classes[first].conjuncts.append(conjunct)
            return
        }
        let members = some?.members ?? [left]
        let more = other?.members ?? [right]
        if members.contains(where: { known in more.contains { $0.item == known.item } }) { return }
        let joined = Class(
            function: function, members: members + more, constant: nil,
            conjuncts: (some?.conjuncts ?? []) + (other?.conjuncts ?? []) + [conjunct])
        for index in [first, second].compactMap({ $0 }).sorted(by: >) { classes.remove(at: index) }
        classes.append(joined)
    }

    /// True if a class stands for the condition.
    func contains(_ conjunct: Conjunct) -> Bool {
        classes.contains { known in
            known.conjuncts.contains { $0.expression.isSame(as: conjunct.expression) }
        }
    }

    /// Takes note of values that conditions give to members: all others of their class have them.
    mutating func takeConstants(from conjuncts: [Conjunct]) {
        for index in classes.indices {
            let known = classes[index]
            var given: [(member: Int, value: Expression)] = []
            for conjunct in conjuncts where !conjunct.isVolatile && conjunct.relations.count == 1 {
                guard case .call(known.function, let arguments, _) = conjunct.expression else {
                    continue
                }
                for (column, value) in [(0, 1), (1, 0)] {
                    guard case .variable(let variable) = arguments[column],
                        arguments[value].relations.isEmpty,
                        !arguments[value].contains({ $0.isSubquery }),
                        let member = known.members.firstIndex(where: { $0.variable == variable })
                    else { continue }
                    given.append((member, arguments[value]))
                }
            }
            guard let first = given.first else { continue }
            classes[index].constant = first.value
            for (number, member) in known.members.enumerated()
            where !given.contains(where: { $0.member == number }) {
                implied.append(
                    (
                        member.item,
                        .call(
                            function: known.function,
                            arguments: [.variable(member.variable), first.value],
                            type: .plain(.bool))
                    ))
            }
            // Different values for different members: their equality still has to be tested.
            if given.contains(where: { !$0.value.isSame(as: first.value) }) {
                classes[index].constant = nil
            }
        }
    }

    /// What the classes' constants mean for an item, beyond what is written about it.
    func constants(of item: Int) -> [Expression] {
        implied.filter { $0.item == item }.map(\.expression)
    }
}
