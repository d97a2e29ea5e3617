/// Objects that stay the same as long as the list: what a compiled plan calls row after row.
///
/// An element of an array is retained before a call and released after it, since the array might
/// change meanwhile. These cannot: the list owns them and lends them out uncounted.
public struct FixedList<Object: AnyObject> {
    /// Keeps what `lent` points to.
    public let objects: [Object]
    @usableFromInline let lent: [Unmanaged<Object>]

    public init(_ objects: [Object]) {
        self.objects = objects
        lent = objects.map { Unmanaged.passUnretained($0) }
    }

    @inlinable public var count: Int { lent.count }
    @inlinable public var isEmpty: Bool { lent.isEmpty }
    @inlinable public var indices: Range<Int> { lent.indices }

    /// Calls `body` with the object at `index`.
    @inlinable @inline(__always)
    public func lend<Result, Failure: Error>(
        _ index: Int, _ body: (Object) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // The standard library's loan does not pass typed errors on.
        let outcome: Swift.Result<Result, Failure> = lent[index]._withUnsafeGuaranteedRef { object in
            do throws(Failure) {
                return .success(try body(object))
            } catch {
                return .failure(error)
            }
        }
        return try outcome.get()
    }

    /// Calls `body` with each object in turn.
    @inlinable @inline(__always)
    public func forEach<Failure: Error>(_ body: (Object) throws(Failure) -> Void) throws(Failure) {
        for index in lent.indices { try lend(index, body) }
    }
}
