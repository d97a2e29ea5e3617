public import Base

/// The labels of an enum type. A value is a word, and the order of the words is that of the labels,
/// so that comparing, sorting, hashing and keys need no catalog. Words are far apart: a label that
/// comes between two others takes the middle.
public struct EnumLabels: Sendable {
    public struct Label: Sendable, Hashable {
        /// pg_enum.oid.
        public var oid: OID
        public var name: String
        /// pg_enum.enumsortorder.
        public var sortOrder: Float
        public var word: Int64

        public init(oid: OID, name: String, sortOrder: Float, word: Int64) {
            self.oid = oid
            self.name = name
            self.sortOrder = sortOrder
            self.word = word
        }
    }

    /// In order.
    public private(set) var labels: [Label]
    /// By the name's bytes: equality of `String` is not equality of text.
    private var byName: [[UInt8]: Int] = [:]
    private var byWord: [Int64: Int] = [:]

    public init(_ labels: [Label]) {
        self.labels = labels
        index()
    }

    private mutating func index() {
        byName = [:]
        byWord = [:]
        for (position, label) in labels.enumerated() {
            byName[Array(label.name.utf8)] = position
            byWord[label.word] = position
        }
    }

    public func label(named name: UnsafeRawBufferPointer) -> Label? {
        byName[[UInt8](name)].map { labels[$0] }
    }
    public func label(named name: String) -> Label? {
        byName[Array(name.utf8)].map { labels[$0] }
    }
    public func label(ofWord word: Int64) -> Label? { byWord[word].map { labels[$0] } }

    // MARK: Changes

    /// The distance between labels of a new type.
    public static let spacing: Int64 = 1 << 40

    /// Adds a label before the one at `position`, or at the end.
    /// - Throws: 54000 where no word is left between two labels.
    public mutating func insert(
        _ name: String, oid: OID, at position: Int
    ) throws(SQLError) {
        let before = position > 0 ? labels[position - 1] : nil
        let behind = position < labels.count ? labels[position] : nil
        let word: Int64
        let sortOrder: Float
        switch (before, behind) {
        case (nil, nil):
            word = 0
            sortOrder = 1
        case (let before?, nil):
            word = EnumLabels.step(from: before.word, towards: .max)
            sortOrder = before.sortOrder + 1
        case (nil, let behind?):
            word = EnumLabels.step(from: behind.word, towards: .min)
            sortOrder = behind.sortOrder - 1
        case (let before?, let behind?):
            word = before.word + (behind.word - before.word) / 2
            sortOrder = (before.sortOrder + behind.sortOrder) / 2
        }
        if word == before?.word || word == behind?.word {
            throw SQLError(
                .programLimitExceeded, "no room is left for an enum label at this place")
        }
        labels.insert(
            Label(oid: oid, name: name, sortOrder: sortOrder, word: word), at: position)
        // Sort orders are for people: where halving has worn out their digits they are counted anew.
        if sortOrder == before?.sortOrder || sortOrder == behind?.sortOrder {
            for index in labels.indices { labels[index].sortOrder = Float(index + 1) }
        }
        index()
    }

    public mutating func rename(_ position: Int, to name: String) {
        labels[position].name = name
        index()
    }

    /// A spacing away, or half of what is left.
    private static func step(from word: Int64, towards end: Int64) -> Int64 {
        if end > word {
            let room = end.subtractingReportingOverflow(word)
            return room.overflow || room.partialValue > 2 * spacing
                ? word + spacing : word + room.partialValue / 2
        }
        let room = word.subtractingReportingOverflow(end)
        return room.overflow || room.partialValue > 2 * spacing
            ? word - spacing : word - room.partialValue / 2
    }
}
