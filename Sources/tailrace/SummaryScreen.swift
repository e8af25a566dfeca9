import TailracePipeline
import TailraceStore

/// What one replay read.
struct ReplayTotals: Sendable, Equatable {
    var events: Int64
    var rejected: Int64
    /// Bytes read from disk, and after decompression.
    var compressedBytes: Int64
    var bytes: Int64
    /// Wall time.
    var seconds: Double
    var files: Int
}

/// The screen after a replay: what was read, what was wrong with it, and what it shows.
///
/// A section that cannot be read from the store says so in its place; the others stand.
/// Reads only `v1_` views; O(rows of the views), a few scans of each.
func renderSummary(_ reader: StoreReader, totals: ReplayTotals, terminal: Terminal) -> String {
    let clock = (try? StoreClock(reader)) ?? .utc
    return SummaryScreen(reader: reader, totals: totals, terminal: terminal, clock: clock).text
}

struct SummaryScreen {
    let reader: StoreReader
    let totals: ReplayTotals
    let terminal: Terminal
    let clock: StoreClock

    /// At most so many rows in each section: the screen is a first look, the commands show the rest.
    static let mostRows = 6
    static let indent = 2

    var text: String {
        var blocks = [read]
        blocks.append(section("Rejected", { try rejected }))
        blocks.append(section("Alerts", { try alerts }))
        blocks.append(section("Queues", { try queues }))
        blocks.append(section("Copies", { try families }))
        blocks.append(section("Redundancy by origin", { try redundancy }))
        blocks.append(
            section(
                "Not measurable from these logs", { try MeasurementGap.lines(MeasurementGap.all(reader), width: width) }
            ))
        return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
    }

    var read: [String] {
        let packed =
            totals.compressedBytes == totals.bytes
            ? Figure.bytes(totals.bytes)
            : "\(Figure.bytes(totals.compressedBytes)), \(Figure.bytes(totals.bytes)) unpacked"
        let speed = totals.seconds > 0 ? ", \(Figure.bytes(Double(totals.bytes) / totals.seconds))/s" : ""
        let files = "Read \(Figure.counted(Int64(totals.files), "file")): "
        let text =
            files + Figure.counted(totals.events, "event")
            + " (\(packed)) in \(Figure.duration(totals.seconds))\(speed)."
        let heading = text.wrapped(to: width).map { terminal.styled($0, .strong) }
        guard let span = try? span else { return heading }
        return heading + span.wrapped(to: width).map { terminal.styled($0, .faint) }
    }

    /// From when to when the queues go.
    private var span: String? {
        get throws {
            let rows = try reader.rows("SELECT min(time) AS first FROM v1_flow WHERE grain = 'day'")
            guard let first = rows.first?.integer("first"), let end = clock.end else { return nil }
            return "Events from \(clock.date(first)) to \(clock.date(end - 1)); times are \(clock.name)."
        }
    }

    private var rejected: [String] {
        get throws {
            let rows = try StoreStatus.rejections(reader).viewRows
            let all = totals.events + totals.rejected
            guard totals.rejected > 0 || !rows.isEmpty else { return [] }
            let share = all > 0 ? Double(totals.rejected) / Double(all) : 0
            let text = "\(Figure.count(totals.rejected)) of \(Figure.counted(all, "record")), \(Figure.share(share))."
            guard !rows.isEmpty else { return indented(text) }
            return indented(text)
                + some(rows, "tailrace status") { RejectionTable.lines($0, terminal, indent: Self.indent) }
        }
    }

    private var alerts: [String] {
        get throws {
            let all = try AlertTable.alerts(reader).viewRows
            guard !all.isEmpty else { return indented("None.") }
            // One line for each thing that is wrong: a rule that fires often on a stage must not hide the others.
            var seen: Set<String> = []
            let rows = all.filter { seen.insert("\($0.text("rule") ?? "") \($0.text("stage") ?? "")").inserted }
            let shown = Array(rows.prefix(Self.mostRows))
            let rest = Int64(all.count - shown.count)
            return AlertTable.lines(shown, clock, terminal, indent: Self.indent)
                + (rest > 0 ? more(rest, "tailrace alerts") : [])
                + indented("`tailrace explain ID` shows the evidence.", .faint)
        }
    }

    private var families: [String] {
        get throws {
            let totals = try reader.rows(
                """
                SELECT count(*) AS families, sum(copies) AS copies, sum(bytes) AS bytes,
                  sum(status = 'zombie') AS zombies, count(reads) AS measured FROM v1_families
                """)
            guard let total = totals.first, let count = total.integer("families"), count > 0 else { return [] }
            let rows = try reader.rows(
                "SELECT * FROM v1_families ORDER BY copies DESC, family LIMIT \(Self.mostRows)")
            var plain = terminal
            plain.columns = width - Self.indent
            plain.hasColour = false
            let heading = FamilyTable.heading(total, plain).flatMap { indented($0) }
            let table = FamilyTable.lines(rows, screen, indent: Self.indent)
            let rest = count - Int64(rows.count)
            return heading + table + (rest > 0 ? more(rest, "tailrace families") : [])
        }
    }

    /// A heading with its lines; nothing where there are none, and the reason where they could not be read.
    private func section(_ title: String, _ lines: () throws -> [String]) -> [String] {
        let found: [String]
        do { found = try lines() } catch { found = indented("not shown: \(error)") }
        return found.isEmpty ? [] : [terminal.styled(title, .strong)] + found
    }

    /// A pipe has no edge, but a screen that is kept in a file should still be narrow.
    var width: Int { terminal.textColumns }
    var screen: Terminal {
        var screen = terminal
        screen.columns = terminal.columns ?? 80
        return screen
    }

    func indented(_ text: String, _ style: Style = .plain) -> [String] {
        text.printable.wrapped(to: width - Self.indent).map { "  " + terminal.styled($0, style) }
    }

    func some(_ rows: [ViewRow], _ command: String, _ lines: ([ViewRow]) -> [String]) -> [String] {
        let shown = Array(rows.prefix(Self.mostRows))
        let rest = Int64(rows.count - shown.count)
        return lines(shown) + (rest > 0 ? more(rest, command) : [])
    }

    private func more(_ count: Int64, _ command: String) -> [String] {
        indented("… and \(Figure.count(count)) more: `\(command)`.", .faint)
    }
}
