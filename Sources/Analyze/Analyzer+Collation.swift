public import Base
internal import Catalog
public import Types

/// COLLATE: all collations that there are order text by its bytes.
extension Analyzer {
    /// - Throws: 42804 for a type without collations, 42704 for a collation that is not there.
    public func checkCollation(
        _ name: [String], of type: SQLType, at location: Int
    ) throws(SQLError) {
        let isCollatable =
            type.oid == .unknown
            || TypeCatalog.info(TypeCatalog.base(type.oid)).map { $0.collation.isValid } ?? false
        if !isCollatable {
            throw failure(
                .datatypeMismatch, "collations are not supported by type \(typeText(type))",
                at: location)
        }
        let schema = name.dropLast().last ?? "pg_catalog"
        guard scope.snapshot.namespace(named: schema) != nil else {
            throw failure(
                .invalidSchemaName, "schema \"\(schema)\" does not exist", at: location)
        }
        let isKnown = ["C", "POSIX", "default", "ucs_basic"].contains(name.last ?? "")
        if schema != "pg_catalog" || !isKnown {
            throw failure(
                .undefinedObject,
                "collation \"\(name.joined(separator: "."))\" for encoding \"UTF8\" does not exist",
                at: location)
        }
    }
}
