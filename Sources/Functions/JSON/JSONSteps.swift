internal import Base
internal import Types

/// What a path of field names and indexes leads through: json's nodes and jsonb's values.
protocol JSONSteps {
    var isArray: Bool { get }
    /// An object's value; of equal keys the last.
    func field(_ name: ByteView) -> Self?
    /// An array's element, from the end where `index` is negative.
    func element(_ index: Int64) -> Self?
}

extension JSONSteps {
    /// The value at the end of a path, a text[]; nil: there is none, or a step is null.
    func descend(_ path: ByteView) -> Self? {
        let arena = Arena()
        defer { withExtendedLifetime(arena) {} }
        var current = self
        for step in ArrayBinary.elements(path, arena: arena) {
            guard !step.isNull else { return nil }
            let next =
                current.isArray
                ? pathIndex(step.view).flatMap { current.element(Int64($0)) }
                : current.field(step.view)
            guard let next else { return nil }
            current = next
        }
        return current
    }
}

extension JSONNode: JSONSteps {
    var isArray: Bool { kind == .array }

    func field(_ name: ByteView) -> JSONNode? {
        guard kind == .object else { return nil }
        return keys.lastIndex(of: name.bytes).map { children[$0] }
    }

    func element(_ index: Int64) -> JSONNode? {
        guard kind == .array else { return nil }
        let place = index < 0 ? index + Int64(children.count) : index
        return children.indices.contains(Int(place)) ? children[Int(place)] : nil
    }
}

extension JSONB: JSONSteps {
    var isArray: Bool { kind == .array }

    func field(_ name: ByteView) -> JSONB? {
        guard kind == .object else { return nil }
        return name.withBytes { index(of: $0) }.map { value($0) }
    }

    /// A scalar by itself counts as an array of one.
    func element(_ index: Int64) -> JSONB? {
        if !isContainer { return index == 0 || index == -1 ? self : nil }
        guard kind == .array else { return nil }
        let place = index < 0 ? index + Int64(count) : index
        return place >= 0 && place < Int64(count) ? element(Int(place)) : nil
    }
}

/// A path's step as an array's index. Nil: it is none.
func pathIndex(_ view: ByteView) -> Int? {
    var text = Substring(view.string)
    while let first = text.first, first == " " || first == "\t" || first == "\n" {
        text.removeFirst()
    }
    return Int32(text).map(Int.init)
}
