internal import Dispatch
internal import Foundation
public import TailraceConfig
internal import TailraceEngine

/// The live side: follows the configured sources, commits, answers signals, talks to the service manager.
///
/// One serial queue owns everything (`queue`); signals, inotify and timers only put work on it.
/// `@unchecked Sendable` is sound because of that: every stored property but the constants is touched on `queue`
/// alone, which `dispatchPrecondition` asserts at its entries.
public final class Daemon: @unchecked Sendable {
    private let configurationPath: String
    private let storePath: String?
    private let queue = DispatchQueue(label: "tailrace.daemon")
    private let ended = DispatchSemaphore(value: 0)
    private let notice = ServiceNotice()

    private var configuration: Configuration
    private var tail: LiveTail?
    private var watch: FolderWatch?
    private var timer: (any DispatchSourceTimer)?
    /// What changed since the last pass: paths of files that grew; nil: anything.
    private var changed: Set<String>? = []
    private var isPassScheduled = false
    private var lastSearch = DispatchTime(uptimeNanoseconds: 0)
    private var watchedFolders: Set<String> = []
    private var watchNote = ""
    private var isStopping = false
    private var failure: (any Error)?

    /// Changes that follow each other closely are one pass: short enough to commit within 250 ms of an event.
    private static let passDelay = DispatchTimeInterval.milliseconds(50)

    /// - Parameter storePath: instead of the configured store.
    public init(configurationPath: String, storePath: String?) throws(ConfigurationFault) {
        self.configurationPath = configurationPath
        self.storePath = storePath
        configuration = try Configuration.load(path: configurationPath)
    }

    /// Runs until SIGTERM or SIGINT. The store then holds everything that was read.
    public func run() throws {
        listen()
        queue.async { self.start() }
        ended.wait()
        if let failure = queue.sync(execute: { failure }) { throw failure }
    }

    // MARK: - Life

    private func start() {
        dispatchPrecondition(condition: .onQueue(queue))
        do {
            let tail = try LiveTail(
                configuration: configuration, storePath: storePath ?? configuration.store, relativeTo: folder)
            tail.onNotice = { Daemon.log($0.kind == .error ? 3 : 4, $0.text) }
            tail.onProgress = { [notice] in notice.alive() }
            self.tail = tail
            notice.status("reading what is there")
            try tail.catchUp()
            guard !isStopping else { return finish() }
            watch = FolderWatch(queue: queue) { self.note($0) }
            changed = nil
            pass()
            startTimer()
            notice.ready("following \(tail.fileCount) files")
            Daemon.log(6, "following \(tail.fileCount) files")
        } catch {
            fail(error)
        }
    }

    /// The configuration has made its paths relative to its own folder; that may be relative to where we stand.
    private let folder = FileManager.default.currentDirectoryPath

    private func startTimer() {
        let seconds =
            Double(configuration.scanInterval.components.seconds)
            + Double(configuration.scanInterval.components.attoseconds) / 1e18
        let watchdog = notice.watchdogInterval.map { Double($0.components.seconds) / 3 } ?? seconds
        let timer = DispatchSource.makeTimerSource(queue: queue)
        timer.schedule(deadline: .now(), repeating: max(0.1, min(seconds, watchdog)))
        timer.setEventHandler { self.tick() }
        timer.resume()
        self.timer = timer
    }

    private func note(_ change: FolderChange) {
        switch change {
        case .files(let paths): changed?.formUnion(paths)
        case .everything: changed = nil
        }
        schedulePass()
    }

    private func schedulePass() {
        guard !isPassScheduled else { return }
        isPassScheduled = true
        queue.asyncAfter(deadline: .now() + Daemon.passDelay) { self.pass() }
    }

    /// Reads what is new and commits it; goes on at once where there is more.
    private func pass() {
        dispatchPrecondition(condition: .onQueue(queue))
        isPassScheduled = false
        guard let tail, !isStopping else { return }
        do {
            let scope = changed.map { $0.isEmpty ? LiveTail.Scope.rest : .files($0) } ?? .everything
            if case .everything = scope { lastSearch = .now() }
            changed = []
            let hasMore = try tail.pass(scope)
            watchFolders()
            notice.alive()
            if hasMore, tail.isUnsettled {
                // Files are being renamed right now: a moment later more can be said.
                schedulePass()
            } else if hasMore, !isPassScheduled {
                isPassScheduled = true
                // Behind whatever waits on the queue: changes of other files, signals, the timer.
                queue.async { self.pass() }
            }
        } catch {
            fail(error)
        }
    }

