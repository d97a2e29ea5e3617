import Base
import Catalog
import Testing

/// Expected texts are PostgreSQL 15's.
@Suite struct SettingsTests {
    private func session() -> SessionSettings {
        SessionSettings(server: ServerSettings { $0 == "Foo/Bar" ? nil : $0 })
    }

    @Test(arguments: [
        ("statement_timeout", "5s", "5s"), ("statement_timeout", "1.5min", "90s"),
        ("statement_timeout", "90min", "90min"), ("seq_page_cost", "1.50", "1.5"),
        ("datestyle", "german", "German, DMY"), ("datestyle", "iso, dmy", "ISO, DMY"),
        ("work_mem", "1025kB", "1025kB"), ("work_mem", "0x100", "256kB"),
        ("temp_buffers", "2GB", "2GB"), ("deadlock_timeout", "1500us", "2ms"),
        ("synchronous_commit", "1", "on"), ("bytea_output", "HEX", "hex"),
        ("search_path", "a, \"B c\", public", "a, \"B c\", public"), ("foo.bar", "1", "1"),
    ])
    func shows(name: String, value: String, shown: String) throws {
        let settings = session()
        try settings.set(name, value, isLocal: false)
        #expect(try settings.show(name).text == shown)
    }

    @Test(arguments: [
        ("foo", "1", "42704", "unrecognized configuration parameter \"foo\""),
        ("work_mem", "abc", "22023", "invalid value for parameter \"work_mem\": \"abc\""),
        (
            "work_mem", "1", "22023",
            "1 kB is outside the valid range for parameter \"work_mem\" (64 .. 2147483647)"
        ),
        ("work_mem", "100 foo", "22023", "invalid value for parameter \"work_mem\": \"100 foo\""),
        (
            "enable_seqscan", "maybe", "22023",
            "parameter \"enable_seqscan\" requires a Boolean value"
        ),
        (
            "port", "5", "55P02",
            "parameter \"port\" cannot be changed without restarting the server"
        ),
        ("fsync", "off", "55P02", "parameter \"fsync\" cannot be changed now"),
        ("server_version", "x", "55P02", "parameter \"server_version\" cannot be changed"),
        (
            "seq_page_cost", "-1", "22023",
            "-1 is outside the valid range for parameter \"seq_page_cost\" (0 .. 1.79769e+308)"
        ),
        ("timezone", "Foo/Bar", "22023", "invalid value for parameter \"TimeZone\": \"Foo/Bar\""),
        ("foo-x.bar", "1", "42602", "invalid configuration parameter name \"foo-x.bar\""),
    ])
    func refuses(name: String, value: String, state: String, message: String) throws {
        do {
            try session().set(name, value, isLocal: false)
            Issue.record("\(name) = \(value) was taken")
        } catch {
            #expect(error.state.description == state)
            #expect(error.message == message)
        }
    }

    @Test func transactionsTakeBackChanges() throws {
        let settings = session()
        try settings.set("work_mem", "1MB", isLocal: false)
        settings.beginTransaction()
        try settings.set("work_mem", "2MB", isLocal: false)
        try settings.set("work_mem", "3MB", isLocal: true)
        #expect(try settings.show("work_mem").text == "3MB")
        settings.commitTransaction()
        #expect(try settings.show("work_mem").text == "2MB")

        settings.beginTransaction()
        try settings.set("work_mem", "4MB", isLocal: false)
        settings.beginSavepoint()
        try settings.set("work_mem", "5MB", isLocal: false)
        settings.rollbackToSavepoint(depth: 0)
        #expect(try settings.show("work_mem").text == "4MB")
        settings.abortTransaction()
        #expect(try settings.show("work_mem").text == "2MB")
        try settings.set("work_mem", nil, isLocal: false)
        #expect(try settings.show("work_mem").text == "4MB")
    }

    @Test func typedValuesFollow() throws {
        let settings = session()
        try settings.set("search_path", "a, \"B\"", isLocal: false)
        try settings.set("statement_timeout", "1s", isLocal: false)
        #expect(settings.typed.searchPath == ["a", "B"])
        #expect(settings.typed.statementTimeoutMilliseconds == 1000)
        try settings.set("application_name", "x", isLocal: false)
        #expect(settings.takeChangedReports().map(\.name) == ["application_name"])
        #expect(settings.takeChangedReports().isEmpty)
    }

    @Test func configurationFile() throws {
        let lines = try SettingsFile.parse(
            "# comment\nport = 5433\nlisten_addresses='a''b' # more\n\nwork_mem 1MB\n",
            fileName: "postgresql.conf")
        #expect(lines.map(\.name) == ["port", "listen_addresses", "work_mem"])
        #expect(lines.map(\.value) == ["5433", "a'b", "1MB"])
        #expect(throws: SQLError.self) {
            try SettingsFile.parse("port 'x", fileName: "postgresql.conf")
        }
    }
}
