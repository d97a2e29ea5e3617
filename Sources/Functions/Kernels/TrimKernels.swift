internal import Base
internal import Types

enum TrimSide { case left, right, both }

/// Of blanks, or of the characters of a set.
func trimming(_ side: TrimSide, hasSet: Bool) -> Kernel {
    if !hasSet {
        return .scalar { (arguments, _) throws(SQLError) in
            let view = arguments[0].view
            return Datum(view: view.slice(view.withBytes { trimmed($0, side) { $0 == 0x20 } }))
        }
    }
    return .scalar { (arguments, context) throws(SQLError) in
        let (view, set) = (arguments[0].view, arguments[1].view)
        let isPlain = set.withBytes { $0.allSatisfy { $0 < 0x80 } }
        if isPlain {
            return set.withBytes { set in
                Datum(view: view.slice(view.withBytes { trimmed($0, side, set.contains) }))
            }
        }
        return view.withBytes { trim($0, set.withBytes(characters), side, context) }
    }
}

/// What is left of bytes without those at its ends that are in a set of ASCII characters.
@inline(__always)
private func trimmed(
    _ bytes: UnsafeRawBufferPointer, _ side: TrimSide, _ isInSet: (UInt8) -> Bool
) -> Range<Int> {
    var first = 0
    var end = bytes.count
    if side != .right { while first < end, isInSet(bytes[first]) { first += 1 } }
    if side != .left { while end > first, isInSet(bytes[end - 1]) { end -= 1 } }
    return first..<end
}

private func trim(
    _ bytes: UnsafeRawBufferPointer, _ set: [UnicodeScalar], _ side: TrimSide,
    _ context: FunctionContext
) -> Datum {
    let text = String(decoding: bytes, as: UTF8.self).unicodeScalars
    var kept = text[...]
    if side != .right { kept = kept.drop { set.contains($0) } }
    if side != .left {
        while let last = kept.last, set.contains(last) { kept.removeLast() }
    }
    return context.text(String(kept))
}
