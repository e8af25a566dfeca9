import TailraceAnalysis
import TailracePipeline
import TailraceStore

/// The weeks of one stage, or of all together, as a claim needs them.
struct ClaimWeeks {
    /// Weekly hours and shares that a claim leaves out.
    struct Left {
        var making = 0.0
        var rework = 0.0
        var review = 0.0
        var later = 0.0
        var automated = 0.0
        var items = 0.0
        var completions = 0.0
        var seen = 0.0
    }

    /// Starts of the weeks, ascending, with what belongs to each.
    private(set) var weeks: [(start: Int64, week: ClaimWeek, left: Left)] = []
    /// What stands for the outcome.
    private(set) var outcome = "outcomes"
    /// Inputs that the logs lack, for people.
    private(set) var missing: [String] = []

    /// - Parameter stage: nil for all stages together.
    init(_ reader: StoreReader, stage: String?, measure: ClaimMeasure) throws {
        let (parts, ends) = try ClaimWeeks.parts(reader, behind: stage)
        var sums: [Int64: (week: ClaimWeek, left: Left)] = [:]
        func change(_ row: ViewRow, _ body: (inout (week: ClaimWeek, left: Left)) -> Void) {
            guard let time = row.integer("time") else { return }
            let none = ClaimWeek(activity: 0, humanActivity: 0, base: nil, outcomes: 0, hours: 0)
            body(&sums[time, default: (none, Left())])
        }
        let isMine = { (row: ViewRow) in stage == nil || row.stage() == stage }
        for row in try reader.rows(
            "SELECT f.time, f.stage, f.first_completions, f.workers FROM v1_flow AS f WHERE grain = 'week' AND closed = 1"
        )
        where isMine(row) {
            change(row) { sum in
                guard measure.counted == .completions else { return }
                sum.week.activity += row.real("first_completions") ?? 0
            }
            if measure.base == .people, let workers = row.real("workers") {
                change(row) { $0.week.base = ($0.week.base ?? 0) + workers }
            }
        }
        try takeWork(reader, parts, stage, isMine, measure, change)
        try takeCounts(reader, isMine, measure, change)
        if let stage, sums.values.allSatisfy({ $0.week.outcomes == 0 }), !ends.isEmpty {
            // Nobody logs what came of it: what reached the end of the process stands for it.
            outcome = "cases that reached \(ends.sorted().joined(separator: ", "))"
            for row in try reader.rows(
                "SELECT time, stage, first_completions FROM v1_flow WHERE grain = 'week' AND closed = 1")
            where ends.contains(row.stage()) {
                let part = row.stage() == stage ? 1 : parts[row.stage()] ?? 0
                change(row) { $0.week.outcomes += part * (row.real("first_completions") ?? 0) }
            }
        }
        weeks = sums.sorted { $0.key < $1.key }.map { ($0.key, $0.value.week, $0.value.left) }
        if measure.base == .people, weeks.contains(where: { $0.week.base == nil }) {
            missing.append("people (actors, and at least the minimum group of them a week)")
        }
        if weeks.allSatisfy({ $0.week.outcomes == 0 }) { missing.append("`outcome` events") }
        if weeks.allSatisfy({ $0.week.hours == 0 }) { missing.append("hours (`start` before `complete`, or `effort`)") }
        if weeks.allSatisfy({ $0.week.activity == 0 }) { missing.append("`\(measure.inputs)` events") }
    }

    private typealias Change = (ViewRow, (inout (week: ClaimWeek, left: Left)) -> Void) -> Void

