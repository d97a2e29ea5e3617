internal import Base
internal import Glibc
internal import Types

/// Trigonometric functions of degrees (chapter 9.3, table 9.7): exact where the answer is.
let degreeKernels: KernelTable.Theme = [
    ("dsind", of(Degrees.sine)), ("dcosd", of(Degrees.cosine)), ("dtand", of(Degrees.tangent)),
    ("dcotd", of(Degrees.cotangent)), ("dasind", of(Degrees.arcsine)),
    ("dacosd", of(Degrees.arccosine)), ("datand", of { Degrees.arctangent($0) }),
    (
        "datan2d",
        .scalar { (arguments, _) throws(SQLError) in
            let (y, x) = (arguments[0].double, arguments[1].double)
            if y.isNaN || x.isNaN { return Datum(Double.nan) }
            return Datum(atan2(y, x) / atan(1.0) * 45)
        }
    ),
]

private func of(_ function: @escaping @Sendable (Double) -> Double?) -> Kernel {
    .scalar { (arguments, _) throws(SQLError) in
        let value = arguments[0].double
        if value.isNaN { return Datum(value) }
        guard let result = function(value) else {
            throw SQLError(.numericValueOutOfRange, "input is out of range")
        }
        return Datum(result)
    }
}

/// Angles are brought into the first quadrant, where the functions are scaled so that they are exact
/// at 30, 45 and 60 degrees. Nil: out of range.
private enum Degrees {
    private static let radian = Double.pi / 180
    private static let sine30 = sin(30 * radian)
    private static let coversine60 = 1 - cos(60 * radian)
    private static let arcsineHalf = asin(0.5)
    private static let arccosineHalf = acos(0.5)
    private static let tangent45 = sineFirst(45) / cosineFirst(45)
    private static let cotangent45 = cosineFirst(45) / sineFirst(45)

    private static func sineTo30(_ x: Double) -> Double { sin(x * radian) / sine30 / 2 }
    private static func cosineTo60(_ x: Double) -> Double {
        1 - (1 - cos(x * radian)) / coversine60 / 2
    }
    private static func sineFirst(_ x: Double) -> Double {
        x <= 30 ? sineTo30(x) : cosineTo60(90 - x)
    }
    private static func cosineFirst(_ x: Double) -> Double {
        x <= 60 ? cosineTo60(x) : sineTo30(90 - x)
    }

    static func sine(_ value: Double) -> Double? {
        guard value.isFinite else { return nil }
        var x = value.truncatingRemainder(dividingBy: 360)
        var sign = 1.0
        if x < 0 { (x, sign) = (-x, -sign) }
        if x > 180 { (x, sign) = (360 - x, -sign) }
        if x > 90 { x = 180 - x }
        return sign * sineFirst(x)
    }

    static func cosine(_ value: Double) -> Double? {
        guard value.isFinite else { return nil }
        var x = abs(value.truncatingRemainder(dividingBy: 360))
        var sign = 1.0
        if x > 180 { x = 360 - x }
        if x > 90 { (x, sign) = (180 - x, -sign) }
        return sign * cosineFirst(x)
    }

    private static func quotient(
        _ value: Double, _ first: (Double) -> Double
    ) -> Double? {
        guard value.isFinite else { return nil }
        var x = value.truncatingRemainder(dividingBy: 360)
        var sign = 1.0
        if x < 0 { (x, sign) = (-x, -sign) }
        if x > 180 { (x, sign) = (360 - x, -sign) }
        if x > 90 { (x, sign) = (180 - x, -sign) }
        let result = sign * first(x)
        // No minus zero.
        return result == 0 ? 0 : result
    }

    static func tangent(_ value: Double) -> Double? {
        quotient(value) { sineFirst($0) / cosineFirst($0) / tangent45 }
    }
    static func cotangent(_ value: Double) -> Double? {
        quotient(value) { cosineFirst($0) / sineFirst($0) / cotangent45 }
    }

    private static func arcsineFirst(_ x: Double) -> Double {
        x <= 0.5 ? asin(x) / arcsineHalf * 30 : 90 - acos(x) / arccosineHalf * 60
    }
    static func arcsine(_ x: Double) -> Double? {
        guard abs(x) <= 1 else { return nil }
        return x >= 0 ? arcsineFirst(x) : -arcsineFirst(-x)
    }
    static func arccosine(_ x: Double) -> Double? {
        guard abs(x) <= 1 else { return nil }
        if x < 0 { return 90 + arcsineFirst(-x) }
        return x <= 0.5 ? 90 - asin(x) / arcsineHalf * 30 : acos(x) / arccosineHalf * 60
    }
    static func arctangent(_ x: Double) -> Double { atan(x) / atan(1.0) * 45 }
}
