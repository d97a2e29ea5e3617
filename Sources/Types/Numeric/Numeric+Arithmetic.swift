public import Base

/// + - * and comparison: the small forms inline, the rest out of line.
extension Numeric {
    @inlinable
    public static func add(
        _ left: ByteView, _ right: ByteView, arena: Arena
    ) throws(SQLError) -> ByteView {
        if isSmall(left), isSmall(right), left.head == right.head {
            // Two magnitudes below 10^18 cannot overflow.
            let sum = scaled(left) &+ scaled(right)
            if fitsSmall(sum) { return ByteView(head: left.head, tail: UInt64(bitPattern: sum)) }
        }
        if let (a, b) = aligned(left, right) {
            let sum = a &+ b
            if fitsSmall(sum) {
                return ByteView(head: max(left.head, right.head), tail: UInt64(bitPattern: sum))
            }
        }
        return try addSlowly(left, right, isSubtraction: false, arena)
    }

    /// The scaled values of two small ones of different scales: the one with fewer digits gets zeros,
    /// where they are few and fit.
    @inlinable @inline(__always)
    static func aligned(_ left: ByteView, _ right: ByteView) -> (Int64, Int64)? {
        guard isSmall(left), isSmall(right) else { return nil }
        let more = Int(right.head & 0xFFFF) - Int(left.head & 0xFFFF)
        if more.magnitude > 6 { return nil }
        var power: Int64 = 1
        for _ in 0..<more.magnitude { power *= 10 }
        let (a, b) = (scaled(left), scaled(right))
        let (product, overflows) = (more > 0 ? a : b).multipliedReportingOverflow(by: power)
        if overflows || !fitsSmall(product) { return nil }
        return more > 0 ? (product, b) : (a, product)
    }

    @inlinable
    public static func subtract(
        _ left: ByteView, _ right: ByteView, arena: Arena
    ) throws(SQLError) -> ByteView {
        if isSmall(left), isSmall(right), left.head == right.head {
            let difference = scaled(left) &- scaled(right)
            if fitsSmall(difference) {
                return ByteView(head: left.head, tail: UInt64(bitPattern: difference))
            }
        }
        if let (a, b) = aligned(left, right) {
            let difference = a &- b
            if fitsSmall(difference) {
                return ByteView(
                    head: max(left.head, right.head), tail: UInt64(bitPattern: difference))
            }
        }
        return try addSlowly(left, right, isSubtraction: true, arena)
    }

    @inlinable
    public static func multiply(
        _ left: ByteView, _ right: ByteView, arena: Arena
    ) throws(SQLError) -> ByteView {
        if isSmall(left), isSmall(right) {
            let (product, overflow) = scaled(left).multipliedReportingOverflow(by: scaled(right))
            let scale = left.head &+ right.head
            if !overflow, fitsSmall(product), scale <= UInt32(scaleMax) {
                return ByteView(head: scale, tail: UInt64(bitPattern: product))
            }
        }
        return try multiplySlowly(left, right, arena)
    }

    public static func negate(_ view: ByteView, arena: Arena) throws(SQLError) -> ByteView {
        if isSmall(view) { return ByteView(head: view.head, tail: 0 &- view.tail) }
        switch kind(view) {
        case .nan: return nan
        case .infinity: return negativeInfinity
        case .negativeInfinity: return infinity
        case .positive, .negative:
            return try make(integer(view).negated(), scale: scale(view), arena: arena)
        }
    }

    public static func absolute(_ view: ByteView, arena: Arena) throws(SQLError) -> ByteView {
        switch kind(view) {
        case .nan, .infinity, .positive: return view
        case .negativeInfinity, .negative: return try negate(view, arena: arena)
        }
    }

    /// -1, 0, 1; NaN counts as positive.
    @inlinable
    public static func signum(_ view: ByteView) -> Int {
        if isSmall(view) { return Int(scaled(view).signum()) }
        let kind = kind(view)
        return kind == .negative || kind == .negativeInfinity ? -1 : 1
    }

