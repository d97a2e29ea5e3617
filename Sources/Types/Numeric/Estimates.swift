internal import Glibc

/// Floating-point estimates that size numeric results.
func log10Estimate(_ value: Double) -> Double { log10(value) }
func pow10(_ exponent: Double) -> Double { pow(10, exponent) }
