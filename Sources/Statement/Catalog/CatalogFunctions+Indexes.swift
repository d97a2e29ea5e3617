internal import Base
internal import Catalog
internal import Functions
internal import Types

/// What index access methods, indexes and their columns can do; all of them are B-trees.
extension CatalogFunctions {
    func indexProperty(_ function: HostedFunction) -> Datum {
        let property = arguments[entry.arguments.count - 1].view.string.lowercased()
        switch function {
        case .indexAMHasProperty:
            guard arguments[0].oid == SystemOID.btreeAccessMethod else { return .null }
            let known = [
                "can_order", "can_unique", "can_multi_col", "can_exclude", "can_include",
            ]
            return known.contains(property) ? Datum(true) : .null
        case .indexHasProperty:
            guard snapshot.relation(arguments[0].oid)?.index != nil else { return .null }
            let known = ["clusterable", "index_scan", "bitmap_scan", "backward_scan"]
            return known.contains(property) ? Datum(true) : .null
        default: return columnProperty(property)
        }
    }

    private func columnProperty(_ property: String) -> Datum {
        guard let relation = snapshot.relation(arguments[0].oid), let index = relation.index else {
            return .null
        }
        let number = Int(arguments[1].word) - 1
        guard relation.columns.indices.contains(number) else { return .null }
        if !index.keys.indices.contains(number) {
            // A column that the index only carries.
            switch property {
            case "returnable": return Datum(true)
            case "orderable", "distance_orderable": return Datum(false)
            default: return .null
            }
        }
        let key = index.keys[number]
        switch property {
        case "asc": return Datum(!key.descending)
        case "desc": return Datum(key.descending)
        case "nulls_first": return Datum(key.nullsFirst)
        case "nulls_last": return Datum(!key.nullsFirst)
        case "orderable", "returnable", "search_array", "search_nulls": return Datum(true)
        case "distance_orderable": return Datum(false)
        default: return .null
        }
    }
}
