import TailraceStore

/// The sources as a screen.
struct SourceScreen {
    let sources: SourceList
    let clock: StoreClock
    let terminal: Terminal
    /// Seconds since 1970 UTC.
    let now: Int64
    /// Every source, or the first forty.
    let showsAll: Bool

    static let mostRows = 40

    var text: String {
        let rows = sources.rows
        guard !rows.isEmpty else { return "No sources: nothing has been read into this store." }
        var table = TextTable([
            .text("SOURCE", narrowest: 24, cut: .start), .text("STATE"), .number("POSITION", dropRank: 3),
            .number("SIZE", dropRank: 4), .number("BEHIND"), .number("LAG"), .number("EVENTS", dropRank: 1),
            .number("REJECTED", dropRank: 2), .text("LAST EVENT", dropRank: 5), .text("RESTART", dropRank: 6),
        ])
        let shown = showsAll ? rows[...] : rows.prefix(Self.mostRows)
        for row in shown {
            let state = row.text("state") ?? Figure.unknown
            table.add(
                [
                    .init(row.text("path") ?? ""), .init(state, Self.style(state)),
                    .init(Figure.bytes(row.integer("position"))), .init(Figure.bytes(row.integer("size"))),
                    .init(Figure.bytes(row.integer("behind_bytes"))), .init(Figure.duration(row.real("lag_s"))),
                    .init(Figure.count(row.integer("events"))), .init(Figure.count(row.integer("rejected"))),
                    .init(clock.moment(row.integer("last_event_time"))), .init(restart(row)),
                ], note: row.text("detail"))
        }
        var lines = table.lines(terminal)
        if shown.count < rows.count {
            lines.append("… and \(Figure.count(Int64(rows.count - shown.count))) more; --all lists them.")
        }
        let note =
            "\(Figure.counted(Int64(rows.count), "source")): \(sources.states). Times are \(clock.name). "
            + "`tailrace doctor` says what to do."
        lines += [""] + note.wrapped(to: terminal.textColumns).map { terminal.styled($0, .faint) }
        return lines.joined(separator: "\n")
    }

    /// `8.39 MB, 12 s ago`.
    private func restart(_ row: ViewRow) -> String {
        guard let position = row.integer("restart_position") else { return Figure.unknown }
        guard let taken = row.integer("restart_taken_at") else { return Figure.bytes(position) }
        return "\(Figure.bytes(position)), \(Figure.duration(max(0, now - taken))) ago"
    }

    /// Red for what is broken, yellow for what may be.
    static func style(_ state: String) -> Style {
        switch state {
        case "corrupt", "unreadable": .red
        case "truncated", "silent": .yellow
        default: .plain
        }
    }
}
