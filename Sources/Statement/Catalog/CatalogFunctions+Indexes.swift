internal import Base
internal import Catalog
internal import Functions
internal import Types

/// What index access methods, indexes and their columns can do.
extension CatalogFunctions {
    func indexProperty(_ function: HostedFunction) -> Datum {
        let property = arguments[entry.arguments.count - 1].view.string.lowercased()
        let answer: Bool?
        switch function {
        case .indexAMHasProperty:
            let method = AccessMethod.allCases.first { $0.oid == arguments[0].oid }
            answer = method.flatMap { $0.property(property) }
        case .indexHasProperty:
            let index = snapshot.relation(arguments[0].oid)?.index
            answer = index.flatMap { $0.method.indexProperty(property) }
        default: answer = columnProperty(property)
        }
        return answer.map { Datum($0) } ?? .null
    }

    private func columnProperty(_ property: String) -> Bool? {
        guard let relation = snapshot.relation(arguments[0].oid), let index = relation.index else {
            return nil
        }
        let number = Int(arguments[1].word) - 1
        guard relation.columns.indices.contains(number) else { return nil }
        let method = index.method
        let isKey = index.keys.indices.contains(number)
        switch property {
        case "orderable": return isKey && method == .btree
        case "distance_orderable":
            let measured: Set<OID> = [.point, .box, .circle, .polygon]
            return isKey && (method == .gist || method == .spgist)
                && measured.contains(index.keys[number].type.oid)
        case "returnable": return !isKey || [.btree, .gist, .spgist].contains(method)
        default: break
        }
        // Columns that the index only carries have neither order nor searches.
        guard isKey else { return nil }
        let key = index.keys[number]
        let isOrdered = method == .btree
        switch property {
        case "asc": return isOrdered && !key.descending
        case "desc": return isOrdered && key.descending
        case "nulls_first": return isOrdered && key.nullsFirst
        case "nulls_last": return isOrdered && !key.nullsFirst
        case "search_array": return isOrdered
        case "search_nulls": return method != .hash && method != .gin
        default: return nil
        }
    }
}

extension AccessMethod {
    fileprivate func property(_ name: String) -> Bool? {
        switch name {
        case "can_order", "can_unique": self == .btree
        case "can_multi_col": takesManyColumns
        case "can_exclude": servesExclusion
        case "can_include": takesIncludedColumns
        default: nil
        }
    }

    fileprivate func indexProperty(_ name: String) -> Bool? {
        switch name {
        case "clusterable": self == .btree || self == .gist
        case "index_scan": self != .gin && self != .brin
        case "bitmap_scan": true
        case "backward_scan": self == .btree || self == .hash
        default: nil
        }
    }
}
