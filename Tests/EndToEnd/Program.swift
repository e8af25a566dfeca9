import Foundation
import TestSupport

/// What a program did: its exit code and what it wrote.
struct Outcome {
    /// The exit code; the signal's number, negative, where one ended it.
    var status: Int32
    var output: String
    var errors: String

    /// The output as JSON; nil where it is none.
    var json: Any? { try? JSONSerialization.jsonObject(with: Data(output.utf8), options: [.fragmentsAllowed]) }
    var object: [String: Any] { json as? [String: Any] ?? [:] }
    var rows: [[String: Any]] { json as? [[String: Any]] ?? [] }
}

/// The programs that these tests run: the one that was built beside them, and independent ones that check it.
enum Program {
    /// The binary under test: `TAILRACE_BINARY`, else the product beside the test bundle.
    static let tailrace = ProcessInfo.processInfo.environment["TAILRACE_BINARY"] ?? beside("tailrace")

    /// A product beside the test bundle.
    static func beside(_ name: String) -> String {
        var folder = Bundle.main.bundleURL
        for _ in 0..<4 {
            let candidate = folder.appendingPathComponent(name).path
            if isProgram(candidate) { return candidate }
            folder.deleteLastPathComponent()
        }
        let running = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        return running.appendingPathComponent(name).path
    }

    /// The generator of logs, built beside the program under test; nil where that comes from elsewhere.
    static let samplelogs: String? = {
        let path = URL(fileURLWithPath: tailrace).deletingLastPathComponent().appendingPathComponent("samplelogs").path
        return isProgram(path) ? path : nil
    }()

    /// A file that can be run, and no folder.
    private static func isProgram(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
            && FileManager.default.isExecutableFile(atPath: path)
    }

    /// The first of these that is installed. `/usr/bin/env` would find it too, but at the cost of another process
    /// between us and the one to kill.
    static func find(_ name: String) -> String? {
        let folders = ["/usr/bin", "/bin", "/usr/local/bin", "/usr/sbin", "/sbin"]
        let path = ProcessInfo.processInfo.environment["PATH"].map { $0.split(separator: ":").map(String.init) } ?? []
        return (folders + path).map { $0 + "/" + name }.first { isProgram($0) }
    }

    /// Python with its sqlite3 and zoneinfo modules; nil where there is none.
    static let python: String? = find("python3").flatMap { python in
        let works = try? run(python, ["-c", "import sqlite3, zoneinfo; zoneinfo.ZoneInfo('Europe/Berlin')"])
        return works?.status == 0 ? python : nil
    }

    static let needsPython = "python3 with sqlite3 and zoneinfo is not installed"
    static var hasPython: Bool { python != nil }

    /// The checkout, and what lies beside it.
    static let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    static let samples = checkout.appendingPathComponent("SampleLogs").path

    /// Starts a program; its output goes to files, so that no pipe can fill up while nobody reads.
    static func start(_ path: String, _ arguments: [String], in folder: URL, named name: String) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ["PATH": "/usr/bin:/bin", "TMPDIR": folder.path, "NO_COLOR": "1", "LC_ALL": "C.UTF-8"]
        process.standardInput = FileHandle.nullDevice
        for (suffix, isError) in [("out", false), ("err", true)] {
            let file = folder.appendingPathComponent("\(name).\(suffix)")
            _ = FileManager.default.createFile(atPath: file.path, contents: nil)
            let handle = try FileHandle(forWritingTo: file)
            if isError { process.standardError = handle } else { process.standardOutput = handle }
        }
        try process.run()
        return process
    }

    /// Longer than anything here takes, on a slow machine too, seconds.
    private static let patience = 300.0

    /// Waits for a program and reads what it wrote. One that does not end is killed: a test fails, and does not hang.
    static func finish(_ process: Process, in folder: URL, named name: String) -> Outcome {
        let end = Date().addingTimeInterval(patience)
        while process.isRunning, Date() < end { usleep(2000) }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        let read = { (suffix: String) -> String in
            let data = FileManager.default.contents(atPath: folder.appendingPathComponent("\(name).\(suffix)").path)
            return String(decoding: data ?? Data(), as: UTF8.self)
        }
        let status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        return Outcome(status: status, output: read("out"), errors: read("err"))
    }

    static func run(_ path: String, _ arguments: [String], in folder: URL? = nil) throws -> Outcome {
        let scratch = try TemporaryFolder()
        let place = folder ?? scratch.url
        let name = ".run-\(UUID().uuidString)"
        let process = try start(path, arguments, in: place, named: name)
        defer {
            for suffix in ["out", "err"] {
                try? FileManager.default.removeItem(at: place.appendingPathComponent("\(name).\(suffix)"))
            }
        }
        return finish(process, in: place, named: name)
    }

    /// Runs `tailrace`.
    /// - Parameter folder: its working folder, for relative paths; a new one where nil.
    static func tailrace(_ arguments: String..., in folder: TemporaryFolder? = nil) throws -> Outcome {
        try run(tailrace, arguments, in: folder?.url)
    }

    /// Runs one of the independent programs; what it prints is what it found wrong.
    static func oracle(_ name: String, _ arguments: [String]) throws -> String {
        let script = checkout.appendingPathComponent("Tests/EndToEnd/Oracles/\(name).py").path
        let outcome = try run(python ?? "python3", ["-B", script] + arguments)
        return outcome.status == 0 ? outcome.output : "\(name) failed:\n\(outcome.output)\(outcome.errors)"
    }
}
