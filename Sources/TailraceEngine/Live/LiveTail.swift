internal import Dispatch
internal import Foundation
public import TailraceConfig
internal import TailraceIngest
internal import TailracePipeline
internal import TailraceStore

/// Follows files as they grow: what is there first, in the order of a replay, then what is appended, as it arrives.
///
/// One owner, one thread. A position is committed with what was read up to it, so that after a kill nothing is lost
/// and nothing is read twice. Work is cut into slices (`pass`), and each source has its turn, so that a large file
/// holds up neither the others nor a signal.
public final class LiveTail {
    /// Longest time between two commits while there is more to read.
    private static let commitNanoseconds: UInt64 = 1_000_000_000
    /// Time for one slice of reading.
    private static let sliceNanoseconds: UInt64 = 200_000_000
    /// A source without news for this long does not hold the watermark back.
    private static let idleNanoseconds: UInt64 = 60_000_000_000

    /// What a pass looks at.
    public enum Scope: Sendable {
        /// Files that grew, by path.
        case files(Set<String>)
        /// All files that the configuration names.
        case everything
        /// What is left from the pass before.
        case rest
    }

    public var onNotice: (Replay.Notice) -> Void = { _ in }
    public var onProgress: () -> Void = {}
    /// Folders in which files may appear or grow, as of the last look at everything.
    public private(set) var folders: Set<String> = []
    /// How long the last look at everything took, nanoseconds.
    public private(set) var searchNanoseconds: UInt64 = 0

    let driver: Driver
    private let base: String
    var followed: [Int: Followed] = [:]
    /// Sources whose file is open, the one opened last at the end.
    var opened: [Int] = []
    /// Sources with something to read, in turn.
    var queue: [Int] = []
    /// Sources whose file has no name any more; read until nothing comes.
    var adrift: Set<Int> = []
    /// A file turned out to hold another log, or was let go: all of them have to be looked at again.
    public internal(set) var isUnsettled = false
    private var needsCatchUp = false
    var isDirty = false
    var silencesJudgedAt: UInt64 = 0
    private var committedAt: UInt64 = 0
    private var told: Set<String> = []

    /// - Parameter base: the folder that relative paths mean.
    public init(configuration: Configuration, storePath: String, relativeTo base: String) throws {
        driver = try Driver(configuration: configuration, storePath: storePath)
        self.base = base
        driver.onWaiting = { [unowned self] in onProgress() }
    }

    public var fileCount: Int { driver.ledger.indices.reduce(0) { $0 + (driver.ledger.isCarried($1) ? 1 : 0) } }

    /// How folders are watched, for `status`; written with the next commit.
    public func note(watching text: String) { driver.watching = text }

    // MARK: - What is there

    /// Reads everything that is there, in the order of event time.
    public func catchUp() throws {
        needsCatchUp = false
        var options = Replay.Options()
        options.isLive = true
        let replay = Replay(driver: driver, options: options)
        replay.onNotice = { [unowned self] in tellOnce($0.kind, $0.text) }
        replay.onProgress = { [unowned self] _, _ in onProgress() }
        replay.kept = followed.compactMapValues(\.reader)
        try replay.run(paths: driver.configuration.sources.flatMap(\.paths), relativeTo: base)
        // What is half read is committed as such, and gone on with at the next start.
        if StopFlag.shared.isRaised { return }
        goOn(with: replay.kept)
        for index in driver.ledger.indices where driver.ledger.isCarried(index) {
            if driver.ledger[index].state == "waiting" { follow(index).isUnfinished = true }
            if driver.ledger[index].tailBytes > 0 { follow(index).hasTail = true }
            driver.raiseDamage(of: index)
        }
        try openNewest()
        isDirty = true
    }

    // MARK: - What comes

    /// Reads what is new, for some 200 ms, and commits it.
    /// - Returns: there is more to read: call again soon, with `.rest`.
    public func pass(_ scope: Scope) throws -> Bool {
        switch scope {
        case .files(let paths): look(at: paths)
        case .everything: isUnsettled = true
        case .rest: break
        }
        let begun = DispatchTime.now().uptimeNanoseconds
        // A file can be replaced again and again while it is looked at; the next pass goes on.
        for _ in 0..<4 where isUnsettled {
            settle()
            if needsCatchUp { try catchUp() }
        }
        while !queue.isEmpty, !StopFlag.shared.isRaised,
            DispatchTime.now().uptimeNanoseconds - begun < Self.sliceNanoseconds
        {
            let index = queue.removeFirst()
            if try readTurn(index) { queue.append(index) }
            onProgress()
            if isUnsettled { settle() }
        }
        try advanceWatermark()
        let hasMore = !queue.isEmpty || isUnsettled
        if isDirty, !hasMore || driver.isCheckpointDue || begun - committedAt > Self.commitNanoseconds { try commit() }
        return hasMore
    }

