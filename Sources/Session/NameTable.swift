internal import Base

/// A map from names as bytes, which makes no String and copies no name to look one up. Open
/// addressing with linear probing; the empty places are at least as many as the taken ones.
struct NameTable<Value> {
    private struct Element {
        var hash: UInt64
        var name: [UInt8]
        var value: Value
    }
    private var places: [Element?] = []
    private(set) var count = 0

    subscript(name: UnsafeRawBufferPointer) -> Value? {
        guard count > 0 else { return nil }
        return places[place(of: name, NameTable.hash(name))]?.value
    }

    /// False if the name is taken.
    mutating func insert(_ value: Value, as name: UnsafeRawBufferPointer) -> Bool {
        if places.count < 2 * (count + 1) { grow() }
        let hash = NameTable.hash(name)
        let place = place(of: name, hash)
        if places[place] != nil { return false }
        places[place] = Element(hash: hash, name: Array(name), value: value)
        count += 1
        return true
    }

    mutating func remove(_ name: UnsafeRawBufferPointer) -> Value? {
        guard count > 0 else { return nil }
        var gap = place(of: name, NameTable.hash(name))
        guard let removed = places[gap].take() else { return nil }
        count -= 1
        // What follows moves up where its way from its own place leads over the gap.
        let mask = places.count - 1
        var next = (gap + 1) & mask
        while let element = places[next] {
            let home = Int(truncatingIfNeeded: element.hash) & mask
            if (next - home) & mask >= (next - gap) & mask {
                places[gap] = places[next].take()
                gap = next
            }
            next = (next + 1) & mask
        }
        return removed.value
    }

    mutating func removeAll() {
        places.removeAll()
        count = 0
    }

    /// Removes the values that `goes` names; each is given to `end` afterwards.
    mutating func removeAll(where goes: (Value) -> Bool, _ end: (Value) -> Void) {
        let removed = places.compactMap { $0 }.filter { goes($0.value) }
        for element in removed { _ = element.name.withUnsafeBytes { remove($0) } }
        for element in removed { end(element.value) }
    }

    var values: [Value] { places.compactMap { $0?.value } }

    /// Where the name is, or else the empty place where it belongs.
    private func place(of name: UnsafeRawBufferPointer, _ hash: UInt64) -> Int {
        let mask = places.count - 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while !isFreeOrNamed(place, name, hash) { place = (place + 1) & mask }
        return place
    }

    private func isFreeOrNamed(
        _ place: Int, _ name: UnsafeRawBufferPointer, _ hash: UInt64
    ) -> Bool {
        switch places[place] {
        case nil: true
        case let element?:
            element.hash == hash
                && element.name.withUnsafeBytes { compareBytes($0, name) == 0 }
        }
    }

    private mutating func grow() {
        let elements = places.compactMap { $0 }
        places = Array(repeating: nil, count: max(4, places.count * 2))
        let mask = places.count - 1
        for element in elements {
            var place = Int(truncatingIfNeeded: element.hash) & mask
            while places[place] != nil { place = (place + 1) & mask }
            places[place] = element
        }
    }

    /// FNV-1a, folded so that its low bits depend on all of the name.
    private static func hash(_ name: UnsafeRawBufferPointer) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return hash ^ hash >> 32
    }
}
