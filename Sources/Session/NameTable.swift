internal import Base

/// A map from names as bytes, which makes no String and copies no name to look one up. Open
/// addressing with linear probing; the empty places are at least as many as the taken ones.
final class NameTable<Value> {
    /// The hash of the name at each place, 0 where none is.
    @exclusivity(unchecked) private var hashes: [UInt64] = []
    @exclusivity(unchecked) private var names: [[UInt8]] = []
    @exclusivity(unchecked) private var places: [Value?] = []
    @exclusivity(unchecked) private(set) var count = 0

    subscript(name: UnsafeRawBufferPointer) -> Value? {
        guard count > 0 else { return nil }
        return places[place(of: name, NameTable.hash(name))]
    }

    /// False if the name is taken.
    func insert(_ value: Value, as name: UnsafeRawBufferPointer) -> Bool {
        if hashes.count < 2 * (count + 1) { grow() }
        let hash = NameTable.hash(name)
        let place = place(of: name, hash)
        if hashes[place] != 0 { return false }
        hashes[place] = hash
        names[place] = Array(name)
        places[place] = value
        count += 1
        return true
    }

    func remove(_ name: UnsafeRawBufferPointer) -> Value? {
        guard count > 0 else { return nil }
        var gap = place(of: name, NameTable.hash(name))
        guard let removed = places[gap].take() else { return nil }
        hashes[gap] = 0
        names[gap] = []
        count -= 1
        // What follows moves up where its way from its own place leads over the gap.
        let mask = hashes.count - 1
        var next = (gap + 1) & mask
        while hashes[next] != 0 {
            let home = Int(truncatingIfNeeded: hashes[next]) & mask
            if (next - home) & mask >= (next - gap) & mask {
                hashes.swapAt(gap, next)
                names.swapAt(gap, next)
                places.swapAt(gap, next)
                gap = next
            }
            next = (next + 1) & mask
        }
        return removed
    }

    func removeAll() {
        hashes.removeAll()
        names.removeAll()
        places.removeAll()
        count = 0
    }

    /// Removes the values that `goes` names; each is given to `end` afterwards.
    func removeAll(where goes: (Value) -> Bool, _ end: (Value) -> Void) {
        let removed = named.filter { goes($0.value) }
        for element in removed { _ = element.name.withUnsafeBytes { remove($0) } }
        for element in removed { end(element.value) }
    }

    var named: [(name: [UInt8], value: Value)] {
        zip(names, places).compactMap { name, value in value.map { (name, $0) } }
    }
    var values: [Value] { places.compactMap { $0 } }

    /// Where the name is, or else the empty place where it belongs.
    private func place(of name: UnsafeRawBufferPointer, _ hash: UInt64) -> Int {
        let mask = hashes.count - 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while hashes[place] != 0 {
            if hashes[place] == hash, isNamed(place, name) { return place }
            place = (place + 1) & mask
        }
        return place
    }

    private func isNamed(_ place: Int, _ name: UnsafeRawBufferPointer) -> Bool {
        names[place].withUnsafeBytes { compareBytes($0, name) == 0 }
    }

    private func grow() {
        let old = hashes.indices.filter { hashes[$0] != 0 }.map { (hashes[$0], names[$0], places[$0]) }
        let size = max(4, hashes.count * 2)
        hashes = Array(repeating: 0, count: size)
        names = Array(repeating: [], count: size)
        places = Array(repeating: nil, count: size)
        for (hash, name, value) in old {
            var place = Int(truncatingIfNeeded: hash) & (size - 1)
            while hashes[place] != 0 { place = (place + 1) & (size - 1) }
            hashes[place] = hash
            names[place] = name
            places[place] = value
        }
    }

    /// FNV-1a, folded so that its low bits depend on all of the name; never 0.
    private static func hash(_ name: UnsafeRawBufferPointer) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        hash ^= hash >> 32
        return hash == 0 ? 1 : hash
    }
}
