internal import Base
internal import Execute
internal import Parse

extension TransactionModes {
    /// From the options of BEGIN and SET TRANSACTION.
    init(_ options: [DefinitionElement]) throws(SQLError) {
        self.init()
        for option in options {
            switch option.name {
            case "transaction_isolation":
                isolation = option.settingText.flatMap { IsolationLevel(name: $0) }
            case "transaction_read_only": isReadOnly = option.settingText == "1"
            case "transaction_deferrable": isDeferrable = option.settingText == "1"
            default: throw SQLError.notSupported("transaction option \(option.name)")
            }
        }
    }

    /// As parameters without their prefix default_: for SET SESSION CHARACTERISTICS.
    var settingTexts: [(name: String, text: String)] {
        var texts: [(name: String, text: String)] = []
        if let isolation { texts.append(("transaction_isolation", isolation.name)) }
        if let isReadOnly { texts.append(("transaction_read_only", isReadOnly ? "on" : "off")) }
        if let isDeferrable {
            texts.append(("transaction_deferrable", isDeferrable ? "on" : "off"))
        }
        return texts
    }
}

extension DefinitionElement {
    /// A constant as SET would write it; nil for anything else.
    var settingText: String? {
        switch value {
        case .string(let text), .float(let text): text
        case .integer(let value): String(value)
        case .boolean(let value): value ? "1" : "0"
        case .expression(.constant(let constant, _)): constant.settingText
        default: nil
        }
    }
}
