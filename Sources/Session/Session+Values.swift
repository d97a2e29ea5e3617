internal import Base
internal import Types

/// Parameters in, result fields out, through the types' own functions.
extension Session {
    func appendText(_ value: Datum, _ type: SQLType) throws(SQLError) {
    }

    func appendBinary(_ value: Datum, _ type: SQLType) throws(SQLError) {
    }

    func textParameter(
        _ bytes: UnsafeRawBufferPointer, _ type: SQLType, _ index: Int, _ arena: inout Arena?
    ) throws(SQLError) -> Datum {
        .null
    }

    func binaryParameter(
        _ bytes: UnsafeRawBufferPointer, _ type: SQLType, _ index: Int, _ arena: inout Arena?
    ) throws(SQLError) -> Datum {
        .null
    }
}
