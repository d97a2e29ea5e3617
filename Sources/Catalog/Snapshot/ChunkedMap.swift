/// A dictionary that is cheap to copy and then change: it consists of small dictionaries, and a
/// change copies one of them and the list. Catalog versions share the rest.
struct ChunkedMap<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private static var chunkCount: Int { 64 }
    private var chunks: [[Key: Value]]
    private(set) var count = 0

    init() { chunks = Array(repeating: [:], count: Self.chunkCount) }

    private func chunk(of key: Key) -> Int { key.hashValue & (Self.chunkCount - 1) }

    subscript(key: Key) -> Value? {
        get { chunks[chunk(of: key)][key] }
        set {
            let index = chunk(of: key)
            let before = chunks[index].count
            chunks[index][key] = newValue
            count += chunks[index].count - before
        }
    }

    /// In no particular order.
    func forEach(_ body: (Key, Value) -> Void) {
        for chunk in chunks { for (key, value) in chunk { body(key, value) } }
    }
}
