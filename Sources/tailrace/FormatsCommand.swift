import ArgumentParser
import Foundation
import TailraceConfig
import TailraceEngine

/// `tailrace formats`: which formats there are, how one is written, what it makes of a file, and what a file is taken for.
struct FormatsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "formats",
        abstract: "List the formats, show one, try one on a file, or explain what a file is taken for.",
        subcommands: [FormatList.self, FormatShow.self, FormatTry.self, FormatExplain.self],
        defaultSubcommand: FormatList.self)
}

/// What they share.
struct FormatOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Configuration file, for formats and rules of your own, and for the zone.", valueName: "file"))
    var config: String?
    @Flag(help: "Print JSON for programs.")
    var json = false

    /// The configuration that is named, or the usual one where it is there, or the defaults.
    func configuration() throws -> Configuration {
        let standard = CheckCommand.defaultPath
        guard let path = config ?? (FileManager.default.fileExists(atPath: standard) ? standard : nil) else {
            return Configuration()
        }
        do throws(ConfigurationFault) {
            return try Configuration.load(path: path)
        } catch {
            try fail(error)
        }
    }
}

struct FormatList: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the formats.")

    @OptionGroup var options: FormatOptions

    func run() throws {
        let definitions = try options.configuration().definitions
        if options.json {
            let rows = definitions.map {
                JSONValue.object([
                    ("name", .string($0.name)), ("record", .string($0.recordName)),
                    ("description", .string($0.description)), ("samples", .integer(Int64($0.samples.count))),
                    ("file", .string($0.file)),
                ])
            }
            return try writeOutput(JSONValue.array(rows).lines)
        }
        let terminal = Terminal.standardOutput
        var table = TextTable([
            .text("FORMAT"), .text("RECORDS", dropRank: 1), .text("WHAT IT READS", narrowest: 30),
        ])
        for definition in definitions {
            table.add([.init(definition.name), .init(definition.recordName), .init(definition.description)])
        }
        try writeOutput(table.lines(terminal).joined(separator: "\n"))
    }
}

struct FormatShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Print a format's definition: copy it to make one of your own.")

    @Argument(help: ArgumentHelp("A format's name.", valueName: "format"))
    var format: String
    @OptionGroup var options: FormatOptions

    func run() throws {
        guard let definition = try options.configuration().definitions.first(where: { $0.name == format }) else {
            try fail("there is no format \(format)", "`tailrace formats` lists them", .usage)
        }
        if options.json {
            let row = JSONValue.object([
                ("name", .string(definition.name)), ("file", .string(definition.file)),
                ("definition", .string(definition.text)),
            ])
            return try writeOutput(row.text)
        }
        try writeOutput(definition.text)
    }
}

struct FormatTry: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "try", abstract: "Read a file as one format and show the first events and what is rejected.")

    @Argument(help: ArgumentHelp("A format's name, or the file of a definition.", valueName: "format"))
    var format: String
    @Argument(help: ArgumentHelp("A log, packed or not.", valueName: "file"))
    var path: String
    @Option(help: ArgumentHelp("How many events to show.", valueName: "n"))
    var events = 10
    @OptionGroup var options: FormatOptions

    func run() throws {
        guard events >= 0 else { try fail("--events \(events)", "write 0 or more", .usage) }
        let configuration = try options.configuration()
        let definition = try definition(configuration)
        let trial: FormatTrial
        do throws(FormatTrial.Fault) {
            trial = try FormatTrial(path: path, definition: definition, configuration: configuration, limit: events)
        } catch {
            try fail(error.description, "name a file that can be read", .io)
        }
        let screen = FormatScreen(trial: trial, definition: definition, terminal: Terminal.standardOutput)
        try writeOutput(options.json ? screen.json.text : screen.text)
    }

    private func definition(_ configuration: Configuration) throws -> FormatDefinition {
        if let definition = configuration.definitions.first(where: { $0.name == format }) { return definition }
        guard FileManager.default.fileExists(atPath: format) else {
            try fail(
                "there is no format \(format)", "`tailrace formats` lists them; or name a definition's file", .usage)
        }
        do throws(ConfigurationFault) {
            return try FormatDefinition.load(path: format)
        } catch {
            try fail(error)
        }
    }
}

struct FormatExplain: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Say what a file is taken for, and why.")

    @Argument(help: ArgumentHelp("A log, packed or not.", valueName: "file"))
    var path: String
    @OptionGroup var options: FormatOptions

    func run() throws {
        let configuration = try options.configuration()
        let comparison: FormatComparison
        do throws(FormatTrial.Fault) {
            comparison = try FormatComparison(path: path, configuration: configuration)
        } catch {
            try fail(error.description, "name a file that can be read", .io)
        }
        let screen = FormatComparisonScreen(
            comparison: comparison, path: path, terminal: Terminal.standardOutput)
        try writeOutput(options.json ? screen.json.text : screen.text)
        if comparison.chosen == nil { throw ExitCode(CommandExit.findings.rawValue) }
    }
}
