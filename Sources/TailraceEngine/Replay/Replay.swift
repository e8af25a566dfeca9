internal import Dispatch
internal import Foundation
internal import TailraceConfig
internal import TailraceIngest
internal import TailracePipeline
internal import TailraceStore

/// Reads files to their end in the order of event time, as if live, and closes every window.
///
/// The order is total, (event time, source, position), so the store's content does not depend on threads, chunks or
/// kills. Heads are peeked first; a file is opened when its time comes; files that are in no order, or that overlap
/// with too many others, are sorted on disk.
public final class Replay {
    /// How to read; none of it changes the answer.
    public struct Options: Sendable {
        public var threads = 2
        public var chunkBytes = 256 << 10
        /// Sort every file first, whatever its format says about order.
        public var sortsAll = false
        public var format: String?
        /// Memory for sorting, in bytes.
        public var sortBytes = 32 << 20
        /// The files go on growing: a record without its end waits, and nothing is closed at the end.
        public var isLive = false

        public init() {}
    }

    /// Something that a person should know; the replay goes on.
    public struct Notice: Sendable, Equatable {
        public enum Kind: Sendable { case error, warning, note }
        public var kind: Kind
        public var text: String
    }

    /// What a replay did.
    public struct Totals: Sendable {
        public var files = 0
        public var events: Int64 = 0
        public var rejected: Int64 = 0
        public var compressedBytes: Int64 = 0
        public var bytes: Int64 = 0
        public var seconds = 0.0
        public var windows: Int64 = 0
    }

    /// Files that are open side by side at the most.
    static let openLimit = 64

    public private(set) var notices: [Notice] = []
    public internal(set) var totals = Totals()
    /// Told now and then: compressed bytes read so far, and in all.
    public var onProgress: (Int64, Int64) -> Void = { _, _ in }
    public var onNotice: (Notice) -> Void = { _ in }

    let driver: Driver
    let options: Options
    var planned: [PlannedFile] = []
    var streams: [any RecordStream] = []
    /// Sources that were read to their end.
    var finished: [SourceEnd] = []
    /// Records of sorted sources that an earlier run applied.
    var skips: [Int: Int64] = [:]
    /// Sorted sources that grew after they were sorted in an earlier run.
    var limited: Set<Int> = []
    var isGrown = false
    /// Of files that were read to their end and may go on, by source: whoever follows them goes on with these.
    var kept: [Int: ChunkReader] = [:]
    var totalBytes: Int64 = 0
    var doneBytes: Int64 = 0
    private let queues: [DispatchQueue]
    private var nextQueue = 0

    public init(driver: Driver, options: Options) {
        self.driver = driver
        self.options = options
        queues =
            options.threads > 1
            ? (1..<options.threads).map { DispatchQueue(label: "tailrace.read.\($0)") } : []
    }

    /// Reads the files at the paths, folders and patterns.
    ///
    /// - Throws: `StoreFault` where the store cannot be written, `SpillFault` where sorting has no room. Files that
    ///   cannot be read are notices of kind `error`; the others are read.
    public func run(paths: [String], relativeTo base: String) throws {
        let begun = DispatchTime.now()
        driver.writesBehind = !options.isLive && options.threads > 1
        defer { driver.writesBehind = false }
        driver.openProgress = { [unowned self] in streams.flatMap(\.progress) }
        defer { driver.openProgress = { [] } }
        repeat {
            isGrown = false
            plan(paths, relativeTo: base)
            try openUnordered()
            try merge()
            finishSources()
        } while isGrown && !StopFlag.shared.isRaised
        if !options.isLive { try driver.finish(onFault: wait) }
        try driver.checkpoint(onFault: wait)
        try driver.finishWriting(onFault: wait)
        totals.seconds = Double(DispatchTime.now().uptimeNanoseconds - begun.uptimeNanoseconds) / 1e9
        totals.windows = try driver.closedWindows()
    }

    func tell(_ kind: Notice.Kind, _ text: String) {
        let notice = Notice(kind: kind, text: text)
        notices.append(notice)
        onNotice(notice)
    }

    /// A daemon waits for room; a person at the terminal wants to hear of it: what is committed stays, and the same
    /// command goes on from there. A lock passes by itself.
    func wait(_ fault: StoreFault) -> Bool {
        guard options.isLive || fault.kind == .locked else { return false }
        tell(.warning, "\(fault); waiting, nothing is lost")
        return true
    }

    // MARK: - Plan

