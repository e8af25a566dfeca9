import ArgumentParser
import Foundation
import TailraceConfig
import TailraceStore

/// What every reading command takes, and how it ends.
struct ReadingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The store to read.",
            discussion: "Without it: tailrace.sqlite in the current folder if there is one, else \(systemStore).",
            valueName: "file"))
    var store: String?

    @Flag(help: "Print JSON for programs.")
    var json = false

    static let systemStore = "/var/lib/tailrace/tailrace.sqlite"

    /// The store that is meant.
    var path: String {
        if let store { return store }
        let here = "tailrace.sqlite"
        return FileManager.default.fileExists(atPath: here) ? here : Self.systemStore
    }

    /// Is there a file where the store is meant to be?
    var hasStore: Bool { FileManager.default.fileExists(atPath: path) }

    /// Opens the store, and prints what `screen` makes of it on standard output.
    ///
    /// Exit codes: 74 where the store cannot be opened or the output not be written, 70 where it cannot be read.
    func print(_ screen: (StoreReader, Terminal) throws -> String) throws {
        guard hasStore else {
            try fail(
                "\(path): there is no store", "make one with `tailrace replay PATH…`, or name one with --store", .io)
        }
        let reader: StoreReader
        do {
            reader = try StoreReader(path: path)
        } catch {
            reportFault("\(error)")
            throw ExitCode(CommandExit.io.rawValue)
        }
        let text: String
        do {
            text = try screen(reader, .standardOutput)
        } catch let fault as StoreFault {
            reportFault("\(fault)")
            throw ExitCode(CommandExit.failure.rawValue)
        }
        try writeOutput(text)
    }
}

/// How a command ends; sysexits(3) where it fits.
enum CommandExit: Int32 {
    case findings = 1
    case usage = 64
    case failure = 70
    case io = 74
    case configuration = 78
}

/// Says what went wrong and how to mend it, on standard error.
func reportFault(_ text: String) {
    FileHandle.standardError.write(Data("tailrace: \(text.printable)\n".utf8))
}

/// Says what went wrong and ends the command.
func fail(_ what: String, _ mend: String, _ code: CommandExit) throws -> Never {
    reportFault("\(what); \(mend)")
    throw ExitCode(code.rawValue)
}

/// Tells every problem of a configuration or a definition, and ends the command.
func fail(_ fault: ConfigurationFault) throws -> Never {
    for problem in fault.problems { FileHandle.standardError.write(Data("\(problem)\n".utf8)) }
    throw ExitCode(CommandExit.configuration.rawValue)
}

/// Writes to standard output, with a line end if the text has none.
func writeOutput(_ text: String) throws {
    do {
        try FileHandle.standardOutput.write(contentsOf: Data((text.hasSuffix("\n") ? text : text + "\n").utf8))
    } catch {
        // A reader that has seen enough, as `head`, is no fault.
        if errno == EPIPE { throw ExitCode.success }
        try fail("standard output: cannot be written", "look for a full disk or a closed pipe", .io)
    }
}

extension StoreReader {
    /// Ends the command where there is no such stage, and says which there are. An empty store has none to name.
    func require(stage: String) throws {
        let names = try rows("SELECT stage FROM v1_stages ORDER BY stage").map { $0.stage() }
        guard !names.isEmpty, !names.contains(stage) else { return }
        let some = names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", …" : "")
        try fail("there is no stage “\(stage)”", "the stages are \(some)", .usage)
    }
}
