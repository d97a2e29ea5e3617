internal import Base
internal import Types

/// Functions of access privileges (chapter 9.26.5).
let aclKernels: KernelTable.Theme = [
    (
        "acldefault_sql",
        .scalar { (arguments, context) throws(SQLError) in
            let kind = Character(UnicodeScalar(UInt8(truncatingIfNeeded: arguments[0].word)))
            let owner = ACLItem.name(of: arguments[1].oid, context.types)
            guard let rights = defaults[kind] else {
                throw SQLError(.internalError, "unrecognized objtype abbreviation: \(kind)")
            }
            func item(_ grantee: String, _ letters: String) -> [ACLItem] {
                if letters.isEmpty { return [] }
                return [
                    ACLItem(
                        grantee: grantee, grantor: owner, rights: letters.map { ($0, false) })
                ]
            }
            return array(item("", rights.everyone) + item(owner, rights.owner), context)
        }
    ),
    (
        "aclexplode",
        .series { (arguments, context) throws(SQLError) in
            var rows: [[Datum]] = []
            for item in try items(arguments[0], context) {
                let grantor = Datum(try ACLItem.role(item.grantor, context.types))
                let grantee = Datum(try ACLItem.role(item.grantee, context.types))
                for right in item.rights {
                    let name = ACLItem.rights.first { $0.letter == right.letter }?.name ?? ""
                    rows.append([
                        grantor, grantee,
                        Datum(view: ByteView(copying: name, into: context.stateArena)),
                        Datum(right.isGrantable),
                    ])
                }
            }
            return Series(rows.isEmpty ? .done : .rows(rows, next: 0))
        }
    ),
    (
        "makeaclitem",
        .scalar { (arguments, context) throws(SQLError) in
            let name = arguments[2].view.string
            guard let letter = ACLItem.letter(named: name) else {
                throw SQLError(
                    .invalidParameterValue, "unrecognized privilege type: \"\(name)\"")
            }
            let item = ACLItem(
                grantee: arguments[0].oid.isValid
                    ? ACLItem.name(of: arguments[0].oid, context.types) : "",
                grantor: ACLItem.name(of: arguments[1].oid, context.types),
                rights: [(letter, arguments[3].bool)])
            return context.text(item.text)
        }
    ),
    (
        "aclcontains",
        .scalar { (arguments, context) throws(SQLError) in
            let wanted = try ACLItem(arguments[1].view.string, context: context.types)
            return Datum(
                try items(arguments[0], context).contains { item in
                    item.grantee == wanted.grantee && item.grantor == wanted.grantor
                        && wanted.rights.allSatisfy { right in
                            item.rights.contains {
                                $0.letter == right.letter && ($0.isGrantable || !right.isGrantable)
                            }
                        }
                })
        }
    ),
    (
        "aclitem_eq",
        .scalar { (arguments, _) throws(SQLError) in Datum(arguments[0].view == arguments[1].view) }
    ),
]

/// What everybody and what an object's owner may do before anything was granted, by the letters of
/// kinds of objects.
private let defaults: [Character: (everyone: String, owner: String)] = [
    "c": ("", ""), "r": ("", "arwdDxt"), "s": ("", "rwU"), "d": ("Tc", "CTc"), "f": ("X", "X"),
    "l": ("U", "U"), "L": ("", "rw"), "n": ("", "UC"), "p": ("", "sA"), "t": ("", "C"),
    "F": ("", "U"), "S": ("", "U"), "T": ("U", "U"),
]

private func items(
    _ datum: Datum, _ context: FunctionContext
) throws(SQLError) -> [ACLItem] {
    let array = ArrayValue(datum.view, arena: context.arena)
    guard array.dimensionCount < 2 else {
        throw SQLError(.invalidParameterValue, "ACL arrays must be one-dimensional")
    }
    var result: [ACLItem] = []
    for element in array.elements {
        guard !element.isNull else {
            throw SQLError(.nullValueNotAllowed, "ACL arrays must not contain null values")
        }
        result.append(try ACLItem(element.view.string, context: context.types))
    }
    return result
}

private func array(_ items: [ACLItem], _ context: FunctionContext) -> Datum {
    Datum(
        view: ArrayBinary.make(
            items.map { context.text($0.text) }, element: .aclitem, arena: context.arena))
}
