internal import Base
internal import Functions
internal import Types

/// What choosing among functions or operators by their argument types comes to.
enum CandidateChoice: Equatable {
    case one(Int)
    case none
    case ambiguous
}

extension Analyzer {
    /// PostgreSQL's rules for overloaded functions and operators (chapters 10.2 and 10.3,
    /// func_select_candidate): `candidates` are argument type lists as long as `types`.
    func selectCandidate(_ candidates: [[OID]], _ types: [OID]) -> CandidateChoice {
        if let exact = candidates.firstIndex(of: types), !types.contains(.unknown) {
            return .one(exact)
        }
        var remaining = candidates.indices.filter { index in
            zip(types, candidates[index]).allSatisfy { canCoerce($0, to: $1, .implicit) }
        }
        if remaining.isEmpty { return .none }
        if remaining.count == 1 { return .one(remaining[0]) }

        keepBest(&remaining) { index in
            zip(types, candidates[index]).count { $0 == $1 && $0 != .unknown }
        }
        if remaining.count == 1 { return .one(remaining[0]) }
        keepBest(&remaining) { index in
            zip(types, candidates[index]).count { given, wanted in
                given != .unknown
                    && (given == wanted || isPreferred(wanted, in: category(of: given)))
            }
        }
        if remaining.count == 1 { return .one(remaining[0]) }

        guard types.contains(.unknown) else { return .ambiguous }
        resolveUnknownPositions(&remaining, candidates, types)
        if remaining.count == 1 { return .one(remaining[0]) }

        // Last rule: unknown arguments are of the same type as the known ones.
        let known = Set(types.filter { $0 != .unknown })
        if known.count == 1, let type = known.first {
            let matches = remaining.filter { index in
                zip(types, candidates[index]).allSatisfy { given, wanted in
                    given == .unknown ? wanted == type : canCoerce(given, to: wanted, .implicit)
                }
            }
            if matches.count == 1 { return .one(matches[0]) }
            let all = remaining.filter { index in
                candidates[index].allSatisfy { canCoerce(type, to: $0, .implicit) }
                    && FunctionRegistry.concreteTypes(
                        declared: candidates[index], actual: types.map { _ in type }) != nil
            }
            if all.count == 1 { return .one(all[0]) }
        }
        return .ambiguous
    }

    private func keepBest(_ remaining: inout [Int], _ score: (Int) -> Int) {
        let best = remaining.map(score).max() ?? 0
        remaining = remaining.filter { score($0) == best }
    }

    /// For each unknown argument: the string category if any candidate accepts it, else the one
    /// category that all accept; then only candidates of that category, preferred types first.
    private func resolveUnknownPositions(
        _ remaining: inout [Int], _ candidates: [[OID]], _ types: [OID]
    ) {
        var chosen: [Int: Character] = [:]
        for position in types.indices where types[position] == .unknown {
            let categories = Set(remaining.map { category(of: candidates[$0][position]) })
            if categories.contains("S") {
                chosen[position] = "S"
            } else if categories.count == 1, let only = categories.first {
                chosen[position] = only
            } else {
                return
            }
        }
        let accepting = remaining.filter { index in
            chosen.allSatisfy { category(of: candidates[index][$0.key]) == $0.value }
        }
        if accepting.isEmpty { return }
        remaining = accepting
        let preferring = remaining.filter { index in
            chosen.allSatisfy { position, wanted in
                let hasPreferred = remaining.contains {
                    isPreferred(candidates[$0][position], in: wanted)
                }
                return !hasPreferred || isPreferred(candidates[index][position], in: wanted)
            }
        }
        if !preferring.isEmpty { remaining = preferring }
    }

    func category(of type: OID) -> Character { TypeCatalog.info(type)?.category ?? "X" }

    private func isPreferred(_ type: OID, in category: Character) -> Bool {
        guard let info = TypeCatalog.info(type) else { return false }
        return info.isPreferred && info.category == category
    }
}
