import TailracePipeline

/// Of the cases of each stage behind one, the part that comes from it, directly or through others: which share of a
/// stage's hours belongs to what another one makes.
///
/// - Parameter handoffs: cases that went from one stage to another, over any span; stages by number.
/// - Complexity: O(hand-offs behind the stage).
public func caseParts(behind maker: Int, handoffs: [(from: Int, to: Int, cases: Double)]) -> [(
    stage: Int, part: Double
)] {
    var graph = ReboundRouting.Graph()
    for handoff in handoffs where handoff.cases > 0 {
        graph.onward[handoff.from, default: []].append(handoff.to)
        graph.inward[handoff.to, default: []].append((handoff.from, handoff.cases))
    }
    return graph.parts(behind: maker)
}
