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
    private var signals: [any DispatchSourceSignal] = []
    private var isPassScheduled = false
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
            let tail = try LiveTail(configuration: configuration, storePath: storePath ?? configuration.store)
            tail.onNotice = { Daemon.log($0.kind == .error ? 3 : 4, $0.text) }
            tail.onProgress = { [notice] in notice.alive() }
            self.tail = tail
            notice.status("reading what is there")
            try tail.catchUp(relativeTo: folder)
            guard !isStopping else { return finish() }
            watch = FolderWatch(queue: queue) { self.schedulePass() }
            watchFolders()
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
        timer.setEventHandler { self.pass() }
        timer.resume()
        self.timer = timer
    }

    private func schedulePass() {
        guard !isPassScheduled else { return }
        isPassScheduled = true
        queue.asyncAfter(deadline: .now() + Daemon.passDelay) { self.pass() }
    }

    /// Looks at all files, reads what is new, commits it.
    private func pass() {
        dispatchPrecondition(condition: .onQueue(queue))
        isPassScheduled = false
        guard let tail, !isStopping else { return }
        do {
            if try tail.pass(relativeTo: folder) { watchFolders() }
            notice.alive()
        } catch {
            fail(error)
        }
    }

    private func watchFolders() {
        guard let tail, let watch else { return }
        watch.watch(tail.folders(relativeTo: folder))
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

    private func listen() {
        for number in [SIGTERM, SIGINT, SIGHUP] {
            signal(number, SIG_IGN)
            // A catch-up holds the queue for long; the signal has to get through to it.
            let source = DispatchSource.makeSignalSource(
                signal: number, queue: DispatchQueue(label: "tailrace.signal"))
            source.setEventHandler { self.take(number) }
            source.resume()
            signals.append(source)
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
