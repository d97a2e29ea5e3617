internal import Base

/// Reads the text forms of date, time and timestamps (chapter 8.5.1, appendix B): scans fields, then
/// checks and assembles them. Errors are PostgreSQL's 22007, 22008, 22009 and 22023.
enum DateTimeInput {
    static func date(_ text: UnsafeRawBufferPointer, _ context: TypeContext) throws(SQLError)
        -> Int64
    {
        if let days = ISOText.date(text), text.count == ISOText.dateSizeBytes { return Int64(days) }
        let fields = try DateTimeFields(text, typeName: "date", context)
        switch fields.special {
        case .infinity: return DateTime.dateInfinity
        case .negativeInfinity: return DateTime.dateNegativeInfinity
        case .epoch: return Int64(-Calendar.unixEpochDays)
        case .now:
            return DateTime.date(
                timestamp: DateTime.local(context.nowMicroseconds, in: context.timeZone))
        case nil: break
        }
        let days = Int64(try fields.days(requiresDate: true))
        guard DateTime.dateRange.contains(days) else {
            throw SQLError(.datetimeFieldOverflow, "date out of range: \"\(string(text))\"")
        }
        return days
    }

    static func time(
        _ text: UnsafeRawBufferPointer, _ modifier: Int32, _ context: TypeContext
    ) throws(SQLError) -> Int64 {
        let fields = try DateTimeFields(text, typeName: "time", isTime: true, context)
        if fields.special == .now {
            let local = DateTime.local(context.nowMicroseconds, in: context.timeZone)
            return DateTime.round(DateTime.split(local).microseconds, modifier: modifier)
        }
        guard fields.special == nil, let microseconds = fields.timeOfDay,
            fields.zone == nil || fields.hasDate
        else { throw fields.malformed }
        return DateTime.round(microseconds, modifier: modifier)
    }

    static func timetz(
        _ text: UnsafeRawBufferPointer, _ modifier: Int32, _ context: TypeContext
    ) throws(SQLError) -> TimeTZ {
        let fields = try DateTimeFields(
            text, typeName: "time with time zone", isTime: true, context)
        if fields.special == .now {
            let value = DateTime.timetz(context.nowMicroseconds, in: context.timeZone)
            return TimeTZ(
                microseconds: DateTime.round(value.microseconds, modifier: modifier),
                westSeconds: value.westSeconds)
        }
        guard fields.special == nil, let time = fields.timeOfDay else { throw fields.malformed }
        let east: Int
        if let offset = fields.offsetSeconds {
            east = offset
        } else {
            // A named zone has an offset only on a day.
            guard fields.zone == nil || fields.hasDate else { throw fields.malformed }
            let zone = fields.zone ?? context.timeZone
            let days =
                fields.hasDate
                ? try fields.days(requiresDate: true)
                : DateTime.split(DateTime.local(context.nowMicroseconds, in: zone)).days
            let local = Int64(days + Calendar.unixEpochDays) * 86400 + time / 1_000_000
            east = zone.period(atLocal: local).offsetSeconds
        }
        return TimeTZ(
            microseconds: DateTime.round(time, modifier: modifier), westSeconds: Int32(-east))
    }

    static func timestamp(
        _ text: UnsafeRawBufferPointer, _ modifier: Int32, _ context: TypeContext
    ) throws(SQLError) -> Int64 {
        if let value = ISOText.timestamp(text) {
            return DateTime.round(value, modifier: modifier)
        }
        let fields = try DateTimeFields(text, typeName: "timestamp", context)
        let value: Int64
        switch fields.special {
        case .infinity: return DateTime.infinity
        case .negativeInfinity: return DateTime.negativeInfinity
        case .epoch: value = Int64(-Calendar.unixEpochDays) * Calendar.microsecondsPerDay
        case .now: value = DateTime.local(context.nowMicroseconds, in: context.timeZone)
        case nil: value = try local(fields, text)
        }
        return try checked(DateTime.round(value, modifier: modifier), text)
    }

    static func timestamptz(
        _ text: UnsafeRawBufferPointer, _ modifier: Int32, _ context: TypeContext
    ) throws(SQLError) -> Int64 {
        if let local = ISOText.timestamp(text) {
            return DateTime.round(
                try DateTime.instant(local: local, in: context.timeZone), modifier: modifier)
        }
        let fields = try DateTimeFields(text, typeName: "timestamp with time zone", context)
        let value: Int64
        switch fields.special {
        case .infinity: return DateTime.infinity
        case .negativeInfinity: return DateTime.negativeInfinity
        case .epoch: value = Int64(-Calendar.unixEpochDays) * Calendar.microsecondsPerDay
        case .now: value = context.nowMicroseconds
        case nil:
            let local = try local(fields, text)
            if let offset = fields.offsetSeconds {
                let (instant, overflow) = local.subtractingReportingOverflow(
                    Int64(offset) * 1_000_000)
                guard !overflow else { throw outOfRange(text) }
                value = instant
            } else {
                let zone = fields.zone ?? context.timeZone
                do {
                    value = try DateTime.instant(local: local, in: zone)
                } catch { throw outOfRange(text) }
            }
        }
        return try checked(DateTime.round(value, modifier: modifier), text)
    }

    private static func local(
        _ fields: DateTimeFields, _ text: UnsafeRawBufferPointer
    ) throws(SQLError) -> Int64 {
        let days = Int64(try fields.days(requiresDate: true))
        let (start, overflow1) = days.multipliedReportingOverflow(by: Calendar.microsecondsPerDay)
        let (value, overflow2) = start.addingReportingOverflow(fields.timeOfDay ?? 0)
        // A zone may bring a value back into the range, so the range is checked at the end.
        guard !overflow1, !overflow2 else { throw outOfRange(text) }
        return value
    }

    private static func checked(
        _ value: Int64, _ text: UnsafeRawBufferPointer
    ) throws(SQLError) -> Int64 {
        guard DateTime.timestampRange.contains(value) else { throw outOfRange(text) }
        return value
    }

    private static func outOfRange(_ text: UnsafeRawBufferPointer) -> SQLError {
        SQLError(.datetimeFieldOverflow, "timestamp out of range: \"\(string(text))\"")
    }
}
