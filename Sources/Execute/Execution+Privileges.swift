public import Base
internal import Catalog
internal import Functions
public import Query

/// Whether the user may do to its tables what a plan does, and call its functions.
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
                && !hasColumnRights(right, used, relation.value, user, plan, snapshot)
            {
                throw SQLError(
                    .insufficientPrivilege,
                    "permission denied for \(relation.kind.noun) \(relation.name)")
            }
        }
        for function in plan.guardedFunctions
        where !snapshot.mayExecute(function, user: session.user) {
            let name = SystemFunction(function)?.name ?? String(function.rawValue)
            throw SQLError(.insufficientPrivilege, "permission denied for function \(name)")
        }
    }

    private static let rights: [Privilege.Rights] = [.select, .insert, .update, .delete]

    /// True if the right was granted on every column that the plan uses so; where it uses none, as
    /// `SELECT count(*)`, on any.
    private static func hasColumnRights(
        _ right: Privilege.Rights, _ used: PlannedRelation, _ relation: Relation, _ user: OID,
        _ plan: PhysicalPlan, _ snapshot: CatalogSnapshot
    ) -> Bool {
        guard right != .delete, let uses = plan.columnUses else { return false }
        let key = ColumnUses.Key(relation: used.relation, checkAs: used.checkAs)
        let columns = uses.columns[key]?.of(right) ?? []
        if columns.isEmpty { return snapshot.hasRightsSomewhere(right, on: relation, user: user) }
        return columns.allSatisfy {
            snapshot.hasColumnRights(right, column: $0, of: relation, user: user)
        }
    }
}
