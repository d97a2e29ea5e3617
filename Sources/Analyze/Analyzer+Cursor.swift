internal import Base
internal import Parse
internal import Query

/// DECLARE CURSOR: its query, and which options go together (transformDeclareCursorStmt).
extension Analyzer {
    func analyzeCursor(_ cursor: DeclareCursorStatement) throws(SQLError) -> BoundQuery {
        let options = cursor.options
        if options.isSuperset(of: [.scroll, .noScroll]) {
            throw SQLError(
                .invalidCursorDefinition, "cannot specify both SCROLL and NO SCROLL")
        }
        if options.isSuperset(of: [.insensitive, .asensitive]) {
            throw SQLError(
                .invalidCursorDefinition, "cannot specify both ASENSITIVE and INSENSITIVE")
        }
        let query = try analyzeQuery(cursor.query)
        if query.body.changesData {
            throw SQLError(
                .featureNotSupported,
                "DECLARE CURSOR must not contain data-modifying statements in WITH")
        }
        guard !query.body.locking.isEmpty, let locking = cursor.query.locking.first else {
            return query
        }
        let name = lockingName(locking)
        if options.contains(.hold) {
            throw SQLError(
                .featureNotSupported, "DECLARE CURSOR WITH HOLD ... \(name) is not supported"
            ).detail("Holdable cursors must be READ ONLY.")
        }
        if options.contains(.scroll) {
            throw SQLError(
                .featureNotSupported, "DECLARE SCROLL CURSOR ... \(name) is not supported"
            ).detail("Scrollable cursors must be READ ONLY.")
        }
        if options.contains(.insensitive) {
            throw SQLError(
                .invalidCursorDefinition,
                "DECLARE INSENSITIVE CURSOR ... \(name) is not valid"
            ).detail("Insensitive cursors must be READ ONLY.")
        }
        return query
    }
}
