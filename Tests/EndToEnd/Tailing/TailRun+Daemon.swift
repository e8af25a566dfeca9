import Foundation
import TestSupport

extension TailRun {
    func start() throws {
        guard daemon == nil else { return }
        var words = [Program.tailrace, "run", "--config", folder.path("tailrace.yaml")]
        if let limit = scenario.descriptorLimit { words = ["/usr/bin/prlimit", "--nofile=\(limit)"] + words }
        if scenario.isUnprivileged, geteuid() == 0 {
            words = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] + words
        }
        starts += 1
        daemon = try ChildProcess(words[0], Array(words.dropFirst()), errors: errorsPath)
    }

    private var errorsPath: String { folder.path("daemon\(starts % 2).err") }

    /// What the daemon said last.
    var lastWords: String {
        let text = (try? String(contentsOfFile: errorsPath, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").suffix(4).joined(separator: "\n")
    }

    /// Ends it as the service manager does.
    func stop() throws {
        guard let daemon else { return }
        daemon.signal(SIGTERM)
        daemon.signal(SIGCONT)
        let status = daemon.wait(seconds: patience)
        self.daemon = nil
        guard let status else { throw TailFailure(description: "the daemon does not end after SIGTERM") }
        // One that has not listened yet is ended by the signal itself.
        // One that cannot write its store says so and ends with 74.
        let isHindered = storeLock != nil || disk?.isFull == true
        guard status == 0 || status == -SIGTERM && lastWords.isEmpty || status == 74 && isHindered else {
            throw TailFailure(description: "the daemon ended with \(status) after SIGTERM: \(lastWords)")
        }
    }

    func killNow() throws {
        guard let daemon else { return }
        daemon.signal(SIGKILL)
        _ = daemon.wait(seconds: patience)
        self.daemon = nil
        kills += 1
    }

    /// A moment passes, in which the daemon may be killed.
    func breathe() throws {
        guard mode == .kill, killsLeft > 0 else {
            usleep(TailRun.pollMicroseconds)
            return
        }
        killsLeft -= 1
        // Short times hit the start, longer ones the work after it.
        usleep(UInt32(random.oneIn(2) ? random.below(60_000) : random.below(300_000)))
        try killNow()
        try start()
    }

    /// It must be running; it ends by itself only by mistake.
    private func checkAlive() throws {
        guard let status = daemon?.poll() else { return }
        daemon = nil
        throw TailFailure(description: "the daemon ended by itself with \(status): \(lastWords)")
    }

    // MARK: - Waiting

    /// Waits until something holds.
    /// - Returns: it came true in time.
    func wait(_ seconds: Double, until holds: () throws -> Bool) throws -> Bool {
        let end = Date().addingTimeInterval(seconds)
        while true {
            try checkAlive()
            if try holds() { return true }
            if Date() >= end { return false }
            try breathe()
        }
    }

    /// Lets time pass.
    func pass(_ seconds: Double) throws { _ = try wait(seconds) { false } }

    /// Waits until the store holds what it must and nothing else.
    func settle(within limit: Double? = nil) throws {
        let seconds = limit ?? patience
        var problems: [TailProblem]?
        var looked: StoreContent?
        let isWell = try wait(seconds) {
            guard let totals = StoreContent(store, isWhole: false), model.isPlausible(totals) || totals != looked else {
                return false
            }
            guard let content = StoreContent(store, isWhole: true) else { return false }
            looked = totals
            let found = model.problems(content)
            problems = found
            let final = found.filter(\.isFinal)
            if !final.isEmpty { throw TailFailure(final) }
            return found.isEmpty
        }
        if !isWell { throw problems.map(TailFailure.init) ?? TailFailure(description: "no store") }
    }

    /// What is wrong now, whatever may still come.
    func check() throws {
        guard let content = StoreContent(store, isWhole: true) else { throw TailFailure(description: "no store") }
        let found = model.problems(content)
        if !found.isEmpty { throw TailFailure(found) }
    }
}
