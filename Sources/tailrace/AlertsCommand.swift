import ArgumentParser
import TailracePipeline
import TailraceStore

/// Alerts: what fires, what may soon, what is over.
struct AlertsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts", abstract: "List alerts, those that fire first.",
        discussion: "With --fail the exit code is 1 when any alert listed is firing.")

    enum State: String, ExpressibleByArgument, CaseIterable { case firing, resolved, pending }

    @Option(help: "Only alerts in this state: firing, resolved or pending.")
    var state: State?
    @Option(help: "Only alerts of this rule.")
    var rule: String?
    @Option(help: "Only alerts on this stage.")
    var stage: String?
    @Option(help: ArgumentHelp("At most so many (default: 40 on a screen, all in JSON).", valueName: "n"))
    var limit: Int?
    @Flag(help: "Exit with 1 when an alert is firing.")
    var fail = false
    @OptionGroup var reading: ReadingOptions

    func validate() throws {
        if let limit, limit < 0 { throw ValidationError("--limit takes a number of alerts, 0 or more.") }
    }

    func run() throws {
        var isFiring = false
        try reading.print { reader, terminal in
            let found = try AlertTable.alerts(reader, state: state?.rawValue, rule: rule, stage: stage)
            isFiring = found.viewRows.contains { $0.text("state") == "firing" }
            var shown = found
            shown.rows = Array(found.rows.prefix(limit ?? (reading.json ? .max : 40)))
            if reading.json { return shown.json.lines }
            if found.rows.isEmpty { return "No alerts." }
            let clock = try StoreClock(reader)
            var lines = AlertTable.lines(shown.viewRows, clock, terminal)
            if shown.rows.count < found.rows.count {
                lines.append(
                    "… and \(Figure.count(Int64(found.rows.count - shown.rows.count))) more; --limit shows them.")
            }
            let note = "Times are \(clock.name). `tailrace explain ID` shows the evidence."
            lines += [""] + note.wrapped(to: terminal.textColumns).map { terminal.styled($0, .faint) }
            return lines.joined(separator: "\n")
        }
        if fail, isFiring { throw ExitCode(CommandExit.findings.rawValue) }
    }
}
