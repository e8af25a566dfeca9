import TailraceStore

/// Savings as a table.
struct ReboundScreen {
    let clock: StoreClock
    let terminal: Terminal

    func text(_ rows: [ViewRow], isOneStage: Bool) -> String {
        let measured = rows.filter { $0.real("rebound") != nil }
        guard !rows.isEmpty else {
            return """
                Not measurable yet: a saving needs 16 weeks of a stage whose hours are seen \
                (missing: `start` before `complete`, or `effort`).
                """
        }
        var lines = heading(measured).wrapped(to: terminal.textColumns).map { terminal.styled($0, .strong) }
        if !measured.isEmpty { lines += [""] + table(measured, isOneStage: isOneStage) }
        let others = rows.filter { $0.real("rebound") == nil }
        if !others.isEmpty {
            let names = others.prefix(12).map { isOneStage ? day($0) : $0.stage() }
            let more = others.count > names.count ? ", …" : ""
            lines += [""]
            lines += "No measurable unit saving: \(names.joined(separator: ", "))\(more).".wrapped(
                to: terminal.textColumns)
        }
        return lines.joined(separator: "\n")
    }

    private func heading(_ rows: [ViewRow]) -> String {
        let backfires = rows.filter { $0.text("verdict") == "backfire" }
        guard !rows.isEmpty else { return "Nothing takes fewer hours an item than before." }
        guard !backfires.isEmpty else { return "Of expected savings, rebound is the part that was eaten." }
        return "Of expected savings, rebound is the part that was eaten; beyond 100 % more is worked than before."
    }

    private func table(_ rows: [ViewRow], isOneStage: Bool) -> [String] {
        var table = TextTable([
            isOneStage ? .text("UNTIL") : .text("STAGE", narrowest: 8), .number("EXPECTED"), .number("REALISED"),
            .number("REBOUND"), .number("90 % INTERVAL"), .number("VOLUME", dropRank: 1),
            .number("REVIEW", dropRank: 2),
            .number("REWORK", dropRank: 3), .number("LATER", dropRank: 4), .number("SEEN", dropRank: 5),
            .text("VERDICT"),
        ])
        func points(_ row: ViewRow, _ column: String) -> String {
            row.real(column).map { Figure.number(($0 * 100).rounded()) } ?? Figure.unknown
        }
        for row in rows {
            let verdict = row.text("verdict") ?? ""
            table.add([
                .init(isOneStage ? day(row) : row.stage()),
                .init("\(Figure.number(row.real("expected_saving_h"))) h"),
                .init("\(Figure.number(row.real("realised_saving_h"))) h"),
                .init("\(points(row, "rebound")) %"),
                .init("\(points(row, "rebound_low"))–\(points(row, "rebound_high")) %"),
                .init(points(row, "volume_part")), .init(points(row, "review_part")), .init(points(row, "rework_part")),
                .init(points(row, "downstream_part")), .init(Figure.share(row.real("coverage"))),
                .init(verdict, verdict == "backfire" ? .red : .plain),
            ])
        }
        return table.lines(terminal)
            + [""]
            + "Hours a week. Volume, review, rework and later stages are points of the rebound and add up to it."
            .wrapped(to: terminal.textColumns).map { terminal.styled($0, .faint) }
    }

    private func day(_ row: ViewRow) -> String { clock.date(row.integer("period_end")) }
}
