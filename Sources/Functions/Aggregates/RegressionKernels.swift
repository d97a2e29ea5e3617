internal import Base
internal import Types

/// Sums over pairs (Y, X) that are both there, by Youngs and Cramer's updates as in PostgreSQL.
private struct Regression: BitwiseCopyable, Sendable {
    var count: Double = 0
    var sumX: Double = 0
    var squaresX: Double = 0
    var sumY: Double = 0
    var squaresY: Double = 0
    var products: Double = 0

    mutating func add(y: Double, x: Double) throws(SQLError) {
        let before = self
        count += 1
        sumX += x
        sumY += y
        guard before.count > 0 else {
            if !x.isFinite {
                squaresX = .nan
                products = .nan
            }
            if !y.isFinite {
                squaresY = .nan
                products = .nan
            }
            return
        }
        let distanceX = x * count - sumX
        let distanceY = y * count - sumY
        let scale = 1 / (count * before.count)
        squaresX += distanceX * distanceX * scale
        squaresY += distanceY * distanceY * scale
        products += distanceX * distanceY * scale
        try checkOverflow(before, y: y, x: x)
    }

    private mutating func checkOverflow(
        _ before: Regression, y: Double, x: Double
    ) throws(SQLError) {
        let isInfiniteX = sumX.isInfinite || squaresX.isInfinite
        let isInfiniteY = sumY.isInfinite || squaresY.isInfinite
        guard isInfiniteX || isInfiniteY || products.isInfinite else { return }
        let wasFiniteX = !before.sumX.isInfinite && !x.isInfinite
        let wasFiniteY = !before.sumY.isInfinite && !y.isInfinite
        if isInfiniteX && wasFiniteX || isInfiniteY && wasFiniteY
            || products.isInfinite && wasFiniteX && wasFiniteY
        {
            throw floatOverflow()
        }
        if squaresX.isInfinite { squaresX = .nan }
        if squaresY.isInfinite { squaresY = .nan }
        if products.isInfinite { products = .nan }
    }
}

private func regression(
    _ finish: @escaping @Sendable (Regression) -> Double?
) -> AggregateKernel {
    aggregate(
        Regression(),
        step: { state, arguments, row, _ throws(SQLError) in
            if arguments[1].isNull(row) { return }
            try state.add(y: arguments[0][row].double, x: arguments[1][row].double)
        },
        finish: { state, _ throws(SQLError) in
            if state.count < 1 { return .null }
            return finish(state).map { Datum($0) } ?? .null
        })
}

/// regr_*, covar_* and corr.
func regressionTheme() -> [String: AggregateKernel] {
    let kernels: [(String, AggregateKernel)] = [
        (
            "regr_count",
            aggregate(
                Int64(0),
                step: { state, arguments, row, _ throws(SQLError) in
                    if !arguments[1].isNull(row) { state += 1 }
                },
                finish: { state, _ throws(SQLError) in Datum(word: state) })
        ),
        ("regr_sxx", regression { $0.squaresX }),
        ("regr_syy", regression { $0.squaresY }),
        ("regr_sxy", regression { $0.products }),
        ("regr_avgx", regression { $0.sumX / $0.count }),
        ("regr_avgy", regression { $0.sumY / $0.count }),
        ("covar_pop", regression { $0.products / $0.count }),
        ("covar_samp", regression { $0.count < 2 ? nil : $0.products / ($0.count - 1) }),
        (
            "corr",
            regression {
                $0.squaresX == 0 || $0.squaresY == 0
                    ? nil : $0.products / ($0.squaresX * $0.squaresY).squareRoot()
            }
        ),
        (
            "regr_r2",
            regression {
                if $0.squaresX == 0 { return nil }
                if $0.squaresY == 0 { return 1 }
                return $0.products * $0.products / ($0.squaresX * $0.squaresY)
            }
        ),
        ("regr_slope", regression { $0.squaresX == 0 ? nil : $0.products / $0.squaresX }),
        (
            "regr_intercept",
            regression {
                $0.squaresX == 0
                    ? nil : ($0.sumY - $0.sumX * $0.products / $0.squaresX) / $0.count
            }
        ),
    ]
    return Dictionary(
        kernels.map { ("\($0.0)(float8,float8)", $0.1) }, uniquingKeysWith: { first, _ in first })
}
