import Foundation

/// A child process: cheap to start by the hundred, from any thread, and never left running.
///
/// Not Foundation's `Process`, whose end is delivered through the run loop of a thread.
final class ChildProcess {
    let identifier: pid_t
    private var ended: Int32?

    /// - Parameters:
    ///   - errors: file that takes its standard error; nil: none is kept.
    /// - Throws: where the system starts nothing.
    init(_ program: String, _ arguments: [String], output: String? = nil, errors: String? = nil) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let flags = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output ?? "/dev/null", flags, 0o644)
        posix_spawn_file_actions_addopen(&actions, 2, errors ?? "/dev/null", flags, 0o644)
        // Threads of test libraries block signals, and a child inherits what its parent's thread blocks.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var words = ChildProcess.copies([program] + arguments)
        var environment = ChildProcess.copies(["PATH=/usr/bin:/bin", "NO_COLOR=1", "LC_ALL=C.UTF-8"])
        defer { (words + environment).forEach { free($0) } }
        var identifier: pid_t = 0
        let fault = posix_spawn(&identifier, program, &actions, &attributes, &words, &environment)
        guard fault == 0 else { throw POSIXError(POSIXErrorCode(rawValue: fault) ?? .EIO) }
        self.identifier = identifier
    }

    /// As C takes them: each on the heap, nil at the end.
    private static func copies(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
        texts.map { (text: String) -> UnsafeMutablePointer<CChar>? in strdup(text) } + [nil]
    }

    deinit {
        if poll() == nil {
            kill(identifier, SIGKILL)
            _ = wait(seconds: 10)
        }
    }

    func signal(_ number: Int32) { if ended == nil { kill(identifier, number) } }

    /// Its exit code, or the number of the signal that ended it, negative; nil while it runs.
    func poll() -> Int32? {
        if let ended { return ended }
        var status: Int32 = 0
        guard waitpid(identifier, &status, WNOHANG) == identifier else { return nil }
        let signal = status & 0x7F
        ended = signal == 0 ? status >> 8 & 0xFF : -signal
        return ended
    }

    /// As `poll`, but waits; nil where it still runs afterwards.
    func wait(seconds: Double) -> Int32? {
        let end = Date().addingTimeInterval(seconds)
        while Date() < end {
            if let status = poll() { return status }
            usleep(2000)
        }
        return poll()
    }

    /// What its descriptors lead to, as `/proc` names it.
    var openFiles: [String] {
        let folder = "/proc/\(identifier)/fd"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: folder + "/" + $0) }
    }

    /// Most memory that it had at once; nil where the system does not say.
    var peakBytes: Int? {
        let text = (try? String(contentsOfFile: "/proc/\(identifier)/status", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line.flatMap { Int($0.filter(\.isNumber)) }.map { $0 << 10 }
    }

    /// Runs a program to its end.
    /// - Returns: its exit code; nil where it did not end in time.
    static func run(_ program: String, _ arguments: [String], output: String? = nil, errors: String? = nil) throws
        -> Int32?
    {
        try ChildProcess(program, arguments, output: output, errors: errors).wait(seconds: 60)
    }
}
