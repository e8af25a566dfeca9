import TailraceStore

extension SummaryScreen {
    /// The fullest queues over the last eight weeks.
    var queues: [String] {
        get throws {
            let flow = try FlowTable(reader, grain: "day", windows: 56)
            let busy = flow.stages.filter { ($0.latest?.real("backlog") ?? 0) > 0 || hasFlow($0) }
            guard !busy.isEmpty else { return [] }
            let firing = try AlertTable.firing(reader)
            var table = TextTable([
                .text("STAGE", narrowest: 8), .number("DAYS OF WORK"), .number("BACKLOG"),
                .text("LAST \(flow.times.count) DAYS"), .number("IN/DAY", dropRank: 1), .number("OUT/DAY", dropRank: 2),
                .number("OLDEST", dropRank: 3),
            ])
            for stage in busy.prefix(Self.mostRows) {
                let style = AlertTable.style(firing[stage.name])
                table.add([
                    .init(stage.name.stageName), .init(Figure.days(stage.latest?.real("days_of_work")), style),
                    .init(Figure.count(stage.latest?.integer("backlog")), style),
                    .init(Sparkline.text(stage.series("backlog"), width: 16)),
                    .init(Figure.number(flow.perDay(stage, ["arrivals", "returns"]))),
                    .init(Figure.number(flow.perDay(stage, ["completions", "withdrawals"]))),
                    .init(Figure.duration(stage.latest?.integer("oldest_age_s"))),
                ])
            }
            let lines = table.lines(screen, indent: Self.indent)
            let rest = busy.count - Self.mostRows
            return lines
                + (rest > 0 ? indented("… and \(Figure.count(Int64(rest))) more: `tailrace flow`.", .faint) : [])
        }
    }

    private func hasFlow(_ stage: FlowTable.Stage) -> Bool {
        stage.windows.contains { row in
            row.map { ($0.real("arrivals") ?? 0) + ($0.real("completions") ?? 0) > 0 } ?? false
        }
    }

    /// How much of what each origin made had been made before.
    var redundancy: [String] {
        get throws {
            let rows = try reader.rows(
                """
                SELECT origin, sum(items) AS items, sum(bytes) AS bytes, sum(redundant_items) AS redundant_items,
                  sum(redundant_bytes) AS redundant_bytes
                FROM v1_output WHERE grain = 'day' GROUP BY origin
                """
            ).filter { $0.integer("items") ?? 0 > 0 }
            guard rows.contains(where: { $0.integer("redundant_items") ?? 0 > 0 }) else { return [] }
            var table = TextTable([
                .text("ORIGIN"), .number("ITEMS"), .number("REDUNDANT"), .number("OF ITEMS"),
                .text("", narrowest: 8, dropRank: 2), .number("OF BYTES", dropRank: 1),
            ])
            let order = ["human", "assisted", "automated", "unknown"]
            func place(_ row: ViewRow) -> Int { order.firstIndex(of: row.text("origin") ?? "") ?? order.count }
            for row in rows.sorted(by: { place($0) < place($1) }) {
                let share = share(row, "redundant_items", of: "items")
                table.add([
                    .init(row.text("origin") ?? ""), .init(Figure.count(row.integer("items"))),
                    .init(Figure.count(row.integer("redundant_items"))), .init(Figure.share(share)),
                    .init(Bar.text(share ?? 0, width: 20)),
                    .init(Figure.share(self.share(row, "redundant_bytes", of: "bytes"))),
                ])
            }
            return table.lines(screen, indent: Self.indent)
        }
    }

    private func share(_ row: ViewRow, _ part: String, of whole: String) -> Double? {
        guard let part = row.real(part), let whole = row.real(whole), whole > 0 else { return nil }
        return part / whole
    }
}
