import TailracePipeline
import Testing

@testable import TailraceAnalysis

/// Stage 1 drafts, stage 2 approves what comes from there; stage 3 drafts other things.
@Suite struct ReviewShareTests {
    private let window = Window(grain: .week, start: 0, end: 604_800)

    private func work(_ stage: Int, hours: Int64, completions: Int64, approvals: Int64 = 0, automated: Int64 = 0)
        -> WorkRow
    {
        var row = WorkRow(window: window, stage: stage, origin: .human)
        (row.touchSum, row.touchCount) = (hours * 3_600_000, completions)
        (row.completions, row.approvals, row.automatedCompletions) = (completions, approvals, automated)
        return row
    }

    private func handoff(_ from: Int, _ to: Int, _ cases: Int64) -> HandoffRow {
        var row = HandoffRow(window: window, from: from, to: to)
        row.cases = cases
        return row
    }

    private func samples(_ work: [WorkRow], _ handoffs: [HandoffRow]) -> [Int: Double] {
        var rows = PipelineOutput.WindowRows()
        (rows.work, rows.handoffs) = (work, handoffs)
        return WeeklyRule.validationShare.samples(of: ClosedWeek(window: window, rows: rows))
            .compactMapValues { $0.first?.sample.value }
    }

    @Test func `Review is measured against the making of what came to it`() {
        let found = samples(
            [
                work(1, hours: 60, completions: 20), work(2, hours: 30, completions: 10, approvals: 8),
                work(3, hours: 9, completions: 9),
            ],
            [handoff(1, 2, 10), handoff(1, 3, 10)])
        // Half of what was drafted came to review: 30 of 30 + 30 hours.
        #expect(found == [2: 0.5])
    }

    @Test func `What programs approve is no human review`() {
        let found = samples(
            [
                work(1, hours: 60, completions: 20),
                work(2, hours: 30, completions: 10, approvals: 8, automated: 10),
            ], [handoff(1, 2, 20)])
        #expect(found.isEmpty)
    }

    @Test func `A program that finishes one item among people does not hide their hours`() {
        let found = samples(
            [
                work(1, hours: 60, completions: 20),
                work(2, hours: 60, completions: 20, approvals: 18, automated: 1),
            ], [handoff(1, 2, 20)])
        #expect(found == [2: 0.5])
    }

    @Test func `Where hours are seldom seen nothing is said`() {
        var review = work(2, hours: 30, completions: 10, approvals: 8)
        review.touchCount = 4
        #expect(samples([work(1, hours: 60, completions: 20), review], [handoff(1, 2, 20)]).isEmpty)
    }

    @Test func `A stage that nothing is made before has no share`() {
        #expect(samples([work(2, hours: 30, completions: 10, approvals: 8)], [handoff(0, 2, 10)]).isEmpty)
    }
}
