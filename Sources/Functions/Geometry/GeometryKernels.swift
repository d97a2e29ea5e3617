internal import Base
internal import Types

/// Functions and operators of geometric types (chapter 9.11): points, lines, segments and boxes.
let geometryKernels: KernelTable.Theme =
    geometricSends + pointKernels + lineKernels + segmentKernels + boxKernels

private let geometricSends: KernelTable.Theme = [
    ("point_send", send(.point)), ("lseg_send", send(.lseg)), ("path_send", send(.path)),
    ("box_send", send(.box)), ("poly_send", send(.polygon)), ("line_send", send(.line)),
    ("circle_send", send(.circle)),
]

// MARK: Shapes of kernels

typealias GeometricArguments = UnsafePointer<Datum>

extension UnsafePointer<Datum> {
    func value(_ index: Int) -> GeometricValue { GeometricValue(self[index].view) }
    func point(_ index: Int) -> GeometricPoint { value(index).points[0] }
    func line(_ index: Int) -> PlaneLine { PlaneLine(value(index)) }
    func segment(_ index: Int) -> PlaneSegment { PlaneSegment(value(index)) }
    func box(_ index: Int) -> PlaneBox { PlaneBox(value(index)) }
    func circle(_ index: Int) -> PlaneCircle { PlaneCircle(value(index)) }
    func chain(_ index: Int) -> PlaneChain { PlaneChain(value(index)) }
}

/// A condition.
func geometric(
    _ name: String, is body: @escaping @Sendable (GeometricArguments) -> Bool
) -> (String, Kernel) {
    (name, .scalar { (arguments, _) throws(SQLError) in Datum(body(arguments)) })
}

/// A number. What grows beyond all numbers is an error, unless it came so.
func geometric(
    _ name: String, gives body: @escaping @Sendable (GeometricArguments) throws(SQLError) -> Double
) -> (String, Kernel) {
    (name, .scalar { (arguments, _) throws(SQLError) in Datum(try body(arguments)) })
}

/// A value of a geometric type; nil: null.
func geometric(
    _ name: String, makes type: OID,
    _ body: @escaping @Sendable (GeometricArguments) throws(SQLError) -> GeometricValue?
) -> (String, Kernel) {
    (
        name,
        .scalar { (arguments, context) throws(SQLError) in
            guard let value = try body(arguments) else { return .null }
            return Datum(view: value.view(type: type, in: context.arena))
        }
    )
}

extension GeometricPoint {
    var value: GeometricValue { GeometricValue(points: [self]) }

    /// By the point as a complex number.
    func divided(by other: GeometricPoint) throws(SQLError) -> GeometricPoint {
        if other.x * other.x + other.y * other.y == 0 {
            throw SQLError(.divisionByZero, "division by zero")
        }
        return self / other
    }
}

extension PlaneSegment {
    var value: GeometricValue { GeometricValue(points: [start, end]) }
}

/// The closest point; null where there is none.
private func closest(
    _ name: String, _ body: @escaping @Sendable (GeometricArguments) -> PlaneSegment.Closest?
) -> (String, Kernel) {
    geometric(name, makes: .point) { arguments in
        guard let found = body(arguments), !found.distance.isNaN else { return nil }
        return found.point.value
    }
}

// MARK: Points

