internal import Base
internal import Catalog
internal import Parse

/// COMMENT ON what is built in, which belongs to superusers.
extension DefinitionExecutor {
    func commentOnBuiltin(
        _ name: String, _ statement: CommentStatement
    ) throws(SQLError) {
        let words = DefinitionExecutor.words(statement.objectType)
        let known: [String: ObjectAddress]
        switch statement.objectType {
        case .extension: known = [BuiltinExtension.name: BuiltinExtension.address]
        case .language:
            known = [
                "internal": language(12), "c": language(13), "sql": language(14),
                BuiltinExtension.name: BuiltinExtension.languageAddress,
            ]
        case .accessMethod:
            var methods = ["heap": accessMethod(SystemOID.heapAccessMethod)]
            for method in AccessMethod.allCases { methods[method.name] = accessMethod(method.oid) }
            known = methods
        default:
            known = [
                "default": collation(100), "C": collation(950), "POSIX": collation(951),
                "ucs_basic": collation(12340),
            ]
        }
        guard let found = known[name] else {
            let place = statement.objectType == .collation ? " for encoding \"UTF8\"" : ""
            throw SQLError(
                .undefinedObject,
                "\(words) \"\(statement.object.names.joined(separator: "."))\"\(place) does not exist")
        }
        if !snapshot.isSuperuser(host.user) {
            throw SQLError(.insufficientPrivilege, "must be owner of \(words) \(name)")
        }
        catalog.setComment(on: found, statement.comment)
    }

    private func language(_ oid: UInt32) -> ObjectAddress {
        ObjectAddress(classID: SystemOID.language, objectID: OID(oid))
    }
    private func accessMethod(_ oid: OID) -> ObjectAddress {
        ObjectAddress(classID: SystemOID.accessMethod, objectID: oid)
    }
    private func collation(_ oid: UInt32) -> ObjectAddress {
        ObjectAddress(classID: SystemOID.collation, objectID: OID(oid))
    }

    func commentOnRoutine(_ statement: CommentStatement) throws(SQLError) {
        guard case .routine(let reference) = statement.object else {
            throw SQLError(.internalError, "a routine is named with its arguments")
        }
        let found: SystemFunction
        do throws(SQLError) {
            found = try routine(reference, statement.objectType)
        } catch {
            if statement.objectType != .aggregate { throw error }
            throw error.with {
                $0.message.replace("function ", with: "aggregate ", maxReplacements: 1)
            }
        }
        if !snapshot.isSuperuser(host.user) {
            throw SQLError(
                .insufficientPrivilege,
                "must be owner of \(DefinitionExecutor.words(statement.objectType)) \(found.name)")
        }
        catalog.setComment(
            on: ObjectAddress(classID: SystemOID.procedure, objectID: found.oid),
            statement.comment)
    }
}
