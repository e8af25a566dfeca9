import Foundation
import TestSupport
import Testing

/// Logs to measure with: what `samplelogs --load` promises of them.
@Suite(.enabled(if: Program.samplelogs != nil, "samplelogs is not beside tailrace"))
struct LoadLogTests {
    /// Writes 1 MB under the name.
    private func write(_ options: [String], to name: String, in folder: TemporaryFolder) throws -> Outcome {
        let program = try #require(Program.samplelogs)
        return try Program.run(program, ["--load", folder.path(name), "--megabytes", "1"] + options)
    }

    private func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

    @Test(arguments: ["ndjson", "csv"])
    func manyFilesHoldTheLinesOfTheOne(format: String) throws {
        let folder = try TemporaryFolder()
        #expect(try write(["--format", format], to: "one", in: folder).status == 0)
        #expect(try write(["--format", format, "--files", "7"], to: "many", in: folder).status == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("many")).sorted()
        #expect(names.count == 7)
        let whole = try bytes(folder.path("one"))
        // Each file of rows has its header; lines of JSON have none.
        let header = format == "csv" ? Data(whole.prefix(through: try #require(whole.firstIndex(of: 10)))) : Data()
        var joined = header
        for name in names {
            let part = try bytes(folder.path("many/" + name))
            #expect(part.starts(with: header) && part.count > header.count)
            joined += part.dropFirst(header.count)
        }
        #expect(joined == whole)
    }

    @Test(arguments: [["--skew", "0.8"], ["--format", "csv", "--skew", "0.99"]])
    func everyLineIsAnEvent(options: [String]) throws {
        let folder = try TemporaryFolder()
        let written = try write(options, to: "log", in: folder)
        #expect(written.status == 0, "\(written.errors)")
        #expect(abs(try bytes(folder.path("log")).count - 1_000_000) < 100_000)
        let outcome = try Program.tailrace("replay", "--json", "--store", "s.sqlite", folder.path("log"), in: folder)
        #expect(outcome.object["rejected"] as? Int == 0)
        #expect((outcome.object["events"] as? Int ?? 0) > 1000)
    }

    @Test func anUnevenLogFavoursOneStage() throws {
        let folder = try TemporaryFolder()
        var shares: [Double] = []
        for options in [[], ["--skew", "0.8"]] {
            #expect(try write(options, to: "log", in: folder).status == 0)
            let lines = String(decoding: try bytes(folder.path("log")), as: UTF8.self).split(separator: "\n")
            let staged = lines.filter { $0.contains(#""stage":"#) }
            shares.append(
                Double(staged.filter { $0.contains(#""stage":"outreach""#) }.count) / Double(max(1, staged.count)))
        }
        #expect(shares[0] < 0.25 && shares[1] > 0.7, "\(shares)")
    }

    @Test(arguments: [["--skew", "2"], ["--format", "xml"], ["--files", "100000"], ["--hours"], ["--out", "x"]])
    func whatIsWrongIsToldAndNothingIsWritten(options: [String]) throws {
        let folder = try TemporaryFolder()
        let outcome = try write(options, to: "log", in: folder)
        #expect(outcome.status == 64)
        #expect(outcome.errors.hasPrefix("samplelogs: "))
        #expect(!FileManager.default.fileExists(atPath: folder.path("log")))
    }
}
