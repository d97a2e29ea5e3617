import Testing

@testable import Statement

/// Expected names are PostgreSQL 15's.
@Suite struct GeneratedNamesTests {
    @Test func fits() {
        #expect(GeneratedNames.objectName("t", "id", "seq") == "t_id_seq")
        #expect(GeneratedNames.objectName("t", nil, "pkey") == "t_pkey")
    }

    @Test func cutsTheLongerName() {
        let long = String(repeating: "a", count: 60)
        let name = GeneratedNames.objectName(long, "identifier", "seq")
        #expect(name == String(repeating: "a", count: 48) + "_identifier_seq")
        #expect(name.utf8.count == 63)
        let both = GeneratedNames.objectName(long, String(repeating: "b", count: 60), "seq")
        #expect(
            both == String(repeating: "a", count: 29) + "_" + String(repeating: "b", count: 29)
                + "_seq")
    }

    @Test func cutsBetweenCharacters() {
        let name = GeneratedNames.objectName(String(repeating: "é", count: 40), "id", "seq")
        #expect(name == String(repeating: "é", count: 28) + "_id_seq")
    }

    @Test func numbersUntilFree() {
        let taken: Set<String> = ["t_a_key", "t_a_key1"]
        #expect(
            GeneratedNames.freeName("t", "a", "key") { taken.contains($0) } == "t_a_key2")
    }
}
