import Foundation
import Testing
import TestSupport

/// A store that some replay has made, for many tests to look at. Large logs are replayed once.
final class ReplayedStore: Sendable {
    let folder: TemporaryFolder
    let path: String
    /// What `replay` printed and its exit code.
    let status: Int32
    let errors: String

    init(_ arguments: [String]) throws {
        folder = try TemporaryFolder()
        path = folder.path("store.sqlite")
        let outcome = try Program.run(Program.tailrace, ["replay", "--store", path] + arguments, in: folder.url)
        status = outcome.status
        errors = outcome.errors
    }

    static let samples = Result { try ReplayedStore(["--config", Program.samples + "/tailrace.yaml"]) }

    /// Real logs, which are not part of the project; tests on them are skipped where they are absent.
    enum RealLog: String, CaseIterable, CustomTestStringConvertible {
        case bpic2012 = "bpic2012-loans.csv.gz"
        case bpic2013 = "bpic2013-incidents.csv.gz"
        case vdaf = "vdaf-issues.ndjson.gz"

        static let folder = Program.checkout.deletingLastPathComponent()
            .appendingPathComponent("shared/data/ticket").path
        static var areThere: Bool {
            allCases.allSatisfy { FileManager.default.fileExists(atPath: $0.path) }
        }
        static let absent = "the real logs are not beside the checkout"

        var path: String { RealLog.folder + "/" + rawValue }
        var testDescription: String { rawValue }

        func store() throws -> ReplayedStore {
            switch self {
            case .bpic2012: try RealLog.loans.get()
            case .bpic2013: try RealLog.incidents.get()
            case .vdaf: try RealLog.issues.get()
            }
        }
        private static let loans = Result { try ReplayedStore([bpic2012.path]) }
        private static let incidents = Result { try ReplayedStore([bpic2013.path]) }
        private static let issues = Result { try ReplayedStore([vdaf.path]) }
    }

    /// One value a row of a question, by an independent reader.
    func column(_ sql: String) throws -> [String] { try Self.column(sql, of: path) }

    static func column(_ sql: String, of path: String) throws -> [String] {
        let script = """
            import sqlite3, sys
            store = sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True)
            for row in store.execute(sys.argv[2]): print(*row, sep="|")
            """
        let outcome = try Program.run(Program.python ?? "python3", ["-c", script, path, sql])
        if outcome.status != 0 { return ["failed: " + outcome.errors] }
        return outcome.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }
}

/// Every view of a store as text, in the order in which rows come.
struct ViewDump: Equatable {
    var text: String

    /// - Parameter hasSources: false leaves out the views that name input files.
    init(_ path: String, hasSources: Bool = true) throws {
        text = try Program.oracle("dump", [path] + (hasSources ? [] : ["without-sources"]))
    }

    /// The first line that differs from another dump; nil where none does.
    func difference(from other: ViewDump) -> String? {
        if text == other.text { return nil }
        let mine = text.split(separator: "\n")
        let theirs = other.text.split(separator: "\n")
        for (number, (a, b)) in zip(mine, theirs).enumerated() where a != b {
            return "line \(number + 1): \(a) instead of \(b)"
        }
        return "\(mine.count) lines instead of \(theirs.count)"
    }
}
