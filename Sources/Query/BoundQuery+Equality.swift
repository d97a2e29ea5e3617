internal import Catalog

extension BoundQuery {
    /// Structural equality: the same query over the same relations.
    public func isSame(as other: BoundQuery) -> Bool {
        self === other || body.isSame(as: other.body)
    }
}

extension BoundQuery.Body {
    fileprivate func isSame(as other: BoundQuery.Body) -> Bool {
        rangeTable.count == other.rangeTable.count
            && zip(rangeTable, other.rangeTable).allSatisfy { $0.isSame(as: $1) }
            && from.isSame(as: other.from) && same(predicate, other.predicate)
            && targets.count == other.targets.count
            && zip(targets, other.targets).allSatisfy {
                $0.isHidden == $1.isHidden && $0.expression.isSame(as: $1.expression)
            }
            && same(groupBy, other.groupBy) && groupingSets == other.groupingSets
            && hasAggregates == other.hasAggregates
            && same(having, other.having) && hasSameOrder(as: other)
            && same(limit, other.limit) && same(offset, other.offset)
            && withTies == other.withTies && hasSameSetOperation(as: other)
            && locking.isEmpty && other.locking.isEmpty && commonTables.isEmpty
            && other.commonTables.isEmpty
    }

    private func hasSameOrder(as other: BoundQuery.Body) -> Bool {
        let hasSameDistinct =
            switch (distinct, other.distinct) {
            case (.none, .none), (.all, .all): true
            case (.on(let left), .on(let right)): left == right
            case (.none, _), (.all, _), (.on, _): false
            }
        return hasSameDistinct && orderBy.count == other.orderBy.count
            && zip(orderBy, other.orderBy).allSatisfy {
                $0.target == $1.target && $0.descending == $1.descending
                    && $0.nullsFirst == $1.nullsFirst
            }
    }

    private func hasSameSetOperation(as other: BoundQuery.Body) -> Bool {
        switch (setOperation, other.setOperation) {
        case (nil, nil): true
        case (let left?, let right?):
            left.kind == right.kind && left.isAll == right.isAll
                && left.left.isSame(as: right.left) && left.right.isSame(as: right.right)
        case (nil, _?), (_?, nil): false
        }
    }
}

extension RangeEntry {
    fileprivate func isSame(as other: RangeEntry) -> Bool {
        if sample != nil || other.sample != nil { return false }
        return switch (kind, other.kind) {
        case (.table(let left), .table(let right)): left.value.oid == right.value.oid
        case (.computed(let left), .computed(let right)): left == right
        case (.sequence(let left), .sequence(let right)): left == right
        case (.subquery(let left), .subquery(let right)): left.isSame(as: right)
        case (.values(let left), .values(let right)):
            left.count == right.count && zip(left, right).allSatisfy { same($0, $1) }
        case (.function(let left, let leftOrdinality), .function(let right, let rightOrdinality)):
            leftOrdinality == rightOrdinality && left.isSame(as: right)
        case (.common(let left), .common(let right)): left == right
        case (.excluded, .excluded): true
        case (.aggregates(let left), .aggregates(let right)): same(left, right)
        default: false
        }
    }
}

extension JoinTree {
    fileprivate func isSame(as other: JoinTree) -> Bool {
        switch (self, other) {
        case (.oneRow, .oneRow): true
        case (.entry(let left), .entry(let right)): left == right
        case (
            .join(let kind, let left, let right, let condition),
            .join(let otherKind, let otherLeft, let otherRight, let otherCondition)
        ):
            kind == otherKind && left.isSame(as: otherLeft) && right.isSame(as: otherRight)
                && same(condition, otherCondition)
        default: false
        }
    }
}

private func same(_ left: Expression?, _ right: Expression?) -> Bool {
    switch (left, right) {
    case (nil, nil): true
    case (let left?, let right?): left.isSame(as: right)
    case (nil, _?), (_?, nil): false
    }
}

private func same(_ left: [Expression], _ right: [Expression]) -> Bool {
    left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
}
