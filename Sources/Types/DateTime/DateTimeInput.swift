internal import Base

enum DateTimeInput {
    static func date(_ text: UnsafeRawBufferPointer, _ context: TypeContext) throws(SQLError) -> Int64 {
        throw .notSupported("date input")
    }
    static func time(_ text: UnsafeRawBufferPointer, _ modifier: Int32, _ context: TypeContext)
        throws(SQLError) -> Int64
    {
        throw .notSupported("time input")
    }
    static func timestamp(_ text: UnsafeRawBufferPointer, _ modifier: Int32, _ context: TypeContext)
        throws(SQLError) -> Int64
    {
        throw .notSupported("timestamp input")
    }
    static func timestamptz(
        _ text: UnsafeRawBufferPointer, _ modifier: Int32, _ context: TypeContext
    ) throws(SQLError) -> Int64 {
        throw .notSupported("timestamptz input")
    }
}