private let pointKernels: KernelTable.Theme = [
    (
        "construct_point",
        .scalar { (arguments, context) throws(SQLError) in
            let point = GeometricPoint(arguments[0].double, arguments[1].double)
            return Datum(view: point.value.view(type: .point, in: context.arena))
        }
    ),
    geometric("point_left", is: { Fuzzy.less($0.point(0).x, $0.point(1).x) }),
    geometric("point_right", is: { Fuzzy.greater($0.point(0).x, $0.point(1).x) }),
    geometric("point_above", is: { Fuzzy.greater($0.point(0).y, $0.point(1).y) }),
    geometric("point_below", is: { Fuzzy.less($0.point(0).y, $0.point(1).y) }),
    geometric("point_vert", is: { Fuzzy.equal($0.point(0).x, $0.point(1).x) }),
    geometric("point_horiz", is: { Fuzzy.equal($0.point(0).y, $0.point(1).y) }),
    geometric("point_eq", is: { $0.point(0).isSame(as: $0.point(1)) }),
    geometric("point_ne", is: { !$0.point(0).isSame(as: $0.point(1)) }),
    geometric("point_distance", gives: { $0.point(0).distance(to: $0.point(1)) }),
    geometric("point_slope", gives: { $0.point(0).slope(to: $0.point(1)) }),
    geometric("point_add", makes: .point) { ($0.point(0) + $0.point(1)).value },
    geometric("point_sub", makes: .point) { ($0.point(0) - $0.point(1)).value },
    geometric("point_mul", makes: .point) { ($0.point(0) * $0.point(1)).value },
    geometric("point_div", makes: .point) { (arguments) throws(SQLError) in
        try arguments.point(0).divided(by: arguments.point(1)).value
    },
    geometric("point_box", makes: .box) { PlaneBox($0.point(0), $0.point(0)).value },
    geometric("points_box", makes: .box) { PlaneBox($0.point(0), $0.point(1)).value },
    geometric("on_pl", is: { $0.line(1).contains($0.point(0)) }),
    geometric("on_ps", is: { $0.segment(1).contains($0.point(0)) }),
    geometric("on_pb", is: { $0.box(1).contains($0.point(0)) }),
    closest("close_pl") { $0.line(1).closest(to: $0.point(0)) },
    closest("close_ps") { $0.segment(1).closest(to: $0.point(0)) },
    closest("close_pb") { $0.box(1).closest(to: $0.point(0)) },
    geometric("dist_pl", gives: { $0.line(1).closest(to: $0.point(0)).distance }),
    geometric("dist_lp", gives: { $0.line(0).closest(to: $0.point(1)).distance }),
    geometric("dist_ps", gives: { $0.segment(1).closest(to: $0.point(0)).distance }),
    geometric("dist_sp", gives: { $0.segment(0).closest(to: $0.point(1)).distance }),
    geometric("dist_pb", gives: { $0.box(1).closest(to: $0.point(0)).distance }),
    geometric("dist_bp", gives: { $0.box(0).closest(to: $0.point(1)).distance }),
]

// MARK: Lines

private let lineKernels: KernelTable.Theme = [
    geometric("line_construct_pp", makes: .line) { (arguments) throws(SQLError) in
        guard let line = arguments.point(0).line(to: arguments.point(1)) else {
            throw SQLError(
                .invalidParameterValue,
                "invalid line specification: must be two distinct points")
        }
        return line
    },
    geometric("line_intersect", is: { $0.line(0).crossing($0.line(1)) != nil }),
    geometric("line_interpt", makes: .point) { $0.line(0).crossing($0.line(1))?.value },
    geometric("line_parallel", is: { $0.line(0).crossing($0.line(1)) == nil }),
    geometric("line_perp", is: { $0.line(0).isUpright(on: $0.line(1)) }),
    geometric("line_vertical", is: { Fuzzy.isZero($0.line(0).b) }),
    geometric("line_horizontal", is: { Fuzzy.isZero($0.line(0).a) }),
    geometric("line_eq", is: { $0.line(0).isSame(as: $0.line(1)) }),
    geometric("line_distance", gives: { $0.line(0).distance(to: $0.line(1)) }),
    geometric("inter_lb", is: { $0.box(1).meets($0.line(0)) }),
    geometric("dist_ls", gives: { $0.segment(1).closest(to: $0.line(0)).distance }),
    closest("close_ls") { arguments in
        let (line, segment) = (arguments.line(0), arguments.segment(1))
        return segment.slope == line.slope ? nil : segment.closest(to: line)
    },
]

