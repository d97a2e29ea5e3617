internal import Types

/// Points, lines, segments and boxes of the plane. Numbers within a millionth of each other count as
/// the same, as PostgreSQL's geo_ops.c has it: what they answer depends on that everywhere.
enum Fuzzy {
    private static let tolerance = 1e-6

    static func isZero(_ a: Double) -> Bool { abs(a) <= tolerance }
    static func equal(_ a: Double, _ b: Double) -> Bool { a == b || abs(a - b) <= tolerance }
    static func less(_ a: Double, _ b: Double) -> Bool { b - a > tolerance }
    static func lessOrEqual(_ a: Double, _ b: Double) -> Bool { a - b <= tolerance }
    static func greater(_ a: Double, _ b: Double) -> Bool { a - b > tolerance }
    static func greaterOrEqual(_ a: Double, _ b: Double) -> Bool { b - a <= tolerance }
}

/// The diagonal of a rectangle, computed as PostgreSQL does, to the last digit.
func diagonalLength(_ width: Double, _ height: Double) -> Double {
    if width.isInfinite || height.isInfinite { return .infinity }
    if width.isNaN || height.isNaN { return .nan }
    let (long, short) = (max(abs(width), abs(height)), min(abs(width), abs(height)))
    if short == 0 { return long }
    let ratio = short / long
    return long * (1 + ratio * ratio).squareRoot()
}

extension GeometricPoint {
    static func + (a: GeometricPoint, b: GeometricPoint) -> GeometricPoint {
        GeometricPoint(a.x + b.x, a.y + b.y)
    }
    static func - (a: GeometricPoint, b: GeometricPoint) -> GeometricPoint {
        GeometricPoint(a.x - b.x, a.y - b.y)
    }
    /// As complex numbers: turns and stretches.
    static func * (a: GeometricPoint, b: GeometricPoint) -> GeometricPoint {
        GeometricPoint(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x)
    }
    static func / (a: GeometricPoint, b: GeometricPoint) -> GeometricPoint {
        let square = b.x * b.x + b.y * b.y
        return GeometricPoint((a.x * b.x + a.y * b.y) / square, (a.y * b.x - a.x * b.y) / square)
    }

    func distance(to other: GeometricPoint) -> Double { diagonalLength(x - other.x, y - other.y) }

    /// Of the line that stands upright on the one to `other`.
    func crossSlope(to other: GeometricPoint) -> Double {
        if Fuzzy.equal(x, other.x) { return 0 }
        if Fuzzy.equal(y, other.y) { return .infinity }
        return (x - other.x) / (other.y - y)
    }
}

/// Ax + By + C = 0.
struct PlaneLine {
    var a: Double
    var b: Double
    var c: Double

    init(_ value: GeometricValue) {
        (a, b, c) = (value.numbers[0], value.numbers[1], value.numbers[2])
    }
    init(through point: GeometricPoint, slope: Double) { self.init(point.line(slope: slope)) }

    var slope: Double { Fuzzy.isZero(a) ? 0 : Fuzzy.isZero(b) ? .infinity : a / -b }
    var crossSlope: Double { Fuzzy.isZero(a) ? .infinity : Fuzzy.isZero(b) ? 0 : b / a }

    func contains(_ point: GeometricPoint) -> Bool {
        Fuzzy.isZero(a * point.x + b * point.y + c)
    }

    /// Nil: the lines are parallel.
    func crossing(_ other: PlaneLine) -> GeometricPoint? {
        let x: Double
        let y: Double
        if !Fuzzy.isZero(b) {
            if Fuzzy.equal(other.a, a * (other.b / b)) { return nil }
            x = (b * other.c - other.b * c) / (a * other.b - other.a * b)
            y = -(a * x + c) / b
        } else if !Fuzzy.isZero(other.b) {
            if Fuzzy.equal(a, other.a * (b / other.b)) { return nil }
            x = (other.b * c - b * other.c) / (other.a * b - a * other.b)
            y = -(other.a * x + other.c) / other.b
        } else {
            return nil
        }
        return GeometricPoint(x == 0 ? 0 : x, y == 0 ? 0 : y)
    }

