import TailracePipeline
import TailraceStore

/// Queues as tables.
enum FlowScreen {
    private static let inColumns = ["arrivals", "returns"]
    private static let outColumns = ["completions", "withdrawals"]

    /// One row a stage, the fullest first.
    ///
    /// - Parameter firing: severity of what fires on each stage.
    static func stages(_ flow: FlowTable, _ firing: [String: String], _ terminal: Terminal) -> String {
        guard !flow.stages.isEmpty else { return empty(flow) }
        let span = "LAST \(flow.times.count) \(flow.grain.uppercased())\(flow.times.count == 1 ? "" : "S")"
        var table = TextTable([
            .text("STAGE", narrowest: 10), .number("DAYS OF WORK"), .number("BACKLOG"),
            .text(span), .number("IN/DAY", dropRank: 1), .number("OUT/DAY", dropRank: 2),
            .number("OLDEST", dropRank: 3), .number("LOAD", dropRank: 4), .number("CAPACITY/DAY", dropRank: 5),
        ])
        for stage in flow.stages {
            let row = stage.latest
            let style = AlertTable.style(firing[stage.name])
            table.add([
                .init(stage.name.stageName), .init(Figure.days(row?.real("days_of_work")), style),
                .init(Figure.count(row?.integer("backlog")), style),
                .init(Sparkline.text(stage.series("backlog"), width: 24)),
                .init(Figure.number(flow.perDay(stage, inColumns))),
                .init(Figure.number(flow.perDay(stage, outColumns))),
                .init(Figure.duration(row?.integer("oldest_age_s"))), .init(Figure.share(row?.real("utilisation"))),
                .init(Figure.number(row?.real("capacity_per_day"))),
            ])
        }
        var lines = table.lines(terminal)
        let noted = [
            "In and out are means over the last 7 days shown.",
            flow.stages.contains { $0.latest?.real("days_of_work") == nil } ? unknown : nil,
        ].compactMap { $0 }
        lines.append("")
        lines += noted.joined(separator: " ").wrapped(to: terminal.textColumns).map { terminal.styled($0, .faint) }
        return lines.joined(separator: "\n")
    }

    static let unknown = "– is not measurable, which is not nothing; `tailrace schema v1_flow` says what each needs."

    /// One row a window, of one stage or of all of them together.
    static func windows(_ flow: FlowTable, _ clock: StoreClock, _ terminal: Terminal) -> String {
        guard !flow.times.isEmpty, !flow.stages.isEmpty else { return empty(flow) }
        let one = flow.stages.count == 1 ? flow.stages.first : nil
        let backlogs = flow.times.indices.map { backlog(flow, $0) }
        let top = backlogs.compactMap { $0.items }.max() ?? 0
        var table = TextTable(columns(flow.grain, isOneStage: one != nil))
        for (place, time) in flow.times.enumerated() {
            let rows = flow.stages.compactMap { $0.windows[place] }
            let (items, isWhole) = backlogs[place]
            func sum(_ column: String) -> TextTable.Cell {
                let known = rows.compactMap { $0.integer(column) }
                return .init(Figure.count(known.isEmpty ? nil : known.reduce(0, +)))
            }
            var cells: [TextTable.Cell] = [
                .init(label(rows.first, time, flow.grain, clock)), sum("arrivals"), sum("returns"), sum("completions"),
                .init((isWhole ? "" : "≥ ") + Figure.count(items)),
                .init(Bar.text(top > 0 ? Double(items ?? 0) / Double(top) : 0, width: 12)),
            ]
            if one != nil {
                let row = rows.first
                cells += [
                    .init(Figure.days(row?.real("days_of_work"))), .init(Figure.share(row?.real("utilisation"))),
                    .init(Figure.duration(row?.real("wait_p50_s"))), .init(Figure.duration(row?.real("touch_p50_s"))),
                    .init(Figure.duration(row?.real("cycle_p50_s"))), .init(Figure.count(row?.integer("workers"))),
                ]
            }
            table.add(cells)
        }
        let title = one.map { $0.name.stageName } ?? Figure.counted(Int64(flow.stages.count), "stage") + " together"
        let heading = "\(title), by \(flow.grain) in \(clock.name)".wrapped(to: terminal.textColumns)
        return (heading.map { terminal.styled($0, .strong) } + table.lines(terminal)).joined(separator: "\n")
    }

    private static func columns(_ grain: String, isOneStage: Bool) -> [TextTable.Column] {
        let counts: [TextTable.Column] = [
            .text(grain.uppercased()), .number("IN"), .number("RETURNED", dropRank: 3), .number("OUT"),
            .number("BACKLOG"), .text("", narrowest: 4, dropRank: 7),
        ]
        guard isOneStage else { return counts }
        return counts + [
            .number("DAYS OF WORK"), .number("LOAD", dropRank: 4), .number("WAIT p50", dropRank: 1),
            .number("TOUCH p50", dropRank: 2), .number("CYCLE p50", dropRank: 5), .number("WORKERS", dropRank: 6),
        ]
    }

    /// The backlog of all stages in one window, and whether every stage's is known.
    private static func backlog(_ flow: FlowTable, _ place: Int) -> (items: Int64?, isWhole: Bool) {
        let rows = flow.stages.compactMap { $0.windows[place] }
        let known = rows.compactMap { $0.integer("backlog") }
        guard !known.isEmpty else { return (nil, true) }
        return (known.reduce(0, +), known.count == rows.count)
    }

    private static func label(_ row: ViewRow?, _ time: Int64, _ grain: String, _ clock: StoreClock) -> String {
        switch grain {
        case "hour": clock.moment(time)
        case "week": row?.text("week_local") ?? clock.date(time)
        case "month": String((row?.text("date_local") ?? clock.date(time)).prefix(7))
        default: dayName(row?.text("date_local") ?? clock.date(time))
        }
    }

    /// `Mon 2026-01-12`: the weekday explains most of a queue's ups and downs.
    private static func dayName(_ date: String) -> String {
        guard let day = CivilDate(text: date)?.daysSince1970 else { return date }
        let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        return "\(names[Int(CivilDate.weekday(daysSince1970: day))]) \(date)"
    }

    private static func empty(_ flow: FlowTable) -> String {
        "No stage has a closed \(flow.grain) yet: queues need `schedule` and `complete` events."
    }
}