    /// Time passes: what is quiet may be final, and what no watch tells of is looked for.
    private func tick() {
        guard let tail, !isStopping else { return }
        do {
            if isSearchDue { changed = nil }
            if try tail.tick() || changed == nil { schedulePass() }
            notice.alive()
        } catch {
            fail(error)
        }
    }

    /// Watches are a hint that can be lost, so all files are looked at now and then: so seldom that it costs a
    /// thousandth of a core where all folders are watched, a twentieth where some are not.
    private var isSearchDue: Bool {
        guard let tail else { return false }
        let isWatched = watch.map { $0.unwatched.isEmpty } ?? false
        let pause = tail.searchNanoseconds * (isWatched ? 1000 : 20)
        return DispatchTime.now().uptimeNanoseconds - lastSearch.uptimeNanoseconds > min(pause, 60_000_000_000)
    }

    private func watchFolders() {
        guard let tail else { return }
        watch?.watch(tail.folders)
        if tail.folders != watchedFolders {
            // What changed before the watch was there has been told to nobody.
            watchedFolders = tail.folders
            changed = nil
            schedulePass()
        }
        let unwatched =
            watch?.unwatched
            ?? Dictionary(
                uniqueKeysWithValues: tail.folders.map { ($0, "inotify is not available") })
        var text = "\(tail.folders.count - unwatched.count) folders watched"
        if !unwatched.isEmpty {
            let shown = unwatched.sorted { $0.key < $1.key }.prefix(3).map { "\($0.key) (\($0.value))" }
            text += ", \(unwatched.count) polled: \(shown.joined(separator: ", "))"
            if unwatched.count > 3 { text += " …" }
        }
        guard text != watchNote else { return }
        watchNote = text
        tail.note(watching: text)
        if !unwatched.isEmpty { Daemon.log(4, text) }
    }

    private func fail(_ error: any Error) {
        failure = error
        finish()
    }

    private func finish() {
        isStopping = true
        timer?.cancel()
        timer = nil
        watch = nil
        if failure == nil {
            do { try tail?.stop() } catch { failure = error }
        }
        tail = nil
        ended.signal()
    }

    // MARK: - Signals

    /// Signals are blocked in every thread and taken by one that waits for them: none is lost, however early it comes.
    private func listen() {
        var wanted = sigset_t()
        sigemptyset(&wanted)
        for number in [SIGTERM, SIGINT, SIGHUP] { sigaddset(&wanted, number) }
        // Threads that are made from now on inherit the mask; there is no other one yet that runs code of ours.
        pthread_sigmask(SIG_BLOCK, &wanted, nil)
        let signals = wanted
        Thread.detachNewThread { [self] in
            var signals = signals
            while true {
                var number: Int32 = 0
                if sigwait(&signals, &number) == 0 { take(number) }
            }
        }
    }

    private func take(_ number: Int32) {
        if number == SIGHUP {
            queue.async { self.reload() }
            return
        }
        notice.stopping()
        StopFlag.shared.raise()
        queue.async {
            guard !self.isStopping else { return }
            self.finish()
        }
    }

    /// Takes up a changed configuration; one with errors leaves everything as it was.
    private func reload() {
        dispatchPrecondition(condition: .onQueue(queue))
        guard !isStopping else { return }
        notice.reloading()
        do throws(ConfigurationFault) {
            let fresh = try Configuration.load(path: configurationPath)
            configuration = fresh
            timer?.cancel()
            try restart()
        } catch {
            Daemon.log(3, "the configuration was not taken up:\n\(error)")
        }
        notice.ready("following \(tail?.fileCount ?? 0) files")
    }

    private func restart() throws(ConfigurationFault) {
        do {
            try tail?.stop()
            tail = nil
        } catch {
            return fail(error)
        }
        start()
        Daemon.log(6, "the configuration was read again")
    }

    /// One line to standard error, with the priority that journald reads from its head.
    static func log(_ priority: Int, _ text: String) {
        for line in text.split(separator: "\n") {
            FileHandle.standardError.write(Data("<\(priority)>tailrace: \(line)\n".utf8))
        }
    }
}
