extension [UInt8] {
    /// Lends the bytes; as `withUnsafeBytes`, with errors of one type.
    @inline(__always)
    @inlinable
    public func lend<Result>(
        _ body: (UnsafeRawBufferPointer) throws(SQLError) -> Result
    ) throws(SQLError) -> Result {
        let outcome: Swift.Result<Result, SQLError> = withUnsafeBytes { bytes in
            do throws(SQLError) {
                return .success(try body(bytes))
            } catch {
                return .failure(error)
            }
        }
        return try outcome.get()
    }
}
