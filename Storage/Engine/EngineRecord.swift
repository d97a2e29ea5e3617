internal import Base

/// The engine's records in the log. Payloads, little-endian, varints as LEB128:
///
///     write:        | writer v | generation v | key length v | key | row |
///     delete:       | writer v | generation v | key length v | key | moved-to key, if any |
///     commit:       | writer v | dropped count v | generations v … |
///     abort:        | writer v |
///     subtransaction: | writer v | parent v |
///     generations:  | ceiling v |        generation ids below it may be in use
///     message:      | kind 1 | payload |  of the layers above: sequences, clean stop …
enum EngineRecord: UInt8 {
    case write = 1
    case delete = 2
    case commit = 3
    case abort = 4
    case subtransaction = 5
    case generations = 6
    case message = 7
}
