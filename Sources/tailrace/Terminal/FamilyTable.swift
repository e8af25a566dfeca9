import TailraceStore

/// Families as a table.
enum FamilyTable {
    /// What the families are together.
    static func heading(_ total: ViewRow, _ terminal: Terminal) -> [String] {
        let families = total.integer("families") ?? 0
        var text =
            Figure.counted(families, "family", plural: "families")
            + (families == 1 ? " holds " : " hold ")
            + Figure.counted(total.integer("copies") ?? 0, "copy", plural: "copies")
            + " (\(Figure.bytes(total.integer("bytes"))) in all)."
        if total.integer("measured") ?? 0 > 0 {
            let zombies = total.integer("zombies") ?? 0
            text += " \(Figure.count(zombies)) \(zombies == 1 ? "is a zombie" : "are zombies")."
        } else {
            text += " Reads are not measurable (missing: `read` events), so no zombies can be told."
        }
        return text.wrapped(to: terminal.textColumns).map { terminal.styled($0, .strong) }
    }

    static func lines(_ families: [ViewRow], _ terminal: Terminal, indent: Int = 0) -> [String] {
        var table = TextTable([
            .number("FAMILY"), .number("COPIES"), .number("READS"), .number("PER COPY", dropRank: 3),
            .number("MAKERS", dropRank: 2), .number("SIZE", dropRank: 1), .text("STATUS"),
            .text("TITLE", narrowest: 16),
        ])
        for family in families {
            let status = family.text("status") ?? Figure.unknown
            table.add([
                .init(family["family"].shown), .init(Figure.count(family.integer("copies"))),
                .init(Figure.count(family.integer("reads"))), .init(Figure.number(family.real("reads_per_copy"))),
                .init(Figure.count(family.integer("authors"))), .init(Figure.bytes(family.integer("bytes"))),
                .init(status, status == "zombie" ? .yellow : .plain),
                .init(family.text("title") ?? family.text("leader_item") ?? Figure.unknown),
            ])
        }
        return table.lines(terminal, indent: indent)
    }
}

/// One family with its members.
struct FamilyScreen {
    let head: ViewRow
    let costs: [ViewRow]
    let clock: StoreClock
    let terminal: Terminal

    /// - Parameter count: members in all; more than are shown.
    func text(_ members: [ViewRow], of count: Int64) -> String {
        let name = head.text("title") ?? head.text("leader_item") ?? ""
        var lines = "Family \(head["family"].shown): \(name.printable)".wrapped(to: terminal.textColumns).map {
            terminal.styled($0, .strong)
        }
        lines += facts.flatMap { $0.wrapped(to: terminal.textColumns) }
        if !costs.isEmpty { lines += [""] + costTable }
        lines += [""] + memberTable(members)
        if Int64(members.count) < count {
            lines.append("… and \(Figure.count(count - Int64(members.count))) more; --limit shows them.")
        }
        lines += [""] + "Times are \(clock.name).".wrapped(to: terminal.textColumns).map { terminal.styled($0, .faint) }
        return lines.joined(separator: "\n")
    }

    private var facts: [String] {
        let copies = head.integer("copies") ?? 0
        let readers = head.integer("readers").map { $0 > 0 ? " by \(Figure.counted($0, "reader"))" : "" } ?? ""
        let reads = head.integer("reads").map { "\(Figure.counted($0, "read")) in all\(readers)" }
        let makers = head.integer("authors").map { Figure.counted($0, "maker") }
        return [
            [
                "\(Figure.counted(copies, "copy", plural: "copies"))"
                    + " (\(Figure.count(head.integer("exact_copies"))) exact)",
                makers ?? "makers not measurable", reads ?? "reads not measurable (missing: `read` events)",
                Figure.bytes(head.integer("bytes")), head.text("status") ?? "",
            ].filter { !$0.isEmpty }.joined(separator: ", ") + ".",
            "\(head.text("stream") ?? ""), from \(clock.moment(head.integer("first_seen")))"
                + " to \(clock.moment(head.integer("last_seen"))).",
        ]
    }

    private var costTable: [String] {
        var table = TextTable([
            .text("STAGE", narrowest: 8), .number("HOURS"), .number("FROM", dropRank: 1), .number("TO", dropRank: 1),
            .number("MEASURED"),
        ])
        for cost in costs {
            table.add([
                .init(cost.stage()), .init(Figure.number(cost.real("touch_h"))),
                .init(Figure.number(cost.real("touch_low"))), .init(Figure.number(cost.real("touch_high"))),
                .init(Figure.share(cost.real("coverage"))),
            ])
        }
        return table.lines(terminal)
    }

    private func memberTable(_ members: [ViewRow]) -> [String] {
        var table = TextTable([
            .text("ITEM", narrowest: 12, cut: .start), .text("RELATION"), .number("SHARED"),
            .text("INTERVAL", dropRank: 2), .text("STAGE", narrowest: 8), .text("ORIGIN", dropRank: 3),
            .text("PUBLISHED", dropRank: 1), .number("READS"), .number("SIZE", dropRank: 4),
        ])
        for member in members {
            table.add([
                .init(member.text("item") ?? ""), .init(member.text("relation") ?? ""),
                .init(Figure.share(member.real("containment"))), .init(interval(member)), .init(member.stage()),
                .init(member.text("origin") ?? ""), .init(clock.moment(member.integer("published_at"))),
                .init(Figure.count(member.integer("reads"))), .init(Figure.bytes(member.integer("bytes"))),
            ])
        }
        return table.lines(terminal)
    }

    private func interval(_ member: ViewRow) -> String {
        guard let low = member.real("containment_low"), let high = member.real("containment_high") else {
            return Figure.unknown
        }
        return "\(Figure.number((low * 100).rounded()))–\(Figure.number((high * 100).rounded())) %"
    }
}