    private func plan(_ paths: [String], relativeTo base: String) {
        var files = find(paths, relativeTo: base, tell: tell)
        for look in 0..<Replay.looks {
            planned.removeAll()
            for index in settle(files).news { plan(source: index) }
            guard driver.isStale, look + 1 < Replay.looks else { break }
            files = find(paths, relativeTo: base) { _, _ in }
        }
        if !options.isLive { tellCopies(files) }
        totals.files += planned.count
        totalBytes += planned.reduce(0) { $0 + $1.size }
        planned.sort { ($0.firstTime, $0.source) < ($1.firstTime, $1.source) }
    }

    /// Files can be renamed and packed while they are looked at; then they are looked at again, so often at the most.
    private static let looks = 8

    private func find(
        _ paths: [String], relativeTo base: String, tell: (Notice.Kind, String) -> Void
    ) -> [FoundFile] {
        var found: [FoundFile] = []
        for path in paths {
            let search = FileSearch(at: path, relativeTo: base)
            for fault in search.faults { tell(.error, "\(fault)") }
            if !search.isThere {
                let isPattern = path.contains { "*?[".contains($0) }
                tell(
                    isPattern ? .warning : .error,
                    isPattern
                        ? "\(path): nothing matches" : "\(path): there is no such file or folder; check the path")
            } else if search.files.isEmpty, search.faults.isEmpty {
                tell(.warning, "\(path): the folder holds no files")
            }
            found += search.files
        }
        return FileFinder.unique(found)
    }

    private func plan(source index: Int) {
        do throws(ReadFault) {
            guard let file = try driver.identify(index, format: options.format, tell: tell) else { return }
            skips[index] = file.skip
            if file.place.limit != .max { limited.insert(index) }
            if file.isUnordered, file.definition.plan.isOrdered {
                tell(.note, "\(file.path): its records are not in order of time; it is sorted first")
            }
            planned.append(file)
        } catch {
            fail(index, error)
        }
    }

    /// A person who names a file wants to know why nothing of it is read.
    private func tellCopies(_ files: [FoundFile]) {
        for file in files {
            guard let index = driver.ledger.find(path: file.path), let original = driver.ledger[index].copyOf else {
                continue
            }
            tell(.note, "\(file.path): holds the same log as \(driver.ledger[Int(original)].path); it is counted once")
        }
    }

    // MARK: - Streams

    private func reader(_ file: PlannedFile) throws(ReadFault) -> ChunkReader {
        let reader = try ChunkReader(
            path: file.path, plan: file.definition.plan, settings: driver.configuration.scanSettings,
            chunkBytes: options.chunkBytes, place: file.place)
        // Another file can have the name by now. A daemon finds this one under its new name when it has caught up.
        guard driver.isCarried(file.source, by: reader.status), reader.holds(file.mark) else {
            throw ReadFault(path: file.path, reason: "was renamed or replaced before it could be read")
        }
        reader.isLive = options.isLive
        // One reader applies what comes next.
        kept[file.source] = nil
        return reader
    }

    func open(_ file: PlannedFile) {
        do throws(ReadFault) {
            let queue = queues.isEmpty ? nil : queues[nextQueue % queues.count]
            nextQueue += 1
            streams.append(
                FileStream(
                    file, reader: PrefetchedReader(try reader(file), on: queue), lateness: driver.lateness,
                    latest: driver.ledger[file.source].lastEventTime.map { $0 * 1000 } ?? .min))
            letGo()
        } catch {
            fail(file.source, error)
        }
    }

    private func fail(_ index: Int, _ fault: ReadFault) {
        driver.fail(index, fault)
        tell(options.isLive ? .warning : .error, "\(fault)")
    }

    private func openUnordered() throws {
        // What was begun in its own order goes on in it.
        let isSorted = { [options] (file: PlannedFile) in
            file.isUnordered || (options.sortsAll && file.pending == nil)
        }
        try openSorted(planned.filter(isSorted))
        planned.removeAll(where: isSorted)
    }

    func openSorted(_ files: [PlannedFile]) throws {
        guard !files.isEmpty else { return }
        let folder = ProcessInfo.processInfo.environment["TMPDIR"] ?? NSTemporaryDirectory()
        let sorter = ExternalSorter(runBytes: options.sortBytes, folder: folder)
        let stream = SortedStream(settings: driver.configuration.scanSettings, sorter: sorter)
        for file in files {
            do {
                let (reader, plan) = (try reader(file), file.definition.plan)
                let end = try stream.read(reader, source: file.source, plan: plan) { report(alsoRead: $0) }
                // The next start sorts it again.
                guard let end else { return }
                driver.noteSorted(end)
                keep(reader, at: end)
            } catch let fault as ReadFault {
                fail(file.source, fault)
            }
        }
        try stream.finish()
        streams.append(stream)
    }
}
