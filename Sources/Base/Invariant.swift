/// Traps with a message in every build. For our bugs only, never for bad input: bad input throws
/// `SQLError`.
@inlinable @inline(__always)
public func invariant(
    _ holds: Bool,
    _ reason: @autoclosure () -> StaticString,
    file: StaticString = #fileID,
    line: UInt = #line
) {
    if !holds { invariantFailed(reason(), file, line) }
}

@usableFromInline @inline(never)
func invariantFailed(_ reason: StaticString, _ file: StaticString, _ line: UInt) -> Never {
    fatalError("invariant broken: \(reason)", file: file, line: line)
}
