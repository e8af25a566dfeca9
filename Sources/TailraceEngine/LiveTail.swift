internal import Dispatch
internal import Foundation
public import TailraceConfig
internal import TailraceIngest
internal import TailracePipeline
internal import TailraceStore

/// Follows files as they grow: what is there first, in the order of a replay, then what is appended, as it arrives.
///
/// One owner, one thread. A position is committed with what was read up to it, so that after a kill nothing is lost
/// and nothing is read twice.
public final class LiveTail {
    /// Files that are kept open; others are opened again when they grow.
    private static let openLimit = 64
    /// A source without news for this long does not hold the watermark back.
    private static let idleNanoseconds: UInt64 = 60_000_000_000

    /// One file that is followed.
    private struct Followed {
        var reader: ChunkReader?
        var guardBuffer: ReorderBuffer
        /// Latest event time, milliseconds.
        var latest = Int64.min
        var newsAt: UInt64 = 0
        /// Size when last read to the end.
        var size: Int64 = -1
    }

    public var onNotice: (Replay.Notice) -> Void = { _ in }
    public var onProgress: () -> Void = {}

    private let driver: Driver
    private var followed: [Int: Followed] = [:]
    private var isDirty = false
    private var told: Set<String> = []

    public init(configuration: Configuration, storePath: String) throws {
        driver = try Driver(configuration: configuration, storePath: storePath)
    }

    public var fileCount: Int { followed.count }

    // MARK: - What is there

    /// Reads everything that is there, in the order of event time.
    public func catchUp(relativeTo base: String) throws {
        isDirty = driver.settleNames(files(relativeTo: base)) || isDirty
        var options = Replay.Options()
        options.isLive = true
        let replay = Replay(driver: driver, options: options)
        replay.onNotice = { [unowned self] in onNotice($0) }
        replay.onProgress = { [unowned self] _, _ in onProgress() }
        try replay.run(paths: driver.configuration.sources.flatMap(\.paths), relativeTo: base)
        for path in files(relativeTo: base) {
            if let index = driver.ledger.find(path: path) { follow(index) }
        }
    }

    private func follow(_ index: Int) {
        guard followed[index] == nil else { return }
        // What is not later than the clock is no event from the future: it waits for no second one.
        let now = Int64(Date().timeIntervalSince1970 * 1000)
        var entry = Followed(guardBuffer: ReorderBuffer(lateness: 0, latest: now))
        let source = driver.ledger[index]
        entry.latest = (source.lastEventTime ?? .min / 2000) * 1000
        entry.size = source.state == "reading" ? -1 : source.size ?? -1
        followed[index] = entry
    }

    // MARK: - What comes

    /// Looks at all files once and commits what is new.
    /// - Returns: the set of files has changed.
    public func pass(relativeTo base: String) throws -> Bool {
        let files = files(relativeTo: base)
        let before = followed.count
        isDirty = driver.settleNames(files) || isDirty
        for path in files { try read(path) }
        closeIdleReaders()
        advanceWatermark()
        if isDirty {
            try driver.checkpoint(onFault: wait)
            isDirty = false
        }
        return followed.count != before
    }

    private func wait(_ fault: StoreFault) -> Bool {
        onNotice(Replay.Notice(kind: .warning, text: "\(fault); waiting to write, nothing is lost"))
        return true
    }

    /// Commits and lets go of everything. Windows stay open: the log goes on.
    public func stop() throws {
        advanceWatermark()
        try driver.checkpoint { _ in false }
        followed.removeAll()
    }

