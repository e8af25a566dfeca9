import ArgumentParser
import Foundation
import TailraceConfig
import TailraceEngine

/// `tailrace check`: is the configuration right, and does every format read its own samples?
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Validate the configuration and the formats, with their samples.")

    static let defaultPath = "/etc/tailrace/tailrace.yaml"

    @Option(help: ArgumentHelp("Configuration file (default: \(defaultPath) if there is one).", valueName: "file"))
    var config: String?

    @Flag(help: "Print JSON for programs.")
    var json = false

    func run() throws {
        let path = config ?? (FileManager.default.fileExists(atPath: Self.defaultPath) ? Self.defaultPath : nil)
        var problems: [Problem] = []
        var definitions = FormatDefinition.shipped
        if let path {
            do throws(ConfigurationFault) {
                let configuration = try Configuration.load(path: path)
                problems += configuration.warnings + configuration.checkSQLRules()
                definitions = configuration.definitions
            } catch {
                problems += error.problems
            }
        }
        let samples = definitions.reduce(0) { $0 + $1.samples.count }
        for definition in definitions { problems += definition.checkSamples() }
        let errors = problems.filter { $0.severity == .error }
        if json {
            let rows = problems.map { problem in
                JSONValue.object([
                    ("file", .string(problem.file)), ("line", .integer(Int64(problem.line))),
                    ("column", .integer(Int64(problem.column))), ("severity", .string(problem.severity.rawValue)),
                    ("message", .string(problem.message)), ("mend", .string(problem.mend)),
                ])
            }
            try writeOutput(JSONValue.array(rows).text)
        } else {
            for problem in problems { FileHandle.standardError.write(Data("\(problem)\n".utf8)) }
            if errors.isEmpty {
                let what = path.map { "\($0) is in order" } ?? "no configuration named; the defaults are in order"
                try writeOutput("\(what); \(definitions.count) formats read their \(samples) samples")
            }
        }
        if !errors.isEmpty { throw ExitCode(CommandExit.findings.rawValue) }
    }
}
