#if DEBUG
    internal import Synchronization

    /// A part of isolation that a debug build leaves out when asked to, so that the history checker can
    /// show that it would find that out. Not in release builds.
    public enum IsolationFault: Int, CaseIterable, Sendable {
        /// Changes are seen before they are committed.
        case dirty = 1
        /// REPEATABLE READ overwrites what has changed since its snapshot.
        case updates
        /// Every statement of REPEATABLE READ takes a snapshot of its own.
        case snapshots
        /// SERIALIZABLE finds no conflicts.
        case conflicts

        private static let chosen = Atomic<Int>(0)

        public var isPlanted: Bool {
            IsolationFault.chosen.load(ordering: .relaxed) == rawValue
        }

        /// Plants the fault of that name; false if there is none.
        public static func plant(_ name: String) -> Bool {
            guard let fault = allCases.first(where: { "\($0)" == name }) else { return false }
            chosen.store(fault.rawValue, ordering: .relaxed)
            return true
        }
    }
#endif
