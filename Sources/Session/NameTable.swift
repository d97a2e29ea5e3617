internal import Base

/// A map from names as bytes, which makes no String and copies no name to look one up.
struct NameTable<Value> {
    private struct Element {
        var name: [UInt8]
        var value: Value
    }
    private var buckets: [UInt64: [Element]] = [:]
    private(set) var count = 0

    subscript(name: UnsafeRawBufferPointer) -> Value? {
        guard count > 0, let bucket = buckets[NameTable.hash(name)] else { return nil }
        return bucket.first { NameTable.isEqual($0.name, name) }?.value
    }

    /// False if the name is taken.
    mutating func insert(_ value: Value, as name: UnsafeRawBufferPointer) -> Bool {
        let hash = NameTable.hash(name)
        var bucket = buckets[hash] ?? []
        if bucket.contains(where: { NameTable.isEqual($0.name, name) }) { return false }
        bucket.append(Element(name: Array(name), value: value))
        buckets[hash] = bucket
        count += 1
        return true
    }

    mutating func remove(_ name: UnsafeRawBufferPointer) -> Value? {
        let hash = NameTable.hash(name)
        guard var bucket = buckets[hash],
            let index = bucket.firstIndex(where: { NameTable.isEqual($0.name, name) })
        else { return nil }
        let value = bucket.remove(at: index).value
        buckets[hash] = bucket.isEmpty ? nil : bucket
        count -= 1
        return value
    }

    mutating func removeAll() {
        buckets.removeAll()
        count = 0
    }

    var values: [Value] { buckets.values.flatMap { $0.map(\.value) } }

    private static func isEqual(_ left: [UInt8], _ right: UnsafeRawBufferPointer) -> Bool {
        left.withUnsafeBytes { compareBytes($0, right) == 0 }
    }

    /// FNV-1a.
    private static func hash(_ name: UnsafeRawBufferPointer) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return hash
    }
}