    /// Negative, zero or positive; NaN equals itself and is above everything.
    @inlinable
    public static func compare(_ left: ByteView, _ right: ByteView) -> Int {
        if isSmall(left), isSmall(right), left.head == right.head {
            let a = scaled(left)
            let b = scaled(right)
            return a < b ? -1 : a > b ? 1 : 0
        }
        if let (a, b) = aligned(left, right) { return a < b ? -1 : a > b ? 1 : 0 }
        return compareSlowly(left, right)
    }

    // MARK: Out of line

    @usableFromInline @inline(never)
    static func addSlowly(
        _ left: ByteView, _ right: ByteView, isSubtraction: Bool, _ arena: Arena
    ) throws(SQLError) -> ByteView {
        if !isFinite(left) || !isFinite(right) {
            let other = isSubtraction ? try negate(right, arena: arena) : right
            if isNaN(left) || isNaN(other) { return nan }
            if isFinite(left) { return other }
            if isFinite(other) { return left }
            return kind(left) == kind(other) ? left : nan
        }
        let leftScale = scale(left)
        let rightScale = scale(right)
        let scale = max(leftScale, rightScale)
        if isSmall(left), isSmall(right), scale - min(leftScale, rightScale) <= 18 {
            let a = Int128(scaled(left)) * wideTen(scale - leftScale)
            let b = Int128(scaled(right)) * wideTen(scale - rightScale)
            return make(isSubtraction ? a - b : a + b, scale: scale, arena: arena)
        }
        let a = integer(left).timesPowerOfTen(scale - leftScale)
        let b = integer(right).timesPowerOfTen(scale - rightScale)
        return try make(isSubtraction ? a - b : a + b, scale: scale, arena: arena)
    }

    @usableFromInline @inline(never)
    static func multiplySlowly(
        _ left: ByteView, _ right: ByteView, _ arena: Arena
    ) throws(SQLError) -> ByteView {
        if !isFinite(left) || !isFinite(right) {
            if isNaN(left) || isNaN(right) { return nan }
            let sign = signum(left) * signum(right)
            return sign == 0 ? nan : sign > 0 ? infinity : negativeInfinity
        }
        let exactScale = scale(left) + scale(right)
        if isSmall(left), isSmall(right), exactScale <= scaleMax {
            let product = Int128(scaled(left)) * Int128(scaled(right))
            return make(product, scale: exactScale, arena: arena)
        }
        let product = integer(left) * integer(right)
        guard exactScale > scaleMax else {
            return try make(product, scale: exactScale, arena: arena)
        }
        let divisor = BigInteger.powerOfTen(exactScale - scaleMax)
        return try make(product.roundedQuotient(by: divisor), scale: scaleMax, arena: arena)
    }

    @usableFromInline @inline(never)
    static func compareSlowly(_ left: ByteView, _ right: ByteView) -> Int {
        func rank(_ view: ByteView) -> Int {
            switch kind(view) {
            case .negativeInfinity: -1
            case .positive, .negative: 0
            case .infinity: 1
            case .nan: 2
            }
        }
        let leftRank = rank(left)
        let rightRank = rank(right)
        if leftRank != 0 || rightRank != 0 { return leftRank - rightRank }
        let leftSign = signum(left)
        let rightSign = signum(right)
        if leftSign != rightSign || leftSign == 0 { return leftSign - rightSign }
        let leftScale = scale(left)
        let rightScale = scale(right)
        let scale = max(leftScale, rightScale)
        if isSmall(left), isSmall(right), scale - min(leftScale, rightScale) <= 18 {
            let a = Int128(scaled(left)) * wideTen(scale - leftScale)
            let b = Int128(scaled(right)) * wideTen(scale - rightScale)
            return a < b ? -1 : a > b ? 1 : 0
        }
        return BigInteger.compare(
            integer(left).timesPowerOfTen(scale - leftScale),
            integer(right).timesPowerOfTen(scale - rightScale))
    }
}
