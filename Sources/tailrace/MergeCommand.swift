import ArgumentParser
import Foundation
import TailraceConfig
import TailraceEngine
import TailraceStore

/// `tailrace merge`: the stores of several hosts in, one store out.
struct MergeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge", abstract: "Make one store of those of several hosts.",
        discussion: """
            tailrace merge mx1.sqlite mx2.sqlite --out fleet.sqlite

            Counts add up, families are matched by their leaders, and alerts are judged anew, also those of stages with \
            `scope: fleet`. The stores are not changed; the new one is for reading. A host is called as its file without \
            the extension; NAME=STORE calls it otherwise.
            """)

    @Argument(help: ArgumentHelp("Stores to merge.", valueName: "store"), completion: .file())
    var stores: [String]

    @Option(help: ArgumentHelp("The new store.", valueName: "file"))
    var out: String

    @Option(
        help: ArgumentHelp(
            "Configuration file (default: what the stores know of their stages, all rules as they are).",
            valueName: "file"))
    var config: String?

    @Flag(help: "Print one JSON object for programs.")
    var json = false

    func validate() throws {
        guard stores.count >= 2 else { throw ValidationError("name two stores or more") }
        let hosts = inputs.map(\.host)
        if let twice = hosts.first(where: { host in hosts.filter { $0 == host }.count > 1 }) {
            throw ValidationError("two stores are of host \(twice); call one otherwise, as NAME=STORE")
        }
    }

    func run() throws {
        let configuration = try config.map { try loadConfiguration($0) }
        var bar = ProgressBar()
        do {
            let merge = try StoreMerge(inputs: inputs, out: out, configuration: configuration)
            merge.onProgress = { bar.show(done: $0, of: $1, note: "windows") }
            let totals = try merge.run()
            bar.finish()
            try writeOutput(json ? text(asJSON: totals) : text(totals))
        } catch let fault as StoreFault {
            bar.finish()
            reportFault("\(fault)")
            throw ExitCode(CommandExit.io.rawValue)
        }
    }

    /// `NAME=STORE`, or a path whose file gives the name. A path with `=` in it is one where it exists.
    private var inputs: [StoreMerge.Input] {
        stores.map { text in
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            if parts.count == 2, !parts[0].contains("/"), !FileManager.default.fileExists(atPath: text) {
                return StoreMerge.Input(host: parts[0], path: parts[1])
            }
            let name = URL(fileURLWithPath: text).deletingPathExtension().lastPathComponent
            return StoreMerge.Input(host: name, path: text)
        }
    }

    private func text(_ totals: StoreMerge.Totals) -> String {
        "\(out): \(totals.stores) stores, \(Figure.count(totals.windows)) closed windows, "
            + "\(Figure.count(totals.families)) families, \(Figure.count(totals.alerts)) alerts"
    }

    private func text(asJSON totals: StoreMerge.Totals) -> String {
        JSONValue.object([
            ("stores", .integer(Int64(totals.stores))), ("windows", .integer(totals.windows)),
            ("families", .integer(totals.families)), ("alerts", .integer(totals.alerts)),
            ("seconds", .real(totals.seconds)),
        ]).text
    }
}
