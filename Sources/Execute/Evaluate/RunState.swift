internal import Base
internal import System

/// What the operators and expressions of one running plan share.
final class RunState {
    private var arena: Arena?

    func checkInterrupt() throws(SQLError) {}

    func beginExpressions(_ arena: Arena) -> Arena? {
        let outer = self.arena
        self.arena = arena
        arena.reset()
        return outer
    }
    func endExpressions(_ outer: Arena?) { arena = outer }
}
