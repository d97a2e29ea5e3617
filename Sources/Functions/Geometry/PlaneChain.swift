internal import Types

/// The points of a path or polygon, joined in their order.
struct PlaneChain {
    var points: [GeometricPoint]
    var isClosed: Bool

    init(_ value: GeometricValue) {
        points = value.points
        isClosed = value.isClosed
    }

    /// Of each pair of neighbours; closed chains begin with the one from the last point.
    var segments: [PlaneSegment] {
        points.indices.compactMap { index in
            if index > 0 { return PlaneSegment(points[index - 1], points[index]) }
            return isClosed ? PlaneSegment(points[points.count - 1], points[0]) : nil
        }
    }

    var box: PlaneBox { PlaneBox(around: points) }
    var length: Double { segments.reduce(0) { $0 + $1.length } }

    /// Of what a closed chain goes around.
    var area: Double {
        var sum = 0.0
        for (index, point) in points.enumerated() {
            let next = points[(index + 1) % points.count]
            sum += point.x * next.y - point.y * next.x
        }
        return abs(sum) / 2
    }

    /// The points' mean, and their mean distance from it.
    var circle: PlaneCircle {
        let count = Double(points.count)
        let sum = points.reduce(GeometricPoint(0, 0)) { $0 + $1 }
        let center = GeometricPoint(sum.x / count, sum.y / count)
        return PlaneCircle(
            center, points.reduce(0) { $0 + $1.distance(to: center) } / count)
    }

    func crosses(_ other: PlaneChain) -> Bool {
        segments.contains { one in other.segments.contains { one.crossing($0) != nil } }
    }

    /// Nil: one of them has no segment.
    func distance(to other: PlaneChain) -> Double? {
        segments.flatMap { one in other.segments.map { one.closest(to: $0).distance } }.min()
    }

    func distance(to point: GeometricPoint) -> Double {
        if points.count == 1 { return points[0].distance(to: point) }
        return segments.map { $0.closest(to: point).distance }.min() ?? 0
    }

    func isOn(_ point: GeometricPoint) -> Bool {
        if isClosed { return contains(point) }
        return segments.contains {
            Fuzzy.equal(
                point.distance(to: $0.start) + point.distance(to: $0.end), $0.length)
        }
    }

    /// The same corners, from any one on, in either direction.
    func hasSamePoints(as other: PlaneChain) -> Bool {
        let count = points.count
        guard count == other.points.count else { return false }
        for start in 0..<count where other.points[start].isSame(as: points[0]) {
            for step in [1, count - 1] {
                let areSame = (0..<count).allSatisfy {
                    points[$0].isSame(as: other.points[(start + $0 * step) % count])
                }
                if areSame { return true }
            }
        }
        return false
    }

    func overlaps(_ other: PlaneChain) -> Bool {
        if !box.overlaps(other.box) { return false }
        return crosses(other) || contains(other.points[0]) || other.contains(points[0])
    }

    /// All of the other's edges lie inside: no corner is outside, nor the middle between two
    /// crossings.
    func contains(_ other: PlaneChain) -> Bool {
        guard box.contains(other.box) else { return false }
        return other.segments.allSatisfy { isInside($0, from: 0) }
    }

    private func isInside(_ segment: PlaneSegment, from first: Int) -> Bool {
        guard contains(segment.start), contains(segment.end) else { return false }
        let edges = segments
        var middle = true
        for index in first..<edges.count {
            let edge = edges[index]
            guard let found = segment.crossing(edge) else { continue }
            middle = false
            // Along the edge, or through it: each part has to be inside by itself.
            if edge.contains(segment.start), edge.contains(segment.end) { continue }
            if found.isSame(as: segment.start) || found.isSame(as: segment.end) { continue }
            return isInside(PlaneSegment(segment.start, found), from: index + 1)
                && isInside(PlaneSegment(found, segment.end), from: index + 1)
        }
        return middle || contains(segment.center)
    }

    // MARK: Point in polygon

    /// True if the point is inside or on an edge.
    func contains(_ point: GeometricPoint) -> Bool {
        var total = 0
        let moved = points.map { $0 - point }
        var before = moved[0]
        for next in moved.dropFirst() + [moved[0]] {
            guard let crossing = PlaneChain.crossing(from: before, to: next) else { return true }
            total += crossing
            before = next
        }
        return total != 0
    }

    /// How an edge crosses the positive X axis: in halves, up or down. Nil: it meets the origin.
    private static func crossing(from before: GeometricPoint, to next: GeometricPoint) -> Int? {
        if Fuzzy.isZero(next.y) {
            if Fuzzy.isZero(next.x) { return nil }
            if Fuzzy.greater(next.x, 0) {
                if Fuzzy.isZero(before.y) { return Fuzzy.greater(before.x, 0) ? 0 : nil }
                return Fuzzy.less(before.y, 0) ? 1 : -1
            }
            if Fuzzy.isZero(before.y) { return Fuzzy.less(before.x, 0) ? 0 : nil }
            return 0
        }
        let sign = Fuzzy.greater(next.y, 0) ? 1 : -1
        if Fuzzy.isZero(before.y) { return Fuzzy.less(before.x, 0) ? 0 : sign }
        if sign < 0 ? Fuzzy.less(before.y, 0) : Fuzzy.greater(before.y, 0) { return 0 }
        if Fuzzy.greaterOrEqual(next.x, 0), Fuzzy.greater(before.x, 0) { return 2 * sign }
        if Fuzzy.less(next.x, 0), Fuzzy.lessOrEqual(before.x, 0) { return 0 }
        let side = (next.x - before.x) * next.y - (next.y - before.y) * next.x
        if Fuzzy.isZero(side) { return nil }
        if sign < 0 ? Fuzzy.less(side, 0) : Fuzzy.greater(side, 0) { return 0 }
        return 2 * sign
    }
}