    func isUpright(on other: PlaneLine) -> Bool {
        if Fuzzy.isZero(a) { return Fuzzy.isZero(other.b) }
        if Fuzzy.isZero(other.a) { return Fuzzy.isZero(b) }
        if Fuzzy.isZero(b) { return Fuzzy.isZero(other.a) }
        if Fuzzy.isZero(other.b) { return Fuzzy.isZero(a) }
        return Fuzzy.equal((a * other.a) / (b * other.b), -1)
    }

    func isSame(as other: PlaneLine) -> Bool {
        let ratio =
            !Fuzzy.isZero(other.a)
            ? a / other.a
            : !Fuzzy.isZero(other.b) ? b / other.b : !Fuzzy.isZero(other.c) ? c / other.c : 1
        return Fuzzy.equal(a, ratio * other.a) && Fuzzy.equal(b, ratio * other.b)
            && Fuzzy.equal(c, ratio * other.c)
    }

    func distance(to other: PlaneLine) -> Double {
        if crossing(other) != nil { return 0 }
        let ratio: Double =
            !Fuzzy.isZero(a) && !Fuzzy.isZero(other.a)
            ? a / other.a : !Fuzzy.isZero(b) && !Fuzzy.isZero(other.b) ? b / other.b : 1
        return abs(c - ratio * other.c) / diagonalLength(a, b)
    }

    /// The point of the line that is closest to `point`, and how far that is.
    func closest(to point: GeometricPoint) -> (point: GeometricPoint, distance: Double) {
        guard let found = PlaneLine(through: point, slope: crossSlope).crossing(self) else {
            return (point, .nan)
        }
        return (found, found.distance(to: point))
    }
}

struct PlaneSegment {
    var start: GeometricPoint
    var end: GeometricPoint

    init(_ start: GeometricPoint, _ end: GeometricPoint) {
        self.start = start
        self.end = end
    }
    init(_ value: GeometricValue) { self.init(value.points[0], value.points[1]) }

    var length: Double { start.distance(to: end) }
    var slope: Double { start.slope(to: end) }
    var crossSlope: Double { start.crossSlope(to: end) }
    var line: PlaneLine { PlaneLine(through: start, slope: slope) }
    var center: GeometricPoint {
        GeometricPoint((start.x + end.x) / 2, (start.y + end.y) / 2)
    }

    func contains(_ point: GeometricPoint) -> Bool {
        Fuzzy.equal(point.distance(to: start) + point.distance(to: end), length)
    }

    func crossing(_ other: PlaneLine) -> GeometricPoint? {
        guard let found = line.crossing(other), contains(found) else { return nil }
        if start.isSame(as: found) { return start }
        return end.isSame(as: found) ? end : found
    }

    func crossing(_ other: PlaneSegment) -> GeometricPoint? {
        guard let found = crossing(other.line), other.contains(found) else { return nil }
        return found
    }

    typealias Closest = (point: GeometricPoint, distance: Double)

    func closest(to line: PlaneLine) -> Closest {
        if let found = crossing(line) { return (found, 0) }
        let first = line.closest(to: start).distance
        let second = line.closest(to: end).distance
        return first < second ? (start, first) : (end, second)
    }

    func closest(to point: GeometricPoint) -> Closest {
        let found = closest(to: PlaneLine(through: point, slope: crossSlope)).point
        return (found, found.distance(to: point))
    }

    /// The point of this segment that is closest to the other.
    func closest(to other: PlaneSegment) -> Closest {
        if let found = crossing(other) { return (found, 0) }
        var best = closest(to: other.start)
        let second = closest(to: other.end)
        if second.distance < best.distance { best = second }
        for own in [start, end] {
            let distance = other.closest(to: own).distance
            if distance < best.distance { best = (own, distance) }
        }
        return best
    }
}

