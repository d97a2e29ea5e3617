internal import Base
internal import Synchronization

/// The columns of a row type.
public struct RecordShape: Hashable, Sendable {
    public struct Field: Hashable, Sendable {
        public var name: String
        public var type: SQLType
        /// Its place in values stays, without a value.
        public var isDropped: Bool

        public init(name: String, type: SQLType, isDropped: Bool = false) {
            self.name = name
            self.type = type
            self.isDropped = isDropped
        }
    }
    public var fields: [Field]

    public init(_ fields: [Field]) { self.fields = fields }

    /// The 0-based place of the live field of that name.
    public func index(named name: String) -> Int? {
        fields.firstIndex { $0.name == name && !$0.isDropped }
    }
}

/// What the rows of type record look like: such a type's modifier is a number given here, as
/// PostgreSQL's "blessed" row descriptors have theirs.
public enum RecordShapes {
    private struct Known {
        var numbers: [RecordShape: Int32] = [:]
        var shapes: [RecordShape] = []
    }
    private static let known = Mutex(Known())

    /// The type record with these columns.
    public static func type(_ shape: RecordShape) -> SQLType {
        let number = known.withLock { known in
            if let number = known.numbers[shape] { return number }
            let number = Int32(known.shapes.count)
            known.numbers[shape] = number
            known.shapes.append(shape)
            return number
        }
        return SQLType(oid: .record, modifier: number)
    }

    /// Nil: a record whose columns are not known before it is there.
    public static func shape(_ modifier: Int32) -> RecordShape? {
        known.withLock { known in
            known.shapes.indices.contains(Int(modifier)) ? known.shapes[Int(modifier)] : nil
        }
    }
}
