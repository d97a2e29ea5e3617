import Testing

@testable import Execute

@Suite struct WordTableTests {
    @Test func numbersComeInOrderOfArrival() {
        let table = WordTable()
        #expect(table.insert(7) == 0)
        #expect(table.insert(-7) == 1)
        #expect(table.insertNull() == 2)
        #expect(table.insert(0) == 3)
        #expect(table.insert(7) == 0)
        #expect(table.insertNull() == 2)
        #expect(table.count == 4)
        #expect(table.find(0) == 3)
        #expect(table.find(1) == -1)
    }

    @Test func growthKeepsNumbersAndEmptyingForgets() {
        let table = WordTable()
        for round in 0..<2 {
            for key in 0..<20_000 {
                let number = table.insert(Int64(key) &* 0x1_0000_0001)
                #expect(number == key, "round \(round)")
            }
            #expect(table.find(19_999 * 0x1_0000_0001) == 19_999)
            table.removeAll()
            #expect(table.count == 0)
            #expect(table.find(0) == -1)
        }
    }
}
