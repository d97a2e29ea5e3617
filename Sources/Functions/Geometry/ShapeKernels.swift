internal import Base
internal import Glibc
internal import Types

/// Functions and operators of paths, polygons and circles (chapter 9.11).
let shapeKernels: KernelTable.Theme = pathKernels + polygonKernels + circleKernels

// MARK: Paths

private func pathOrder(
    _ name: String, _ isTrue: @escaping @Sendable (Int, Int) -> Bool
) -> (String, Kernel) {
    geometric(name, is: { isTrue($0.chain(0).points.count, $0.chain(1).points.count) })
}

private func movedPath(
    _ name: String,
    _ change: @escaping @Sendable (GeometricPoint, GeometricPoint) throws(SQLError) -> GeometricPoint
) -> (String, Kernel) {
    geometric(name, makes: .path) { (arguments) throws(SQLError) in
        let (path, by) = (arguments.value(0), arguments.point(1))
        var points: [GeometricPoint] = []
        for point in path.points { points.append(try change(point, by)) }
        return GeometricValue(points: points, isClosed: path.isClosed)
    }
}

private func pointCount(_ name: String) -> (String, Kernel) {
    (
        name,
        .scalar { (arguments, _) throws(SQLError) in
            Datum(word: Int64(arguments.value(0).points.count))
        }
    )
}

private let pathKernels: KernelTable.Theme = [
    pathOrder("path_n_lt", <), pathOrder("path_n_gt", >), pathOrder("path_n_eq", ==),
    pathOrder("path_n_le", <=), pathOrder("path_n_ge", >=),
    geometric("path_isclosed", is: { $0.value(0).isClosed }),
    geometric("path_isopen", is: { !$0.value(0).isClosed }),
    pointCount("path_npoints"),
    geometric("path_close", makes: .path) {
        GeometricValue(points: $0.value(0).points, isClosed: true)
    },
    geometric("path_open", makes: .path) {
        GeometricValue(points: $0.value(0).points, isClosed: false)
    },
    (
        "path_area",
        .scalar { (arguments, _) throws(SQLError) in
            let path = arguments.chain(0)
            return path.isClosed ? Datum(path.area) : .null
        }
    ),
    geometric("path_length", gives: { $0.chain(0).length }),
    geometric("path_inter", is: { arguments in
        let (a, b) = (arguments.chain(0), arguments.chain(1))
        return a.box.overlaps(b.box) && a.crosses(b)
    }),
    (
        "path_distance",
        .scalar { (arguments, _) throws(SQLError) in
            arguments.chain(0).distance(to: arguments.chain(1)).map { Datum($0) } ?? .null
        }
    ),
    geometric("path_add", makes: .path) { arguments in
        let (a, b) = (arguments.value(0), arguments.value(1))
        if a.isClosed || b.isClosed { return nil }
        return GeometricValue(points: a.points + b.points, isClosed: false)
    },
    movedPath("path_add_pt") { $0 + $1 }, movedPath("path_sub_pt") { $0 - $1 },
    movedPath("path_mul_pt") { $0 * $1 },
    movedPath("path_div_pt") { (point, by) throws(SQLError) in try point.divided(by: by) },
    geometric("path_poly", makes: .polygon) { (arguments) throws(SQLError) in
        let path = arguments.value(0)
        if !path.isClosed {
            throw SQLError(
                .invalidParameterValue, "open path cannot be converted to polygon")
        }
        return path
    },
    geometric("on_ppath", is: { $0.chain(1).isOn($0.point(0)) }),
    geometric("path_contain_pt$1426", is: { $0.chain(0).isOn($0.point(1)) }),
    geometric("dist_ppath", gives: { $0.chain(1).distance(to: $0.point(0)) }),
    geometric("dist_pathp", gives: { $0.chain(0).distance(to: $0.point(1)) }),
]

// MARK: Polygons

/// How the boxes around two polygons stand to each other.
private func polygonPlace(
    _ name: String, _ isTrue: @escaping @Sendable (PlaneBox, PlaneBox) -> Bool
) -> (String, Kernel) {
    geometric(name, is: { isTrue($0.chain(0).box, $0.chain(1).box) })
}

private func distance(_ polygon: PlaneChain, _ point: GeometricPoint) -> Double {
    polygon.contains(point) ? 0 : polygon.distance(to: point)
}

