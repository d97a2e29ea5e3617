internal import Base
internal import Types

/// The texts in a value's binary form, which are in the client's encoding as well.
struct BinaryText {
    let conversion: TextConversion

    /// The binary form of a value with its texts converted. What is not of the form stays as it is:
    /// whoever reads it finds that out.
    func convert(
        _ bytes: UnsafeRawBufferPointer, _ type: OID
    ) throws(SQLError) -> [UInt8] {
        switch type {
        case .text, .varchar, .bpchar, .name, .unknown, .json: return try conversion.convert(bytes)
        case .jsonb, .jsonpath:
            // A version, then text.
            guard let version = bytes.first else { return [] }
            return [version] + (try conversion.convert(UnsafeRawBufferPointer(rebasing: bytes[1...])))
        default: break
        }
        if TypeCatalog.isEnumeration(type) { return try conversion.convert(bytes) }
        if TypeCatalog.isComposite(type) { return try row(bytes) ?? Array(bytes) }
        if TypeCatalog.info(type)?.isArray == true { return try array(bytes) ?? Array(bytes) }
        return Array(bytes)
    }

    /// `| dimensions 4 | has nulls 4 | element type 4 | length 4, lower bound 4 … | elements … |`.
    private func array(_ bytes: UnsafeRawBufferPointer) throws(SQLError) -> [UInt8]? {
        var reader = ByteReader(bytes)
        guard let dimensions = reader.read(bigEndian: Int32.self), (0...6).contains(dimensions),
            reader.read(bigEndian: Int32.self) != nil,
            let element = reader.read(bigEndian: UInt32.self),
            reader.read(byteCount: Int(dimensions) * 8) != nil
        else { return nil }
        var result = ByteBuffer(capacityBytes: bytes.count * 2)
        result.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[..<(12 + 8 * Int(dimensions))]))
        while reader.remainingCount > 0 {
            guard try field(&reader, &result, TypeCatalog.base(OID(element))) else { return nil }
        }
        return result.bytes
    }

    /// `| fields 4 | type 4, length 4, bytes … |`.
    private func row(_ bytes: UnsafeRawBufferPointer) throws(SQLError) -> [UInt8]? {
        var reader = ByteReader(bytes)
        guard let count = reader.read(bigEndian: Int32.self) else { return nil }
        var result = ByteBuffer(capacityBytes: bytes.count * 2)
        result.append(bigEndian: count)
        while reader.remainingCount > 0 {
            guard let type = reader.read(bigEndian: UInt32.self) else { return nil }
            result.append(bigEndian: type)
            guard try field(&reader, &result, TypeCatalog.base(OID(type))) else { return nil }
        }
        return result.bytes
    }

    /// A value with its length before it; false if it is not there.
    private func field(
        _ reader: inout ByteReader, _ result: inout ByteBuffer, _ type: OID
    ) throws(SQLError) -> Bool {
        guard let length = reader.read(bigEndian: Int32.self) else { return false }
        if length < 0 {
            result.append(bigEndian: length)
            return true
        }
        guard let value = reader.read(byteCount: Int(length)) else { return false }
        let converted = try convert(value, type)
        result.append(bigEndian: Int32(converted.count))
        result.append(contentsOf: converted)
        return true
    }
}
