import ArgumentParser
import Foundation
import TailraceIngest
import TailracePipeline

/// `tailrace compare`: how much of one text is in another, as the index of families sees it and as it is.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Compare two texts as copies are told: what share of each is in the other.",
        discussion: """
            The texts are files of plain text, packed or not, up to 16 MiB each. Letters are compared: case, white space, \
            digits, punctuation and quote marks count for nothing. Nothing is taken out: quoted mails and signatures \
            count here, which are no content when a log is read.
            """)

    @Argument(help: ArgumentHelp("The earlier text.", valueName: "file"))
    var first: String
    @Argument(help: ArgumentHelp("The later text.", valueName: "file"))
    var second: String
    @Flag(help: "Print JSON for programs.")
    var json = false

    private static let limitBytes = 16 << 20

    func run() throws {
        let texts = [try read(first), try read(second)]
        let comparison = TextComparison(texts[0], texts[1])
        let screen = ComparisonScreen(
            comparison: comparison, names: [first, second], texts: texts, terminal: Terminal.standardOutput)
        try writeOutput(json ? screen.json.text : screen.text)
    }

    private func read(_ path: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        do throws(ReadFault) {
            var archive = try ArchiveReader(path: path)
            while case .bytes(let count) = try archive.read(into: &buffer, from: 0) {
                bytes += buffer[..<count]
                if bytes.count > CompareCommand.limitBytes { break }
            }
        } catch {
            try fail("\(error)", "name a file that can be read", .io)
        }
        guard bytes.count <= CompareCommand.limitBytes else {
            try fail("\(path) is longer than 16 MiB", "compare a part of it", .usage)
        }
        return bytes
    }
}
