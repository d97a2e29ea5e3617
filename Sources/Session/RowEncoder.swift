internal import Base
internal import Protocol
internal import Query
internal import Types

/// How one column's values become DataRow fields. The common types are written straight from the
/// batch; the others go through their output and send functions.
struct ColumnEncoder {
    enum Form {
        /// Decimal digits: the integers, oid.
        case integerText
        case boolText
        /// The bytes themselves: text and its kin in both formats.
        case bytes
        case int2Binary
        case int4Binary
        case int8Binary
        case boolBinary
        case output(OID)
        case send(OID)
    }
    let form: Form
    let isBinary: Bool
    /// It writes by the session's text formats.
    var needsContext: Bool {
        switch form {
        case .output, .send: return true
        case .integerText, .boolText, .bytes, .int2Binary, .int4Binary, .int8Binary, .boolBinary:
            return false
        }
    }

    init(type: SQLType, isBinary: Bool) {
        self.isBinary = isBinary
        // A domain is sent as what it is made of.
        let oid = TypeCatalog.base(type.oid)
        switch (oid, isBinary) {
        case (.int2, false), (.int4, false), (.int8, false), (.oid, false): form = .integerText
        case (.bool, false): form = .boolText
        case (.text, _), (.varchar, _), (.bpchar, _), (.unknown, _), (.name, _): form = .bytes
        case (.int2, true): form = .int2Binary
        case (.int4, true), (.oid, true), (.float4, true): form = .int4Binary
        case (.int8, true), (.float8, true): form = .int8Binary
        case (.bool, true): form = .boolBinary
        case (_, false): form = .output(oid)
        case (_, true): form = .send(oid)
        }
    }
}

extension Session {
    /// One DataRow: row `row` of `batch`.
    @inline(__always)
    func appendRow(
        _ row: Int, of batch: Batch, _ encoders: [ColumnEncoder], _ context: TypeContext?
    ) {
        let start = output.bytes.beginMessage(.dataRow)
        output.bytes.append(bigEndian: UInt16(truncatingIfNeeded: encoders.count))
        let columns = batch.columns
        for column in encoders.indices {
            let vector = VectorReader(columns[column])
            if vector.isNull(row) {
                output.bytes.append(bigEndian: -1 as Int32)
                continue
            }
            let length = output.bytes.count
            output.bytes.append(bigEndian: 0 as Int32)
            switch encoders[column].form {
            case .integerText: output.bytes.append(decimal: vector.words[row])
            case .boolText: output.bytes.append(UInt8(ascii: vector.words[row] != 0 ? "t" : "f"))
            case .bytes: output.bytes.append(vector.views[row])
            case .int2Binary:
                output.bytes.append(bigEndian: Int16(truncatingIfNeeded: vector.words[row]))
            case .int4Binary:
                output.bytes.append(bigEndian: Int32(truncatingIfNeeded: vector.words[row]))
            case .int8Binary: output.bytes.append(bigEndian: vector.words[row])
            case .boolBinary: output.bytes.append(vector.words[row] != 0 ? 1 : 0 as UInt8)
            case .output(let type):
                TypeIO.output(
                    vector[row], type: type, context: context ?? typeContext, into: &output.bytes)
            case .send(let type):
                TypeIO.send(
                    vector[row], type: type, context: context ?? typeContext, into: &output.bytes)
            }
            output.bytes.overwrite(
                bigEndian: UInt32(truncatingIfNeeded: output.bytes.count - length - 4), at: length)
        }
        output.bytes.endMessage(start)
    }

    /// RowDescription of a statement's columns, all as text, or NoData.
    func appendTextDescription(_ entry: StatementEntry) {
        guard let columns = entry.columns else {
            output.bytes.appendNoData()
            return
        }
        if let description = entry.textDescription {
            description.withUnsafeBytes { output.bytes.append(contentsOf: $0) }
            return
        }
        let start = output.bytes.count
        appendRowDescription(columns, entry.textEncoders)
        entry.textDescription = output.bytes.withBytes { [UInt8]($0[start...]) }
    }

    /// RowDescription of columns in these formats.
    func appendRowDescription(_ columns: [OutputColumn], _ encoders: [ColumnEncoder]) {
        let start = output.bytes.beginMessage(.rowDescription)
        output.bytes.append(bigEndian: UInt16(truncatingIfNeeded: columns.count))
        for (column, encoder) in zip(columns, encoders) {
            let type = TypeCatalog.base(column.type)
            output.bytes.appendField(
                name: column.name, table: column.table, columnNumber: column.columnNumber,
                type: type.oid, typeLength: Int(TypeCatalog.info(type.oid)?.length ?? -1),
                modifier: type.oid == .record ? -1 : type.modifier, isBinary: encoder.isBinary)
        }
        output.bytes.endMessage(start)
    }
}
