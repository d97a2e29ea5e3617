public import Base
internal import Catalog
public import Query

/// Whether the user may do to its tables what a plan does.
extension Execution {
    /// - Throws: 42501 `permission denied for table …`.
    public static func checkPrivileges(
        _ plan: PhysicalPlan, _ session: SessionState
    ) throws(SQLError) {
        // The superuser that the first start makes is asked nothing, cheaply.
        if session.user == SystemOID.superuser, !plan.checksViewOwners { return }
        let snapshot = session.catalog.snapshot
        if snapshot.isSuperuser(session.user), !plan.checksViewOwners { return }
        for used in plan.relations where !used.rights.isEmpty {
            guard let relation = snapshot.relation(used.relation) else { continue }
            let user = used.checkAs.isValid ? used.checkAs : session.user
            for right in Execution.rights
            where used.rights.contains(right)
                && !snapshot.hasRights(right, on: relation.value, user: user)
            {
                throw SQLError(
                    .insufficientPrivilege,
                    "permission denied for \(relation.kind.noun) \(relation.name)")
            }
        }
    }

    private static let rights: [Privilege.Rights] = [.select, .insert, .update, .delete]
}