    /// Folders in which files may appear or grow.
    public func folders(relativeTo base: String) -> Set<String> {
        var folders = Set(files(relativeTo: base).map { ($0 as NSString).deletingLastPathComponent })
        for path in driver.configuration.sources.flatMap(\.paths) {
            let absolute = path.hasPrefix("/") ? path : base + "/" + path
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: absolute, isDirectory: &isFolder), isFolder.boolValue {
                folders.insert(absolute)
            } else {
                folders.insert((absolute as NSString).deletingLastPathComponent)
            }
        }
        return folders.filter { FileManager.default.fileExists(atPath: $0) }
    }

    private func files(relativeTo base: String) -> [String] {
        FileFinder.sorted(
            driver.configuration.sources.flatMap(\.paths).flatMap { FileFinder.files(at: $0, relativeTo: base) ?? [] })
    }

    private func read(_ path: String) throws {
        guard let status = FileStatus(path: path) else { return }
        let known = driver.ledger.find(path: path)
        if let known, let entry = followed[known], entry.size == status.size,
            driver.ledger[known].inode == Int64(bitPattern: status.inode)
        {
            return
        }
        let index = known ?? driver.ledger.index(path: path)
        follow(index)
        if let reader = followed[index]?.reader, reader.status.inode != status.inode {
            // Another file has taken the name; the open one is read to its end under its own.
            try readOn(index, reader)
            followed[index]?.reader = nil
            driver.ledger.rename(index, to: path + " (replaced, inode \(reader.status.inode))")
            return try read(path)
        }
        if let reader = followed[index]?.reader, reader.isPlain, status.size < reader.position {
            // Cut short in place: a new log begins.
            followed[index]?.reader = nil
            driver.ledger[index].basePosition = 0
            driver.ledger[index].headHash = nil
        }
        guard let reader = try followed[index]?.reader ?? open(index, path) else {
            followed[index]?.size = status.size
            return
        }
        followed[index]?.reader = reader
        try readOn(index, reader)
        followed[index]?.size = status.size
        driver.ledger[index].size = status.size
    }

    private func open(_ index: Int, _ path: String) throws -> ChunkReader? {
        do throws(ReadFault) {
            guard let file = try driver.identify(index, path: path, format: nil, tell: tellOnce) else { return nil }
            let reader = try ChunkReader(
                path: path, plan: file.definition.plan, settings: driver.configuration.scanSettings,
                chunkBytes: 256 << 10, start: file.start, header: file.header,
                lastTime: file.lastTime)
            reader.isLive = true
            return reader
        } catch {
            tellOnce(.error, "\(error)")
            driver.ledger[index].state = "unreadable"
            driver.ledger[index].detail = error.reason
            isDirty = true
            return nil
        }
    }

    private func tellOnce(_ kind: Replay.Notice.Kind, _ text: String) {
        if told.insert(text).inserted { onNotice(Replay.Notice(kind: kind, text: text)) }
    }

    /// Reads to the present end of a file.
    private func readOn(_ index: Int, _ reader: ChunkReader) throws {
        while !StopFlag.shared.isRaised {
            let chunk = reader.next()
            let box = BatchBox(chunk.batch)
            for record in chunk.batch.records {
                followed[index]?.guardBuffer.append(RecordRef(record: record, batch: box, source: index))
                applyReady(index)
            }
            if !chunk.batch.records.isEmpty {
                isDirty = true
                followed[index]?.newsAt = DispatchTime.now().uptimeNanoseconds
            }
            settle(index, chunk)
            if driver.isCheckpointDue { try driver.checkpoint(onFault: wait) }
            onProgress()
            if chunk.end != .more { return }
        }
    }

    private func applyReady(_ index: Int) {
        while followed[index]?.guardBuffer.nextTime != nil, let ref = followed[index]?.guardBuffer.takeNext() {
            driver.apply(ref)
            if ref.record.rejection == nil {
                let time = ref.record.event.time.milliseconds
                let latest = followed[index]?.latest ?? .min
                followed[index]?.latest = max(latest, time)
            }
        }
    }

    /// How far the source is applied, and how it fares.
    private func settle(_ index: Int, _ chunk: ScannedChunk) {
        var source = driver.ledger[index]
        source.position = chunk.position
        source.basePosition = followed[index]?.guardBuffer.heldPosition ?? chunk.position
        source.outputs = 0
        switch chunk.end {
        case .more: source.state = "reading"
        case .end: source.state = source.state == "corrupt" ? "corrupt" : "ok"
        case .unfinished: source.state = "waiting"
        case .unreadable(let reason): (source.state, source.detail) = ("unreadable", reason)
        }
        source.behindBytes = max(0, (source.size ?? 0) - chunk.compressedPosition)
        if let last = source.lastEventTime { source.lagSeconds = Date().timeIntervalSince1970 - Double(last) }
        if let fault = chunk.faults.first {
            source.detail = "\(fault.reason) at byte \(fault.offset) of the file"
            if fault.kind == .corrupt {
                source.state = "corrupt"
                driver.book?.takeCorrupt(path: source.path, detail: source.detail ?? "", at: source.lastEventTime)
                tellOnce(.warning, "\(source.path): damaged at byte \(fault.offset) (\(fault.reason))")
            }
            isDirty = true
        }
        driver.ledger[index] = source
    }

    /// The least of what the sources have reached; those without news do not hold it back.
    private func advanceWatermark() {
        let now = DispatchTime.now().uptimeNanoseconds
        let active = followed.values.filter { now - min($0.newsAt, now) < LiveTail.idleNanoseconds && $0.newsAt > 0 }
        guard let least = active.map(\.latest).min(), least > .min / 2 else { return }
        driver.advance(to: least - driver.lateness)
    }

    private func closeIdleReaders() {
        let open = followed.filter { $0.value.reader != nil }
        guard open.count > LiveTail.openLimit else { return }
        let oldest = open.sorted { ($0.value.newsAt, $0.key) < ($1.value.newsAt, $1.key) }
        for (index, _) in oldest.prefix(open.count - LiveTail.openLimit) { followed[index]?.reader = nil }
    }
}