struct PlaneBox {
    var high: GeometricPoint
    var low: GeometricPoint

    init(_ a: GeometricPoint, _ b: GeometricPoint) {
        high = GeometricPoint(max(a.x, b.x), max(a.y, b.y))
        low = GeometricPoint(min(a.x, b.x), min(a.y, b.y))
    }
    init(_ value: GeometricValue) {
        (high, low) = (value.points[0], value.points[1])
    }
    /// The smallest box around points.
    init(around points: [GeometricPoint]) {
        let xs = points.map(\.x)
        let ys = points.map(\.y)
        high = GeometricPoint(xs.max() ?? 0, ys.max() ?? 0)
        low = GeometricPoint(xs.min() ?? 0, ys.min() ?? 0)
    }

    var value: GeometricValue { GeometricValue(points: [high, low]) }
    var area: Double { (high.x - low.x) * (high.y - low.y) }
    var center: GeometricPoint {
        GeometricPoint((high.x + low.x) / 2, (high.y + low.y) / 2)
    }
    /// Left and upper sides, then lower and right ones.
    private var sides: [PlaneSegment] {
        let upperLeft = GeometricPoint(low.x, high.y)
        let lowerRight = GeometricPoint(high.x, low.y)
        return [
            PlaneSegment(low, upperLeft), PlaneSegment(high, upperLeft),
            PlaneSegment(low, lowerRight), PlaneSegment(high, lowerRight),
        ]
    }

    func contains(_ point: GeometricPoint) -> Bool {
        high.x >= point.x && low.x <= point.x && high.y >= point.y && low.y <= point.y
    }
    func contains(_ other: PlaneBox) -> Bool {
        Fuzzy.greaterOrEqual(high.x, other.high.x) && Fuzzy.lessOrEqual(low.x, other.low.x)
            && Fuzzy.greaterOrEqual(high.y, other.high.y) && Fuzzy.lessOrEqual(low.y, other.low.y)
    }
    func overlaps(_ other: PlaneBox) -> Bool {
        Fuzzy.lessOrEqual(low.x, other.high.x) && Fuzzy.lessOrEqual(other.low.x, high.x)
            && Fuzzy.lessOrEqual(low.y, other.high.y) && Fuzzy.lessOrEqual(other.low.y, high.y)
    }
    func meets(_ segment: PlaneSegment) -> Bool {
        if !PlaneBox(segment.start, segment.end).overlaps(self) { return false }
        if contains(segment.start) || contains(segment.end) { return true }
        return sides.contains { $0.crossing(segment) != nil }
    }
    func meets(_ line: PlaneLine) -> Bool { sides.contains { $0.crossing(line) != nil } }

    func closest(to point: GeometricPoint) -> PlaneSegment.Closest {
        if contains(point) { return (point, 0) }
        return nearest { $0.closest(to: point) }
    }
    func closest(to segment: PlaneSegment) -> PlaneSegment.Closest {
        if meets(segment) { return (segment.closest(to: center).point, 0) }
        return nearest { $0.closest(to: segment) }
    }

    private func nearest(_ measure: (PlaneSegment) -> PlaneSegment.Closest) -> PlaneSegment.Closest {
        var best = measure(sides[0])
        for side in sides.dropFirst() {
            let found = measure(side)
            if found.distance < best.distance { best = found }
        }
        return best
    }
}

struct PlaneCircle {
    var center: GeometricPoint
    var radius: Double

    init(_ center: GeometricPoint, _ radius: Double) {
        self.center = center
        self.radius = radius
    }
    init(_ value: GeometricValue) {
        self.init(value.points[0], value.numbers[2])
    }

    var value: GeometricValue { GeometricValue([center.x, center.y, radius]) }
    var area: Double { radius * radius * .pi }
}