    /// Hours of all work: what is not seen of a stage's items is taken to be like what is.
    private func takeWork(
        _ reader: StoreReader, _ parts: [String: Double], _ stage: String?, _ isMine: (ViewRow) -> Bool,
        _ measure: ClaimMeasure, _ change: Change
    ) throws {
        let work = try reader.rows(
            """
            SELECT w.time, w.stage, sum(w.completions) AS completions, sum(w.approvals) AS approvals,
              sum(w.touch_sum_s) / 3600 AS hours, sum(w.touch_n) AS seen, sum(w.rework_touch_s) / 3600 AS rework,
              s.kind AS kind
            FROM v1_work AS w JOIN v1_stages AS s ON s.stage = w.stage
            WHERE w.grain = 'week' AND w.closed = 1 GROUP BY w.time, w.stage
            """)
        for row in work {
            let part = isMine(row) ? 1 : parts[row.stage()] ?? 0
            let (completions, seen) = (row.real("completions") ?? 0, row.real("seen") ?? 0)
            guard part > 0, completions > 0 || seen > 0 else { continue }
            let all = seen > 0 ? (row.real("hours") ?? 0) * max(1, completions / seen) : 0
            let approvals = row.real("approvals") ?? 0
            let isReview = row.text("kind") == "review" || (approvals > 0 && 5 * approvals >= completions)
            let isOwn = isMine(row)
            change(row) { sum in
                sum.week.hours += part * all
                sum.left.completions += part * completions
                sum.left.seen += part * min(seen, completions)
                if isReview {
                    sum.left.review += part * all
                } else if isOwn {
                    let again = seen > 0 ? all * (row.real("rework") ?? 0) / max(row.real("hours") ?? 0, 1e-9) : 0
                    sum.left.rework += again
                    sum.left.making += all - again
                    if measure.base == .makingHours { sum.week.base = (sum.week.base ?? 0) + all - again }
                } else {
                    sum.left.later += part * all
                }
            }
        }
    }

    private func takeCounts(
        _ reader: StoreReader, _ isMine: (ViewRow) -> Bool, _ measure: ClaimMeasure, _ change: Change
    ) throws {
        for row in try reader.rows(
            "SELECT time, stage, origin, items FROM v1_output WHERE grain = 'week' AND closed = 1")
        where isMine(row) {
            let items = row.real("items") ?? 0
            change(row) { sum in
                sum.left.items += items
                if row.text("origin") == "automated" || row.text("origin") == "assisted" { sum.left.automated += items }
                guard measure.counted == .items else { return }
                sum.week.activity += items
                if row.text("origin") == "human" { sum.week.humanActivity += items }
            }
        }
        if measure.counted == .sends || measure.counted == .replies {
            let column = measure.counted == .sends ? "sent" : "replies"
            for row in try reader.rows(
                "SELECT time, stage, origin, \(column) AS n FROM v1_engagement WHERE grain = 'week' AND closed = 1")
            where isMine(row) {
                change(row) { sum in
                    sum.week.activity += row.real("n") ?? 0
                    if row.text("origin") == "human" { sum.week.humanActivity += row.real("n") ?? 0 }
                }
            }
        }
        for row in try reader.rows(
            "SELECT time, stage, outcomes FROM v1_outcomes WHERE grain = 'week' AND closed = 1")
        where isMine(row) {
            change(row) { sum in
                sum.week.outcomes += row.real("outcomes") ?? 0
                if measure.counted == .outcomes { sum.week.activity += row.real("outcomes") ?? 0 }
            }
        }
    }

    /// Which part of the work of other stages belongs to one; and the stages at which most of its cases end.
    private static func parts(_ reader: StoreReader, behind stage: String?) throws -> (
        parts: [String: Double], ends: Set<String>
    ) {
        guard let stage else { return ([:], []) }
        var numbers: [String: Int] = [:]
        func number(_ name: String) -> Int {
            if let number = numbers[name] { return number }
            numbers[name] = numbers.count
            return numbers.count - 1
        }
        let own = number(stage)
        let handoffs = try reader.rows(
            "SELECT from_stage, to_stage, sum(cases) AS cases FROM v1_handoffs WHERE grain = 'week' GROUP BY 1, 2")
        let edges = handoffs.map {
            (
                from: number($0.text("from_stage") ?? ""), to: number($0.text("to_stage") ?? ""),
                cases: $0.real("cases") ?? 0
            )
        }
        let names = Dictionary(uniqueKeysWithValues: numbers.map { ($0.value, $0.key) })
        let parts = Dictionary(
            uniqueKeysWithValues: caseParts(behind: own, handoffs: edges).map { (names[$0.stage] ?? "", $0.part) })
        let ends = parts.keys.filter { name in
            let number = numbers[name]
            let inward = edges.reduce(0) { $0 + ($1.to == number ? $1.cases : 0) }
            return 2 * edges.reduce(0) { $0 + ($1.from == number ? $1.cases : 0) } < inward
        }
        return (parts, Set(ends))
    }
}