private let polygonKernels: KernelTable.Theme = [
    polygonPlace("poly_left") { $0.high.x < $1.low.x },
    polygonPlace("poly_overleft") { $0.high.x <= $1.high.x },
    polygonPlace("poly_right") { $0.low.x > $1.high.x },
    polygonPlace("poly_overright") { $0.low.x >= $1.low.x },
    polygonPlace("poly_below") { $0.high.y < $1.low.y },
    polygonPlace("poly_overbelow") { $0.high.y <= $1.high.y },
    polygonPlace("poly_above") { $0.low.y > $1.high.y },
    polygonPlace("poly_overabove") { $0.low.y >= $1.low.y },
    geometric("poly_same", is: { $0.chain(0).hasSamePoints(as: $0.chain(1)) }),
    geometric("poly_overlap", is: { $0.chain(0).overlaps($0.chain(1)) }),
    geometric("poly_contain", is: { $0.chain(0).contains($0.chain(1)) }),
    geometric("poly_contained", is: { $0.chain(1).contains($0.chain(0)) }),
    geometric("poly_contain_pt", is: { $0.chain(0).contains($0.point(1)) }),
    geometric("pt_contained_poly", is: { $0.chain(1).contains($0.point(0)) }),
    geometric("poly_distance", gives: { arguments in
        let (a, b) = (arguments.chain(0), arguments.chain(1))
        return a.overlaps(b) ? 0 : a.distance(to: b) ?? 0
    }),
    pointCount("poly_npoints"),
    geometric("poly_center", makes: .point) { $0.chain(0).circle.center.value },
    geometric("poly_box", makes: .box) { $0.chain(0).box.value },
    geometric("poly_path", makes: .path) { GeometricValue(points: $0.value(0).points) },
    geometric("poly_circle", makes: .circle) { $0.chain(0).circle.value },
    geometric("dist_polyp", gives: { distance($0.chain(0), $0.point(1)) }),
    geometric("dist_ppoly", gives: { distance($0.chain(1), $0.point(0)) }),
    geometric("dist_cpoly", gives: {
        max(distance($0.chain(1), $0.circle(0).center) - $0.circle(0).radius, 0)
    }),
    geometric("dist_polyc", gives: {
        max(distance($0.chain(0), $0.circle(1).center) - $0.circle(1).radius, 0)
    }),
]

// MARK: Circles

private func circlePair(
    _ name: String, _ isTrue: @escaping @Sendable (PlaneCircle, PlaneCircle) -> Bool
) -> (String, Kernel) {
    geometric(name, is: { isTrue($0.circle(0), $0.circle(1)) })
}

private func movedCircle(
    _ name: String,
    _ change: @escaping @Sendable (PlaneCircle, GeometricPoint) throws(SQLError) -> PlaneCircle
) -> (String, Kernel) {
    geometric(name, makes: .circle) { (arguments) throws(SQLError) in
        try change(arguments.circle(0), arguments.point(1)).value
    }
}

private func polygon(_ count: Int, around circle: PlaneCircle) throws(SQLError) -> GeometricValue {
    if Fuzzy.isZero(circle.radius) {
        throw SQLError(
            .featureNotSupported, "cannot convert circle with radius zero to polygon")
    }
    if count < 2 { throw SQLError(.invalidParameterValue, "must request at least 2 points") }
    if count > polygonPointsMax {
        throw SQLError(.programLimitExceeded, "too many points requested")
    }
    let step = 2 * Double.pi / Double(count)
    return GeometricValue(
        points: (0..<count).map { index in
            let angle = step * Double(index)
            return GeometricPoint(
                circle.center.x - circle.radius * cos(angle),
                circle.center.y + circle.radius * sin(angle))
        })
}

/// What fits into a gigabyte, less a little.
private let polygonPointsMax = 67_108_000

