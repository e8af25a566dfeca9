import Foundation
import TailracePipeline
import TestSupport
import Testing

@testable import TailraceAnalysis

/// Two processes, 1 → 2 → 3 and 4 → 5; work enters from 0.
@Suite struct BottleneckTests {
    private func week(_ place: Int, _ days: [Int: Double]) -> ClosedWeek {
        let start = Int64(place) * 604_800
        let window = Window(grain: .week, start: start, end: start + 604_800)
        var rows = PipelineOutput.WindowRows()
        rows.handoffs = [(0, 1), (1, 2), (2, 3), (0, 4), (4, 5)].map {
            var row = HandoffRow(window: window, from: $0.0, to: $0.1)
            row.cases = 10
            return row
        }
        rows.flow = days.sorted { $0.key < $1.key }.map {
            var row = FlowRow(window: window, stage: $0.key)
            row.daysOfWork = $0.value
            return row
        }
        return ClosedWeek(window: window, rows: rows)
    }

    private func moves(_ weeks: [[Int: Double]]) -> [[MovedBottleneck]] {
        var bottlenecks = Bottlenecks()
        return weeks.enumerated().map { bottlenecks.close(week($0.offset, $0.element), outside: 0) }
    }

    private let usual: [[Int: Double]] = Array(repeating: [1: 0.4, 2: 0.1, 3: 0, 4: 0.2, 5: 0.9], count: 10)

    @Test func `A move is told when it has held for two weeks, once, with the stage that it was before`() {
        let changed: [Int: Double] = [1: 0.2, 2: 3, 3: 0, 4: 0.2, 5: 0.9]
        let found = moves(usual + [changed, changed, changed, changed])
        #expect(found[10].isEmpty)
        #expect(found[11] == [MovedBottleneck(stage: 2, from: 1, days: 3, daysBefore: 0.2)])
        #expect(found.joined().count == 1)
    }

    @Test func `A bottleneck that went back and moves again is told again`() {
        let changed = Array(repeating: [1: 0.2, 2: 3] as [Int: Double], count: 3)
        let back = Array(repeating: [1: 0.4, 2: 0.1] as [Int: Double], count: 3)
        let found = moves(usual + changed + back + changed)
        #expect(found.indices.filter { !found[$0].isEmpty } == [11, 17])
    }

    @Test func `What grows where it always waited has not moved`() {
        #expect(moves(usual + [[1: 5, 2: 1.5], [1: 7, 2: 2], [1: 9, 2: 2]]).joined().isEmpty)
    }

    @Test func `The longest queue of another process is not this one's`() {
        let changed: [Int: Double] = [1: 0.4, 2: 0.1, 4: 4, 5: 0.9]
        #expect(moves(usual + [changed, changed]).joined().map(\.stage) == [4])
    }

    @Test func `A burst of one week, and what is under a day of work, are no move`() {
        #expect(moves(usual + [[1: 0.4, 2: 6]] + usual).joined().isEmpty)
        #expect(moves(usual + [[1: 0.4, 2: 0.9], [1: 0.4, 2: 0.9], [1: 0.4, 2: 0.9]]).joined().isEmpty)
    }

    @Test func `A restart in between changes nothing`() throws {
        let weeks = usual + Array(repeating: [1: 0.2, 2: 3, 5: 2, 4: 8], count: 3)
        var restarted = Bottlenecks()
        let found = try weeks.enumerated().map { place, days in
            restarted = try JSONDecoder().decode(Bottlenecks.self, from: JSONEncoder().encode(restarted))
            return restarted.close(week(place, days), outside: 0)
        }
        #expect(found == moves(weeks) && found.joined().map(\.stage) == [2, 4])
    }
}
