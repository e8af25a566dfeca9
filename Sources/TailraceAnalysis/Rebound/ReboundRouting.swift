import TailracePipeline

/// Where the cases of each stage go, over the latest weeks; and which part of another stage's work is theirs.
struct ReboundRouting: Sendable, Codable {
    struct Pair: Sendable, Codable, Hashable {
        var from: Int
        var to: Int
    }
    private struct Flow: Sendable, Codable {
        var pair: Pair
        var cases: Double
    }
    /// Each week counts as much as three quarters of the one after it: a single week's cases are few.
    private static let fading = 0.75
    /// Less than this of a case is none.
    private static let least = 0.01
    /// Sweeps over the stages behind one: parts that go round a loop of rework fade by more than half each time.
    private static let sweeps = 24

    private var flows: [Flow] = []

    mutating func take(_ rows: [HandoffRow]) {
        var cases: [Pair: Double] = [:]
        for flow in flows { cases[flow.pair] = flow.cases * ReboundRouting.fading }
        for row in rows { cases[Pair(from: row.from, to: row.to), default: 0] += Double(row.cases) }
        flows = cases.filter { $0.value >= ReboundRouting.least }.map { Flow(pair: $0.key, cases: $0.value) }
            .sorted { ($0.pair.from, $0.pair.to) < ($1.pair.from, $1.pair.to) }
    }

    /// The graph in a form to walk.
    var graph: Graph {
        var graph = Graph()
        for flow in flows {
            graph.onward[flow.pair.from, default: []].append(flow.pair.to)
            graph.inward[flow.pair.to, default: []].append((flow.pair.from, flow.cases))
        }
        return graph
    }

    struct Graph {
        var onward: [Int: [Int]] = [:]
        var inward: [Int: [(from: Int, cases: Double)]] = [:]

        /// Of the cases of each stage behind `maker`, the part that comes from it, directly or through others.
        ///
        /// The parts solve p(s) = Σ p(u) · cases(u → s) / cases(all → s) with p(maker) = 1, by sweeps in the order in
        /// which stages are reached. Complexity: O(pairs behind it).
        func parts(behind maker: Int) -> [(stage: Int, part: Double)] {
            var (reached, order): (Set<Int>, [Int]) = ([maker], [])
            var next = [maker]
            while let stage = next.popLast() {
                for to in onward[stage] ?? [] where reached.insert(to).inserted {
                    order.append(to)
                    next.append(to)
                }
            }
            guard !order.isEmpty else { return [] }
            order.sort()
            var part: [Int: Double] = [maker: 1]
            for _ in 0..<ReboundRouting.sweeps {
                for stage in order {
                    let sources = inward[stage] ?? []
                    let all = sources.reduce(0) { $0 + $1.cases }
                    part[stage] = sources.reduce(0) { $0 + $1.cases * (part[$1.from] ?? 0) } / max(all, 1e-9)
                }
            }
            return order.map { ($0, min(1, part[$0] ?? 0)) }.filter { $0.1 > 0.001 }
        }
    }
}