private let circleKernels: KernelTable.Theme = [
    (
        "cr_circle",
        .scalar { (arguments, context) throws(SQLError) in
            let circle = PlaneCircle(arguments.point(0), arguments[1].double)
            return Datum(view: circle.value.view(type: .circle, in: context.arena))
        }
    ),
    (
        "circle_poly",
        .scalar { (arguments, context) throws(SQLError) in
            let value = try polygon(Int(arguments[0].word), around: arguments.circle(1))
            return Datum(view: value.view(type: .polygon, in: context.arena))
        }
    ),
    geometric("polygon$1544", makes: .polygon) { (arguments) throws(SQLError) in
        try polygon(12, around: arguments.circle(0))
    },
    circlePair("circle_same") {
        ($0.radius.isNaN && $1.radius.isNaN || Fuzzy.equal($0.radius, $1.radius))
            && $0.center.isSame(as: $1.center)
    },
    circlePair("circle_overlap") {
        Fuzzy.lessOrEqual($0.center.distance(to: $1.center), $0.radius + $1.radius)
    },
    circlePair("circle_contain") {
        Fuzzy.lessOrEqual($0.center.distance(to: $1.center), $0.radius - $1.radius)
    },
    circlePair("circle_contained") {
        Fuzzy.lessOrEqual($0.center.distance(to: $1.center), $1.radius - $0.radius)
    },
    circlePair("circle_left") {
        Fuzzy.less($0.center.x + $0.radius, $1.center.x - $1.radius)
    },
    circlePair("circle_overleft") {
        Fuzzy.lessOrEqual($0.center.x + $0.radius, $1.center.x + $1.radius)
    },
    circlePair("circle_right") {
        Fuzzy.greater($0.center.x - $0.radius, $1.center.x + $1.radius)
    },
    circlePair("circle_overright") {
        Fuzzy.greaterOrEqual($0.center.x - $0.radius, $1.center.x - $1.radius)
    },
    circlePair("circle_below") {
        Fuzzy.less($0.center.y + $0.radius, $1.center.y - $1.radius)
    },
    circlePair("circle_overbelow") {
        Fuzzy.lessOrEqual($0.center.y + $0.radius, $1.center.y + $1.radius)
    },
    circlePair("circle_above") {
        Fuzzy.greater($0.center.y - $0.radius, $1.center.y + $1.radius)
    },
    circlePair("circle_overabove") {
        Fuzzy.greaterOrEqual($0.center.y - $0.radius, $1.center.y - $1.radius)
    },
    circlePair("circle_eq") { Fuzzy.equal($0.area, $1.area) },
    circlePair("circle_ne") { !Fuzzy.equal($0.area, $1.area) },
    circlePair("circle_lt") { Fuzzy.less($0.area, $1.area) },
    circlePair("circle_gt") { Fuzzy.greater($0.area, $1.area) },
    circlePair("circle_le") { Fuzzy.lessOrEqual($0.area, $1.area) },
    circlePair("circle_ge") { Fuzzy.greaterOrEqual($0.area, $1.area) },
    geometric("circle_area", gives: { $0.circle(0).area }),
    geometric("circle_diameter", gives: { $0.circle(0).radius * 2 }),
    geometric("circle_radius", gives: { $0.circle(0).radius }),
    geometric("circle_center", makes: .point) { $0.circle(0).center.value },
    geometric("circle_distance", gives: { arguments in
        let (a, b) = (arguments.circle(0), arguments.circle(1))
        return max(a.center.distance(to: b.center) - (a.radius + b.radius), 0)
    }),
    geometric("circle_contain_pt", is: {
        $0.circle(0).center.distance(to: $0.point(1)) <= $0.circle(0).radius
    }),
    geometric("pt_contained_circle", is: {
        $0.circle(1).center.distance(to: $0.point(0)) <= $0.circle(1).radius
    }),
    geometric("dist_pc", gives: {
        max($0.point(0).distance(to: $0.circle(1).center) - $0.circle(1).radius, 0)
    }),
    geometric("dist_cpoint", gives: {
        max($0.point(1).distance(to: $0.circle(0).center) - $0.circle(0).radius, 0)
    }),
    movedCircle("circle_add_pt") { PlaneCircle($0.center + $1, $0.radius) },
    movedCircle("circle_sub_pt") { PlaneCircle($0.center - $1, $0.radius) },
    movedCircle("circle_mul_pt") { PlaneCircle($0.center * $1, $0.radius * diagonalLength($1.x, $1.y)) },
    movedCircle("circle_div_pt") { (circle, point) throws(SQLError) in
        PlaneCircle(
            try circle.center.divided(by: point), circle.radius / diagonalLength(point.x, point.y))
    },
    geometric("circle_box", makes: .box) { arguments in
        let circle = arguments.circle(0)
        let half = circle.radius / 2.0.squareRoot()
        let corner = GeometricPoint(half, half)
        return PlaneBox(circle.center + corner, circle.center - corner).value
    },
]
