internal import Base

/// What ANALYZE found out about a table, in the catalog.
///
///     generation | rows 8 | keys | column …      varints, IEEE doubles
///     column: 0 | 1 nulls 8 | width | distinct 8 | (value, frequency 8) … | value … | correlation?
///     value: 0 word 8 | 1 bytes, and its key
extension CatalogWriter {
    mutating func statistics(_ statistics: TableStatistics) {
        unsigned(statistics.generation)
        real(statistics.rows)
        count(statistics.keyCount)
        count(statistics.columns.count)
        for column in statistics.columns {
            bool(column != nil)
            if let column { self.column(column) }
        }
    }

    private mutating func column(_ column: ColumnStatistics) {
        real(column.nullFraction)
        count(column.averageWidth)
        real(column.distinct)
        count(column.mostCommon.count)
        for common in column.mostCommon {
            value(common.value)
            real(common.frequency)
        }
        count(column.histogram.count)
        for bound in column.histogram { value(bound) }
        bool(column.correlation != nil)
        if let correlation = column.correlation { real(correlation) }
    }

    private mutating func value(_ value: SampledValue) {
        switch value.content {
        case .word(let word):
            byte(0)
            int64(word)
        case .bytes(let bytes):
            byte(1)
            self.bytes(bytes)
        }
        bytes(value.key)
    }

    private mutating func bytes(_ bytes: [UInt8]) {
        count(bytes.count)
        for byte in bytes { self.byte(byte) }
    }

    private mutating func real(_ value: Double) { int64(Int64(bitPattern: value.bitPattern)) }
}

extension CatalogReader {
    mutating func statistics() -> TableStatistics? {
        let statistics = TableStatistics(
            generation: unsigned(), rows: real(), keyCount: number(),
            columns: list { reader in reader.bool() ? reader.columnStatistics() : nil },
            isExplicit: true)
        return isGood ? statistics : nil
    }

    private mutating func columnStatistics() -> ColumnStatistics {
        var column = ColumnStatistics()
        column.nullFraction = real()
        column.averageWidth = number()
        column.distinct = real()
        column.mostCommon = list { reader in
            ColumnStatistics.CommonValue(value: reader.value(), frequency: reader.real())
        }
        column.histogram = list { reader in reader.value() }
        if bool() { column.correlation = real() }
        return column
    }

    private mutating func value() -> SampledValue {
        let content: SampledValue.Content = byte() == 0 ? .word(int64()) : .bytes(bytes())
        return SampledValue(content: content, key: bytes())
    }

    private mutating func real() -> Double {
        Double(bitPattern: UInt64(bitPattern: int64()))
    }
}