// MARK: Segments

private func segmentOrder(
    _ name: String, _ isTrue: @escaping @Sendable (Double, Double) -> Bool
) -> (String, Kernel) {
    geometric(name, is: { isTrue($0.segment(0).length, $0.segment(1).length) })
}

private let segmentKernels: KernelTable.Theme = [
    geometric("lseg_construct", makes: .lseg) {
        GeometricValue(points: [$0.point(0), $0.point(1)])
    },
    geometric("lseg_length", gives: { $0.segment(0).length }),
    geometric("lseg_center", makes: .point) { $0.segment(0).center.value },
    geometric("lseg_parallel", is: { Fuzzy.equal($0.segment(0).slope, $0.segment(1).slope) }),
    geometric("lseg_perp", is: { Fuzzy.equal($0.segment(0).slope, $0.segment(1).crossSlope) }),
    geometric("lseg_vertical", is: { Fuzzy.equal($0.segment(0).start.x, $0.segment(0).end.x) }),
    geometric("lseg_horizontal", is: { Fuzzy.equal($0.segment(0).start.y, $0.segment(0).end.y) }),
    geometric("lseg_eq", is: { areSame($0.segment(0), $0.segment(1)) }),
    geometric("lseg_ne", is: { !areSame($0.segment(0), $0.segment(1)) }),
    segmentOrder("lseg_lt", Fuzzy.less), segmentOrder("lseg_le", Fuzzy.lessOrEqual),
    segmentOrder("lseg_gt", Fuzzy.greater), segmentOrder("lseg_ge", Fuzzy.greaterOrEqual),
    geometric("lseg_intersect", is: { $0.segment(0).crossing($0.segment(1)) != nil }),
    geometric("lseg_interpt", makes: .point) { $0.segment(0).crossing($0.segment(1))?.value },
    geometric("lseg_distance", gives: { $0.segment(0).closest(to: $0.segment(1)).distance }),
    closest("close_lseg") { arguments in
        let (first, second) = (arguments.segment(0), arguments.segment(1))
        return first.slope == second.slope ? nil : second.closest(to: first)
    },
    closest("close_sb") { $0.box(1).closest(to: $0.segment(0)) },
    geometric("on_sl", is: {
        $0.line(1).contains($0.segment(0).start) && $0.line(1).contains($0.segment(0).end)
    }),
    geometric("on_sb", is: {
        $0.box(1).contains($0.segment(0).start) && $0.box(1).contains($0.segment(0).end)
    }),
    geometric("inter_sl", is: { $0.segment(0).crossing($0.line(1)) != nil }),
    geometric("inter_sb", is: { $0.box(1).meets($0.segment(0)) }),
    geometric("dist_sl", gives: { $0.segment(0).closest(to: $0.line(1)).distance }),
    geometric("dist_sb", gives: { $0.box(1).closest(to: $0.segment(0)).distance }),
    geometric("dist_bs", gives: { $0.box(0).closest(to: $0.segment(1)).distance }),
]

private func areSame(_ a: PlaneSegment, _ b: PlaneSegment) -> Bool {
    a.start.isSame(as: b.start) && a.end.isSame(as: b.end)
}

// MARK: Boxes

private func boxOrder(
    _ name: String, _ isTrue: @escaping @Sendable (Double, Double) -> Bool
) -> (String, Kernel) {
    geometric(name, is: { isTrue($0.box(0).area, $0.box(1).area) })
}

/// A box moved by a point, or turned and stretched by it.
private func movedBox(
    _ name: String,
    _ change: @escaping @Sendable (GeometricPoint, GeometricPoint) throws(SQLError) -> GeometricPoint
) -> (String, Kernel) {
    geometric(name, makes: .box) { (arguments) throws(SQLError) in
        let (box, point) = (arguments.box(0), arguments.point(1))
        return PlaneBox(try change(box.high, point), try change(box.low, point)).value
    }
}

