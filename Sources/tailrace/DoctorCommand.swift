import ArgumentParser
import Foundation
import TailraceConfig
import TailraceEngine
import TailraceIngest
import TailracePipeline
import TailraceStore

/// `tailrace doctor`: what is wrong, and the mend.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say what is wrong with the store, the sources and this machine, and the mend.",
        discussion: """
            Exit code 0: all is well (notes may be told); 1: something is wrong; 74: the store cannot be read. Rights are \
            those of the user who asks: `sudo -u tailrace tailrace doctor` tells what the daemon may read.
            """)

    @Option(
        help: ArgumentHelp(
            "Configuration file (default: \(CheckCommand.defaultPath) if there is one).", valueName: "file"))
    var config: String?
    @Flag(help: "Compare the indexes of the store with its tables, too; reads all of it.")
    var deep = false
    @OptionGroup var reading: ReadingOptions

    func run() throws {
        var examination = Examination(mounts: MountTable())
        let path =
            config
            ?? (FileManager.default.fileExists(atPath: CheckCommand.defaultPath) ? CheckCommand.defaultPath : nil)
        let configuration = path.flatMap { examination.load($0) }
        let store = reading.store == nil ? configuration?.store ?? reading.path : reading.path
        let fault = examination.look(atStore: store, isDeep: deep)
        if let configuration { examination.look(atPlaces: configuration) }
        examination.lookAtLimits()
        if reading.json {
            try writeOutput(examination.json(store: store, configuration: path).text)
        } else {
            let screen = DoctorScreen(
                findings: examination.findings, checked: examination.checked, terminal: .standardOutput)
            let rates = RuleTable.falseAlarms(examination.rates, .standardOutput)
            try writeOutput(([screen.text] + (rates.isEmpty ? [] : [""]) + rates).joined(separator: "\n"))
        }
        if let fault {
            reportFault("\(fault)")
            throw ExitCode(CommandExit.io.rawValue)
        }
        if examination.findings.hasTrouble { throw ExitCode(CommandExit.findings.rawValue) }
    }
}

/// One look at everything, finding by finding.
struct Examination {
    let mounts: MountTable
    private(set) var findings: [Finding] = []
    /// What was looked at, for the summary.
    private(set) var checked: [String] = []
    /// What rules did, and how often they are wrong.
    private(set) var rates: [RuleRate] = []
    private var folders = 0

    init(mounts: MountTable) { self.mounts = mounts }

    // MARK: - Configuration

    /// - Returns: nil where it cannot be used; its problems are among the findings.
    mutating func load(_ path: String) -> Configuration? {
        checked.append("the configuration \(path)")
        do throws(ConfigurationFault) {
            let configuration = try Configuration.load(path: path)
            take(configuration.warnings + configuration.checkSQLRules())
            return configuration
        } catch {
            take(error.problems)
            return nil
        }
    }

    private mutating func take(_ problems: [Problem]) {
        findings += problems.map { problem in
            Finding(
                severity: problem.severity == .error ? .error : .warning,
                place: "\(problem.file):\(problem.line):\(problem.column)", what: problem.message + ".",
                mend: problem.mend.isEmpty ? "" : problem.mend + ".",
                commands: ["tailrace check --config \(problem.file.shellWord)"])
        }
    }

    mutating func look(atPlaces configuration: Configuration) {
        let paths = configuration.sources.flatMap(\.paths)
        let places = PlaceFindings(paths: paths, base: FileManager.default.currentDirectoryPath, mounts: mounts)
        // A file that the daemon could not read and this user cannot either is one finding.
        findings.removeAll { old in
            places.findings.contains { $0.place == old.place && $0.commands == old.commands }
        }
        findings += places.findings
        folders = places.folders.count
        checked.append("\(Figure.counted(Int64(paths.count), "path")) of sources as \(PlaceFindings.userName)")
        if geteuid() == 0, !paths.isEmpty {
            findings.append(
                Finding(
                    severity: .note, place: "rights", what: "root may read everything, the daemon perhaps not.",
                    mend: "Ask as the daemon's user.", commands: ["sudo -u tailrace tailrace doctor"]))
        }
    }

    mutating func lookAtLimits() {
        findings += LimitFindings.here(folders: folders).findings
        checked.append("limits of this machine")
    }

    // MARK: - Store

    /// - Returns: why the store cannot be read; nil where it can.
    mutating func look(atStore path: String, isDeep: Bool) -> StoreFault? {
        var store = StoreFindings(path: path, mounts: mounts)
        checked.append("the store \(path)")
        let reader: StoreReader
        do throws(StoreFault) {
            reader = try StoreReader(path: path)
            store.problems = try StoreFindings.problems(reader, isDeep: isDeep)
        } catch {
            findings += [Self.unreadable(error)] + store.findings
            return error
        }
        findings += store.findings
        do throws(StoreFault) {
            try look(at: reader, user: store.user)
            return nil
        } catch {
            findings.append(Self.unreadable(error))
            return error
        }
    }

    private static func unreadable(_ fault: StoreFault) -> Finding {
        Finding(
            severity: .error, place: fault.path, what: "the store cannot be read: \(fault.message).",
            mend: fault.mend.isEmpty ? "" : fault.mend + ".")
    }

    private mutating func look(at reader: StoreReader, user: String) throws(StoreFault) {
        let sources = try SourceList(reader)
        let diagnosis = SourceFindings(
            clock: try StoreClock(reader), now: Int64(Date().timeIntervalSince1970), user: user,
            facts: { FileFacts(path: $0) })
        findings += diagnosis.findings(sources)
        let rejections = RejectionFindings { FileFacts(path: $0)?.packing }
        findings += rejections.findings(sources, reasons: try reader.rows(RejectionFindings.reasonsSQL))
        let clock = try StoreClock(reader)
        rates = try RuleRate.all(reader, clock)
        findings += try SQLRuleStatus.all(reader).compactMap { $0.rule.finding($0.name, clock) }
        if let watching = try StoreStatus.watching(reader), watching.contains("polled"), !watching.contains(" 0 polled")
        {
            findings.append(
                Finding(
                    severity: .note, place: "watching", what: "\(watching).",
                    mend: "Polled folders are looked at each `scan_interval`; nothing is lost, it is only later."))
        }
        checked.append(Figure.counted(Int64(sources.rows.count), "source"))
    }

    func json(store: String, configuration: String?) -> JSONValue {
        .object([
            ("store", .string(store)), ("config", JSONValue(configuration)),
            ("findings", .array(findings.bySeverity.map(\.json))), ("checked", .array(checked.map { .string($0) })),
            ("rules", .array(rates.map(\.json))),
        ])
    }
}
