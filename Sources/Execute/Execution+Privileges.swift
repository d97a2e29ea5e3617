internal import Base
internal import Catalog
internal import Query

/// Whether the user may do to its tables what a plan does.
extension Execution {
    /// - Throws: 42501 `permission denied for table …`.
    static func checkPrivileges(_ plan: PhysicalPlan, _ session: SessionState) throws(SQLError) {
        // The superuser that the first start makes is asked nothing, cheaply.
        if session.user == SystemOID.superuser, !plan.checksViewOwners { return }
        let snapshot = session.catalog.snapshot
        if snapshot.isSuperuser(session.user), !plan.checksViewOwners { return }
        for used in plan.relations where used.needsRights {
            guard let relation = snapshot.relation(used.relation) else { continue }
            let user = used.checkAs.isValid ? used.checkAs : session.user
            for right in needed(used, plan)
            where !snapshot.hasRights(right, on: relation.value, user: user) {
                throw SQLError(
                    .insufficientPrivilege,
                    "permission denied for \(relation.kind.noun) \(relation.name)")
            }
        }
    }

    private static func needed(
        _ used: PlannedRelation, _ plan: PhysicalPlan
    ) -> [Privilege.Rights] {
        switch used.use {
        case .read: return [.select]
        case .lockRows: return [.select, .update]
        case .write: break
        }
        switch plan.root.statement {
        case .insert(let insert):
            var rights: [Privilege.Rights] = [.insert]
            if case .update? = insert.conflict?.action { rights.append(.update) }
            if !insert.returning.isEmpty { rights.append(.select) }
            return rights
        case .modify(let modify):
            let write: Privilege.Rights = modify.assignments == nil ? .delete : .update
            return modify.returning.isEmpty && modify.recheck == nil ? [write] : [write, .select]
        default: return [.select]
        }
    }
}
