import Base
import Protocol
import Testing

/// Golden bytes, taken from a PostgreSQL 15 server where it sends them.
@Suite struct BackendTests {
    private func bytes(_ write: (inout ByteBuffer) -> Void) -> [UInt8] {
        var buffer = ByteBuffer(capacityBytes: 1)
        write(&buffer)
        return buffer.bytes
    }

    @Test func smallMessages() {
        #expect(bytes { $0.appendAuthenticationOk() } == [0x52, 0, 0, 0, 8, 0, 0, 0, 0])
        #expect(bytes { $0.appendReadyForQuery(.idle) } == Array("Z\0\0\0\u{5}I".utf8))
        #expect(bytes { $0.appendReadyForQuery(.failed) } == Array("Z\0\0\0\u{5}E".utf8))
        #expect(bytes { $0.appendParseComplete() } == Array("1\0\0\0\u{4}".utf8))
        #expect(bytes { $0.appendBindComplete() } == Array("2\0\0\0\u{4}".utf8))
        #expect(bytes { $0.appendCloseComplete() } == Array("3\0\0\0\u{4}".utf8))
        #expect(bytes { $0.appendNoData() } == Array("n\0\0\0\u{4}".utf8))
        #expect(bytes { $0.appendPortalSuspended() } == Array("s\0\0\0\u{4}".utf8))
        #expect(bytes { $0.appendEmptyQueryResponse() } == Array("I\0\0\0\u{4}".utf8))
        #expect(
            bytes { $0.appendParameterStatus(name: "client_encoding", value: "UTF8") }
                == Array("S\0\0\0\u{19}client_encoding\0UTF8\0".utf8))
        #expect(
            bytes { $0.appendBackendKeyData(processID: 12_010, secret: -1) }
                == [0x4B, 0, 0, 0, 12, 0, 0, 0x2E, 0xEA, 255, 255, 255, 255])
        #expect(
            bytes { $0.appendCommandComplete("INSERT 0 1") }
                == Array("C\0\0\0\u{F}INSERT 0 1\0".utf8))
        #expect(
            bytes { $0.appendCommandComplete("SELECT", rowCount: 12) }
                == bytes { $0.appendCommandComplete("SELECT 12") })
        #expect(
            bytes { $0.appendParameterDescription([OID(23)]) }
                == Array("t\0\0\0\u{A}\0\u{1}\0\0\0\u{17}".utf8))
        #expect(
            bytes { $0.appendCopyResponse(.copyInResponse, isBinary: false, columnCount: 2) }
                == Array("G\0\0\0\u{B}\0\0\u{2}\0\0\0\0".utf8))
    }

    @Test func rowDescription() {
        let written = bytes { buffer in
            let start = buffer.beginMessage(.rowDescription)
            buffer.append(bigEndian: 1 as UInt16)
            buffer.appendField(
                name: "a", table: OID(16_384), columnNumber: 2, type: OID(25), typeLength: -1,
                modifier: -1, isBinary: true)
            buffer.endMessage(start)
        }
        #expect(
            written == [
                0x54, 0, 0, 0, 26, 0, 1, 0x61, 0, 0, 0, 0x40, 0, 0, 2, 0, 0, 0, 25, 255, 255, 255,
                255, 255, 255, 0, 1,
            ])
    }

    @Test func errorsCarryEveryField() {
        let error = SQLError(.uniqueViolation, "duplicate key").with {
            $0.detail = "Key (a)=(1)\0x already exists."
            $0.hint = "h"
            $0.position = 8
            $0.context = "w"
            $0.schemaName = "public"
            $0.tableName = "t"
            $0.columnName = "a"
            $0.dataTypeName = "int4"
            $0.constraintName = "t_pkey"
            $0.internalPosition = 3
            $0.internalQuery = "q"
        }
        let fields =
            "SERROR\0VERROR\0C23505\0Mduplicate key\0DKey (a)=(1)\0Hh\0Ww\0spublic\0tt\0ca\0dint4\0"
            + "nt_pkey\0P8\0p3\0qq\0\0"
        let length = UInt8(fields.utf8.count + 4)
        #expect(bytes { $0.append(error) } == [0x45, 0, 0, 0, length] + Array(fields.utf8))
        let notice = SQLError(.successfulCompletion, "m", severity: .notice)
        #expect(
            bytes { $0.append(notice) }
                == Array("N\0\0\0\u{1F}SNOTICE\0VNOTICE\0C00000\0Mm\0\0".utf8))
    }
}
