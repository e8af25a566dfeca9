import TailraceStore

/// The status as a screen.
struct StatusScreen {
    let status: StoreStatus
    let clock: StoreClock
    let terminal: Terminal
    /// Every source, or the first twenty.
    let showsAll: Bool

    var text: String {
        var blocks = [head, sources]
        if !status.rejections.rows.isEmpty { blocks.append(rejections) }
        if !status.gaps.isEmpty {
            blocks.append(
                [terminal.styled("Not measurable from these logs", .strong)]
                    + MeasurementGap.lines(status.gaps, width: terminal.textColumns))
        }
        return blocks.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
    }

    private var head: [String] {
        var store = Figure.bytes(status.storeBytes)
        if status.walBytes > 0 { store += " and \(Figure.bytes(status.walBytes)) of write-ahead log" }
        return [
            fact("store", "\(status.path), \(store)"),
            fact(
                "windows",
                status.lastHour.map { "closed until \(clock.moment($0.end)) \(clock.name)" } ?? "none closed yet"),
            fact("alerts", alerts.text, alerts.style),
            status.watching.map { fact("watching", $0) } ?? [],
            fingerprints.map { fact("copies", $0) } ?? [],
            rules.map { fact("rules", $0.text, $0.style) } ?? [],
        ].flatMap { $0 }
    }

    /// How much of the past contents are compared with; nil where nobody has told.
    private var fingerprints: String? {
        guard let use = status.fingerprints, use[0] > 0 else { return nil }
        let share = Double(use[0]) / Double(max(1, use[1]))
        let lost = use[2] > 0 ? "; \(Figure.count(use[2])) old ones dropped for want of room: raise memory" : ""
        return "\(Figure.counted(use[0], "fingerprint")) held, \(Figure.share(share)) of the room" + lost
    }

    /// Rules of the user's own, and those that had no answer; nil where there are none.
    private var rules: (text: String, style: Style)? {
        guard !status.sqlRules.isEmpty else { return nil }
        let failed = status.sqlRules.filter { $0.rule.failed > 0 }
        let told = failed.map {
            "\($0.name) failed \(Figure.count($0.rule.failed)) of \(Figure.counted($0.rule.asked, "time"))"
                + ": \($0.rule.failure ?? "")"
        }
        let head = "\(Figure.counted(Int64(status.sqlRules.count), "rule")) of your own"
        return (
            ([head] + told).joined(separator: "; "), failed.contains { $0.rule.isFailing } ? .yellow : .plain
        )
    }

    private func fact(_ name: String, _ text: String, _ style: Style = .plain) -> [String] {
        let lines = text.printable.wrapped(to: max(10, terminal.textColumns - 10))
        return lines.enumerated().map { place, line in
            terminal.styled((place == 0 ? name : "").padded(to: 10), .faint) + terminal.styled(line, style)
        }
    }

    private var alerts: (text: String, style: Style) {
        let rows = status.openAlerts.viewRows
        guard !rows.isEmpty else { return ("none open", .plain) }
        let text = rows.map { row in
            "\(Figure.count(row.integer("count"))) \(row.text("severity") ?? "") \(row.text("state") ?? "")"
        }
        let firing = rows.filter { $0.text("state") == "firing" }.map { $0.text("severity") }
        let style: Style = firing.contains("page") ? .red : firing.contains("ticket") ? .yellow : .plain
        return (text.joined(separator: ", "), style)
    }

    private var sources: [String] {
        let rows = status.sources.viewRows
        guard !rows.isEmpty else { return ["No sources: nothing has been read into this store."] }
        var table = TextTable([
            .text("SOURCE", narrowest: 24, cut: .start), .text("STATE"), .text("FORMAT", narrowest: 6, dropRank: 3),
            .number("EVENTS"), .number("REJECTED"), .number("POSITION", dropRank: 4), .number("BEHIND", dropRank: 5),
            .text("LAST EVENT", dropRank: 2), .number("LAG", dropRank: 1),
        ])
        let shown = showsAll ? rows[...] : rows.prefix(20)
        for row in shown {
            let state = row.text("state") ?? Figure.unknown
            let rejected = row.integer("rejected")
            table.add(
                [
                    .init(row.text("path") ?? ""), .init(state, SourceScreen.style(state)),
                    .init(row.text("format") ?? ""),
                    .init(Figure.count(row.integer("events"))), .init(Figure.count(rejected)),
                    .init(Figure.bytes(row.integer("position"))), .init(Figure.bytes(row.integer("behind_bytes"))),
                    .init(clock.moment(row.integer("last_event_time"))), .init(Figure.duration(row.real("lag_s"))),
                ], note: Self.isWell(state) ? nil : row.text("detail"))
        }
        var lines = table.lines(terminal)
        if shown.count < rows.count {
            lines.append("… and \(Figure.count(Int64(rows.count - shown.count))) more; --all lists them.")
        }
        if rows.count > 1 {
            func sum(_ column: String) -> Int64 { rows.reduce(0) { $0 &+ ($1.integer(column) ?? 0) } }
            let total =
                "\(Figure.counted(Int64(rows.count), "source")), \(Figure.counted(sum("events"), "event")), "
                + "\(Figure.count(sum("rejected"))) rejected."
            lines += total.wrapped(to: terminal.textColumns)
        }
        return lines
    }

    private var rejections: [String] { RejectionTable.lines(status.rejections.viewRows, terminal) }

    private static func isWell(_ state: String) -> Bool { ["ok", "reading", "ended"].contains(state) }
}

/// What was not taken, why, and where it first happened.
enum RejectionTable {
    static func lines(_ rejections: [ViewRow], _ terminal: Terminal, indent: Int = 0) -> [String] {
        var table = TextTable([
            .number("REJECTED"), .text("REASON"), .text("FIRST IN", narrowest: 32, cut: .start), .number("AT BYTE"),
            .text("SAMPLE", narrowest: 12, dropRank: 1),
        ])
        for row in rejections {
            table.add([
                .init(Figure.count(row.integer("count"))), .init(row.text("reason") ?? ""),
                .init(row.text("source") ?? ""), .init(row["position"].shown),
                .init((row.text("sample") ?? "").cut(to: 60)),
            ])
        }
        return table.lines(terminal, indent: indent)
    }
}
