internal import Base
internal import Execute
internal import Functions
internal import Parse
internal import Types

/// SET TIME ZONE INTERVAL '…'.
extension SessionState {
    /// The zone's name as the setting keeps it: `<-08>+08`.
    func timeZoneName(
        interval text: String, _ syntax: TypeNameSyntax
    ) throws(SQLError) -> String {
        var numbers: [Int64] = []
        for modifier in syntax.modifiers {
            if case .constant(.integer(let value), _) = modifier { numbers.append(Int64(value)) }
        }
        let type = SQLType(
            oid: .interval, modifier: try TypeModifiers.encode(numbers, for: .interval))
        let types = functions.types
        let arena = Arena()
        defer { withExtendedLifetime(arena) {} }
        let datum = try TypeIO.input(text, type: type, context: types, arena: arena)
        let interval = Interval(datum.view)
        let unfit: String? =
            interval.months != 0 ? "months" : interval.days != 0 ? "days" : nil
        if let unfit {
            let shown = TypeIO.text(datum, type: .interval, context: types)
            throw SQLError(
                .invalidParameterValue,
                "invalid value for parameter \"TimeZone\": \"INTERVAL '\(shown)'\""
            ).detail("Cannot specify \(unfit) in time zone interval.")
        }
        return TimeZone.fixed(
            offsetSeconds: Int(clamping: interval.microseconds / 1_000_000)
        ).name
    }
}