private let boxKernels: KernelTable.Theme = [
    geometric("box_same", is: {
        $0.box(0).high.isSame(as: $0.box(1).high) && $0.box(0).low.isSame(as: $0.box(1).low)
    }),
    geometric("box_overlap", is: { $0.box(0).overlaps($0.box(1)) }),
    geometric("box_contain", is: { $0.box(0).contains($0.box(1)) }),
    geometric("box_contained", is: { $0.box(1).contains($0.box(0)) }),
    geometric("box_contain_pt", is: { $0.box(0).contains($0.point(1)) }),
    geometric("box_left", is: { Fuzzy.less($0.box(0).high.x, $0.box(1).low.x) }),
    geometric("box_overleft", is: { Fuzzy.lessOrEqual($0.box(0).high.x, $0.box(1).high.x) }),
    geometric("box_right", is: { Fuzzy.greater($0.box(0).low.x, $0.box(1).high.x) }),
    geometric("box_overright", is: { Fuzzy.greaterOrEqual($0.box(0).low.x, $0.box(1).low.x) }),
    geometric("box_below", is: { Fuzzy.less($0.box(0).high.y, $0.box(1).low.y) }),
    geometric("box_overbelow", is: { Fuzzy.lessOrEqual($0.box(0).high.y, $0.box(1).high.y) }),
    geometric("box_above", is: { Fuzzy.greater($0.box(0).low.y, $0.box(1).high.y) }),
    geometric("box_overabove", is: { Fuzzy.greaterOrEqual($0.box(0).low.y, $0.box(1).low.y) }),
    geometric("box_below_eq", is: { Fuzzy.lessOrEqual($0.box(0).high.y, $0.box(1).low.y) }),
    geometric("box_above_eq", is: { Fuzzy.greaterOrEqual($0.box(0).low.y, $0.box(1).high.y) }),
    boxOrder("box_eq", Fuzzy.equal), boxOrder("box_lt", Fuzzy.less),
    boxOrder("box_gt", Fuzzy.greater), boxOrder("box_le", Fuzzy.lessOrEqual),
    boxOrder("box_ge", Fuzzy.greaterOrEqual),
    geometric("box_area", gives: { $0.box(0).area }),
    geometric("box_width", gives: { $0.box(0).high.x - $0.box(0).low.x }),
    geometric("box_height", gives: { $0.box(0).high.y - $0.box(0).low.y }),
    geometric("box_distance", gives: { $0.box(0).center.distance(to: $0.box(1).center) }),
    geometric("box_center", makes: .point) { $0.box(0).center.value },
    geometric("box_diagonal", makes: .lseg) { $0.value(0) },
    geometric("box_intersect", makes: .box) { arguments in
        let (a, b) = (arguments.box(0), arguments.box(1))
        guard a.overlaps(b) else { return nil }
        return GeometricValue([
            min(a.high.x, b.high.x), min(a.high.y, b.high.y), max(a.low.x, b.low.x),
            max(a.low.y, b.low.y),
        ])
    },
    geometric("boxes_bound_box", makes: .box) { arguments in
        let (a, b) = (arguments.box(0), arguments.box(1))
        return PlaneBox(around: [a.high, a.low, b.high, b.low]).value
    },
    movedBox("box_add") { $0 + $1 }, movedBox("box_sub") { $0 - $1 },
    movedBox("box_mul") { $0 * $1 },
    movedBox("box_div") { (corner, point) throws(SQLError) in try corner.divided(by: point) },
    geometric("box_circle", makes: .circle) { arguments in
        let box = arguments.box(0)
        return PlaneCircle(box.center, box.center.distance(to: box.high)).value
    },
    geometric("box_poly", makes: .polygon) { arguments in
        let box = arguments.box(0)
        return GeometricValue(points: [
            box.low, GeometricPoint(box.low.x, box.high.y), box.high,
            GeometricPoint(box.high.x, box.low.y),
        ])
    },
]
