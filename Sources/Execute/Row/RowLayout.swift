internal import Base
public import Catalog
internal import Types

/// Where the columns of a table lie in its rows' bytes.
///
///     | natts 2 | fixed size 2 | fixed area | null bitmap | end offsets | bytes of variable columns |
///       ^ top bit: offsets have 4 bytes, else 2
///
/// The fixed area holds the fixed-width columns in column order, nulls as zeros, so that a column's
/// place does not depend on how many columns the row was written with: a row that is older than
/// ALTER TABLE … ADD COLUMN has a smaller natts and ends earlier in every part. The bitmap has a
/// bit for each column, set where it is null. An end offset is relative to the start of the bytes.
/// Numbers are little-endian.
public struct RowLayout: Sendable {
    /// How a fixed-width column is stored.
    enum Storage: UInt8, Sendable {
        case byte1
        case signed2
        case signed4
        case unsigned4
        case word8
        case variable

        var widthBytes: Int {
            switch self {
            case .byte1: 1
            case .signed2: 2
            case .signed4, .unsigned4: 4
            case .word8: 8
            case .variable: 0
            }
        }
    }

    struct Place: Sendable {
        var storage: Storage
        /// Fixed: offset in the row. Variable: index among the variable columns.
        var position: Int
        /// How many variable columns are before this one and itself, for rows that end here.
        var variablesThrough: Int
    }

    static let headerSizeBytes = 4
    static let longOffsetsFlag: UInt16 = 0x8000

    let places: [Place]
    /// The header and the whole fixed area.
    let fixedEnd: Int
    let variableCount: Int
    let bitmapSizeBytes: Int

    public init(columns: [Column]) {
        self.init(storages: columns.map { RowLayout.storage(of: $0.type) })
    }

    init(storages: [Storage]) {
        var places: [Place] = []
        places.reserveCapacity(storages.count)
        var offset = RowLayout.headerSizeBytes
        var variables = 0
        for storage in storages {
            if storage == .variable {
                places.append(
                    Place(
                        storage: storage, position: variables, variablesThrough: variables + 1))
                variables += 1
            } else {
                places.append(
                    Place(storage: storage, position: offset, variablesThrough: variables))
                offset += storage.widthBytes
            }
        }
        invariant(storages.count < Int(RowLayout.longOffsetsFlag), "natts has 15 bits")
        invariant(offset <= Int(UInt16.max), "the fixed area's size has 16 bits")
        self.places = places
        fixedEnd = offset
        variableCount = variables
        bitmapSizeBytes = (storages.count + 7) / 8
    }

    public var columnCount: Int { places.count }

    static func storage(of type: SQLType) -> Storage {
        let base = TypeCatalog.base(type.oid)
        guard let info = TypeCatalog.info(base), info.physical == .word else {
            return .variable
        }
        return switch info.storedWidthBytes {
        case 1: .byte1
        case 2: .signed2
        case 4: base == .int4 || base == .date ? .signed4 : .unsigned4
        default: .word8
        }
    }
}