    /// Sources of files that grew; where it is not that simple, everything is looked at.
    private func look(at paths: Set<String>) {
        for path in paths.sorted() {
            guard let status = FileStatus(path: path) else { continue }
            guard let index = driver.ledger.find(status), driver.ledger[index].copyOf == nil,
                driver.isBegun(driver.ledger[index])
            else {
                isUnsettled = true
                continue
            }
            if driver.ledger[index].size != status.size || driver.ledger[index].modified != status.modified {
                enqueue(index)
            }
        }
    }

    private func settle() {
        isUnsettled = false
        let begun = DispatchTime.now().uptimeNanoseconds
        var found: [FoundFile] = []
        folders = []
        for path in driver.configuration.sources.flatMap(\.paths) {
            let search = FileSearch(at: path, relativeTo: base, wantsFolders: true)
            for fault in search.faults { tellOnce(.error, "\(fault)") }
            found += search.files
            folders.formUnion(search.folders)
        }
        searchNanoseconds = DispatchTime.now().uptimeNanoseconds - begun
        let settlement = driver.settle(FileFinder.unique(found)) { [followed] index in
            guard let entry = followed[index], let reader = entry.reader else { return nil }
            if reader.holdsWhatWasRead { return true }
            // Whatever the file is now, this reader knows nothing of it.
            entry.reader = nil
            return false
        }
        adrift = settlement.adrift
        for (index, entry) in followed {
            if !adrift.contains(index) {
                entry.adriftSince = nil
            } else {
                entry.adriftSince = entry.adriftSince ?? begun
            }
        }
        isUnsettled = driver.isStale
        // Readers of files that hold another log now, or whose log another file carries.
        for index in opened {
            guard let reader = followed[index]?.reader, driver.ledger.find(reader.status) != index else { continue }
            followed[index]?.reader = nil
        }
        // A source that was being sorted when the daemon ended, and changed its name as it started.
        needsCatchUp = settlement.news.contains { driver.ledger[$0].sortLimit != nil }
        isDirty = isDirty || !settlement.news.isEmpty || driver.ledger.hasChanges
        // Oldest first.
        let ages = Dictionary(
            uniqueKeysWithValues: settlement.news.map { ($0, FileStatus(path: driver.ledger[$0].path)?.modified ?? 0) })
        let known = Set(queue)
        queue += settlement.news.sorted { (ages[$0] ?? 0, $0) < (ages[$1] ?? 0, $1) }.filter { !known.contains($0) }
    }

    func enqueue(_ index: Int) {
        if !queue.contains(index) { queue.append(index) }
    }

    @discardableResult
    func follow(_ index: Int) -> Followed {
        if let known = followed[index] { return known }
        let entry = Followed(
            latest: (driver.ledger[index].lastEventTime ?? .min / 2000) * 1000,
            now: DispatchTime.now().uptimeNanoseconds)
        followed[index] = entry
        return entry
    }

    /// There may be many files, and few of them with news.
    func forgetIdle() {
        let now = DispatchTime.now().uptimeNanoseconds
        for (index, entry) in followed where entry.isForgettable(at: now, idle: Self.idleNanoseconds) {
            followed[index] = nil
        }
    }

    func tellOnce(_ kind: Replay.Notice.Kind, _ text: String) {
        // Bounded, whatever the files do.
        if told.count > 10_000 { told.removeAll() }
        if told.insert(text).inserted { onNotice(Replay.Notice(kind: kind, text: text)) }
    }

    /// Looks for logs that should speak and do not.
    func judgeSilences() {
        let now = Int64(Date().timeIntervalSince1970)
        let severity = driver.configuration.rules["source-silent"]?.severity
        for verdict in driver.silences.judge(at: now) {
            let before = driver.book?.open.count
            driver.book?.takeSilence(
                of: verdict.name, since: verdict.since, text: verdict.text, at: now, severity: severity)
            if driver.book?.open.count != before {
                isDirty = true
                let text = verdict.since == nil ? "speaks again" : "is silent: \(verdict.text)"
                onNotice(Replay.Notice(kind: .warning, text: "\(verdict.name) \(text)"))
            }
        }
    }

    // MARK: - Committing

    private func commit() throws {
        try driver.checkpoint(onFault: wait)
        isDirty = false
        committedAt = DispatchTime.now().uptimeNanoseconds
    }

    private func wait(_ fault: StoreFault) -> Bool {
        onNotice(Replay.Notice(kind: .warning, text: "\(fault); waiting to write, nothing is lost"))
        return true
    }

    /// Commits and lets go of everything. Windows stay open: the log goes on.
    public func stop() throws {
        // What has no name any more is read now or never.
        for index in adrift.sorted() where followed[index]?.reader != nil { while try readTurn(index, isLast: true) {} }
        try advanceWatermark()
        try driver.checkpoint { _ in false }
        followed.removeAll()
    }

    /// The least of what the sources have reached; those without news do not hold it back.
    private func advanceWatermark() throws {
        let now = DispatchTime.now().uptimeNanoseconds
        let active = followed.values.filter { now - min($0.newsAt, now) < LiveTail.idleNanoseconds && $0.newsAt > 0 }
        guard let least = active.map(\.latest).min(), least > .min / 2 else { return }
        try driver.advance(to: least - driver.lateness, onFault: wait)
    }
}
