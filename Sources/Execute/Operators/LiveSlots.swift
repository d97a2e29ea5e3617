internal import Query

/// Which of an operator's output slots something above it reads. The others need no values: joins
/// carry the columns that only their conditions need no further, and scans decode what only their
/// filters need for no other row. Slots that nobody reads hold empty values.
struct LiveSlots {
    /// A bit a slot; nil: all are read, as far as is known.
    private var bits: UInt64?

    /// Everything is read.
    static let all = LiveSlots(bits: nil)
    static let none = LiveSlots(bits: 0)

    private init(bits: UInt64?) { self.bits = bits }

    /// The slots of expressions.
    init(of expressions: [Expression]) {
        bits = 0
        for expression in expressions { insert(slotsOf: expression) }
    }

    func contains(_ slot: Int) -> Bool {
        guard let bits else { return true }
        return slot < 64 && bits >> UInt64(slot) & 1 != 0
    }

    /// With what expressions over the same slots read.
    func reading(_ expressions: [Expression]) -> LiveSlots {
        var result = self
        for expression in expressions { result.insert(slotsOf: expression) }
        return result
    }

    /// The first `count` slots: a join's left side.
    func left(_ count: Int) -> LiveSlots {
        guard let bits, count < 64 else { return self }
        return LiveSlots(bits: bits & (1 << UInt64(count) - 1))
    }

    /// Those behind the first `count`, from 0 on: a join's right side.
    func right(_ count: Int) -> LiveSlots {
        guard let bits else { return self }
        return LiveSlots(bits: count < 64 ? bits >> UInt64(count) : 0)
    }

    private mutating func insert(slotsOf expression: Expression) {
        if bits == nil { return }
        if case .slot(let slot, _) = expression {
            bits = slot < 64 ? bits! | 1 << UInt64(slot) : nil
            return
        }
        for child in expression.children { insert(slotsOf: child) }
    }
}
