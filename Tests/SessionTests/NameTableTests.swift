import Base
import Support
import Testing

@testable import Session

@Suite struct NameTableTests {
    private func with<Result>(_ name: String, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        Array(name.utf8).withUnsafeBytes(body)
    }

    @Test func itIsADictionary() {
        let seed = UInt64.random(in: 0 ... .max)
        print("itIsADictionary seed \(seed)")
        var random = SeededRandom(seed: seed)
        let table = NameTable<Int>()
        var expected: [String: Int] = [:]
        for step in 0..<20_000 {
            let name = "s\(Int.random(in: 0..<120, using: &random))"
            switch Int.random(in: 0..<4, using: &random) {
            case 0, 1:
                let isNew = with(name) { table.insert(step, as: $0) }
                #expect(isNew == (expected[name] == nil))
                if isNew { expected[name] = step }
            case 2:
                #expect(with(name) { table.remove($0) } == expected.removeValue(forKey: name))
            default:
                #expect(with(name) { table[$0] } == expected[name])
            }
            #expect(table.count == expected.count)
        }
        #expect(table.values.sorted() == expected.values.sorted())
        table.removeAll()
        #expect(table.values.isEmpty && with("s1") { table[$0] } == nil)
    }

    @Test func anEmptyNameIsAName() {
        let table = NameTable<Int>()
        #expect(with("") { table.insert(7, as: $0) })
        #expect(with("") { table[$0] } == 7)
        #expect(with("") { table.remove($0) } == 7)
        #expect(with("") { table[$0] } == nil)
    }
}
