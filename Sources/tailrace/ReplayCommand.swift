import ArgumentParser
import Foundation
import TailraceConfig
import TailraceEngine
import TailraceStore

/// `tailrace replay`: files in, summary and alerts out.
struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Read files and folders to their end, in the order of event time, and show what they say.",
        discussion: """
            The store is made where there is none. A replay into an existing store goes on where that one stopped: \
            after a kill it resumes, after an end it reads only what is new.
            """)

    @Option(help: ArgumentHelp("Configuration file.", valueName: "file"))
    var config: String?

    @Option(
        help: ArgumentHelp("Store to write (default: the configured one, else ./tailrace.sqlite).", valueName: "file"))
    var store: String?

    @Option(help: ArgumentHelp("Format of all files (default: told by their first records).", valueName: "name"))
    var format: String?

    @Flag(help: "Sort every file by event time first.")
    var sort = false

    @Flag(help: "Keep no store, send nothing, and show what each rule would have sent.")
    var dryRun = false

    @Flag(help: "Print one JSON object for programs.")
    var json = false

    @Option(help: ArgumentHelp("Threads to read with; the answer does not depend on it.", valueName: "n"))
    var threads = max(2, ProcessInfo.processInfo.activeProcessorCount)

    @Option(help: .hidden)
    var chunkBytes = 256 << 10

    @Option(help: .hidden)
    var checkpointBytes: Int64 = 256 << 20

    @Option(help: .hidden)
    var sortBytes = 32 << 20

    @Argument(help: "Files, folders (walked) and patterns.", completion: .file())
    var paths: [String] = []

    func validate() throws {
        guard threads >= 1, threads <= 64 else { throw ValidationError("--threads takes 1 to 64") }
        guard chunkBytes >= 1, chunkBytes <= 64 << 20 else { throw ValidationError("--chunk-bytes takes 1 to 64 MiB") }
        guard !dryRun || store == nil else {
            throw ValidationError("--dry-run keeps no store; leave out --store")
        }
        guard !paths.isEmpty || config != nil else {
            throw ValidationError("name files or folders to read, or a configuration with sources")
        }
    }

    func run() throws {
        let configuration = try loadConfiguration(config)
        if let format, !configuration.definitions.contains(where: { $0.name == format }) {
            let known = configuration.definitions.map(\.name).joined(separator: ", ")
            try fail("--format \(format): there is no such format", "known are \(known)", .usage)
        }
        if paths.isEmpty, configuration.sources.isEmpty {
            try fail("nothing to read: the configuration names no sources", "add some, or name paths", .usage)
        }
        let dry = dryRun ? try DryRun() : nil
        defer { dry?.remove() }
        let storePath = dry?.path ?? store ?? (config != nil ? configuration.store : "tailrace.sqlite")
        let replay: Replay
        do {
            let driver = try Driver(configuration: configuration, storePath: storePath)
            driver.checkpointBytes = checkpointBytes
            replay = Replay(driver: driver, options: options)
            try read(replay, configuration)
        } catch let fault as ConfigurationFault {
            throw fault.exit
        } catch let exit as ExitCode {
            throw exit
        } catch {
            reportFault("\(error)")
            throw ExitCode(CommandExit.io.rawValue)
        }
        if dryRun, DryRun.isInterrupted { try fail("the dry run was interrupted", "run it again", .failure) }
        try show(replay, storePath)
        if replay.notices.contains(where: { $0.kind == .error }) { throw ExitCode(CommandExit.io.rawValue) }
    }

    private var options: Replay.Options {
        var options = Replay.Options()
        options.threads = threads
        options.chunkBytes = chunkBytes
        options.sortsAll = sort
        options.format = format
        options.sortBytes = sortBytes
        return options
    }

    private func read(_ replay: Replay, _ configuration: Configuration) throws {
        var bar = ProgressBar()
        // Weak: it keeps what it is called by, and the store would never be closed.
        replay.onProgress = { [weak replay] done, total in
            bar.show(done: done, of: total, note: "\(Figure.count(replay?.totals.events ?? 0)) events")
        }
        replay.onNotice = { notice in
            bar.finish()
            reportFault(notice.text)
        }
        let folder = FileManager.default.currentDirectoryPath
        // The configuration has made its paths relative to its own folder already.
        try replay.run(paths: paths.isEmpty ? configuration.sources.flatMap(\.paths) : paths, relativeTo: folder)
        bar.finish()
    }

    private func show(_ replay: Replay, _ storePath: String) throws {
        let totals = replay.totals
        do {
            let reader = try StoreReader(path: storePath)
            let shown = ReplayTotals(
                events: totals.events, rejected: totals.rejected, compressedBytes: totals.compressedBytes,
                bytes: totals.bytes, seconds: totals.seconds, files: totals.files)
            if dryRun {
                try writeOutput(
                    json
                        ? DryRun.json(reader, totals: shown).text
                        : DryRun.text(reader, totals: shown, terminal: .standardOutput))
            } else if json {
                try writeOutput(try replaySummary(reader, totals))
            } else {
                try writeOutput(renderSummary(reader, totals: shown, terminal: .standardOutput))
            }
        } catch let fault as StoreFault {
            reportFault("\(fault)")
            throw ExitCode(CommandExit.failure.rawValue)
        }
    }

    private func replaySummary(_ reader: StoreReader, _ totals: Replay.Totals) throws -> String {
        let alerts = try reader.table(
            """
            SELECT alert, rule, stage, severity, state, pending_at, firing_at, resolved_at, value, threshold, unit, summary
            FROM v1_alerts ORDER BY alert
            """)
        let sources = try reader.table(
            "SELECT source, path, format, state, position, size, events, rejected, detail FROM v1_sources ORDER BY path"
        )
        return JSONValue.object([
            ("events", .integer(totals.events)), ("rejected", .integer(totals.rejected)),
            ("compressed_bytes", .integer(totals.compressedBytes)), ("bytes", .integer(totals.bytes)),
            ("seconds", .real(totals.seconds)), ("windows", .integer(totals.windows)),
            ("alerts", alerts.json), ("sources", sources.json),
            ("not_measurable", .array(try MeasurementGap.all(reader).map(\.json))),
        ]).text
    }
}

/// The configuration at a path, or the defaults; its problems end the command with 78.
func loadConfiguration(_ path: String?) throws -> Configuration {
    guard let path else { return Configuration() }
    do throws(ConfigurationFault) {
        return try Configuration.load(path: path)
    } catch {
        throw error.exit
    }
}

extension ConfigurationFault {
    /// Prints the problems and gives the exit code that stands for them.
    var exit: ExitCode {
        for problem in problems { FileHandle.standardError.write(Data("\(problem)\n".utf8)) }
        return ExitCode(CommandExit.configuration.rawValue)
    }
}
