internal import TailraceIngest
internal import TailracePipeline
internal import TailraceStore

/// What is known of each source: the file that carries it, how much of it is applied, and what of it was rejected.
///
/// A source is a log, told by its content; a file only carries it. A source whose file is gone, or holds something
/// else, is without a carrier until another file turns out to hold its content.
struct SourceLedger {
    /// Samples kept of each source and reason; further ones are counted in the last row.
    static let sampleRows = 3
    /// Restart points kept of each source.
    private static let keptPoints = 2

    /// By id; those that were taken into another source stay as empty places.
    private(set) var sources: [StoredSource] = []
    private var removed: Set<Int> = []
    private var byPath: [String: Int] = [:]
    private var byFile: [FileKey: Int] = [:]
    private var rejections: [Int64: StoredRejection] = [:]
    /// Restart points as they stand in the store, or will after the next checkpoint, oldest first.
    private var points: [Int: [StoredRestartPoint]] = [:]
    /// Lost their carrier since `takeLost` was last asked.
    private var lost: Set<Int> = []

    private var dirtySources: Set<Int> = []
    private var dirtyRejections: Set<Int64> = []
    private var dirtyPoints: Set<Int> = []
    private var removedRows: [Int64] = []

    /// A file, whatever its name.
    struct FileKey: Hashable {
        var device: Int64
        var inode: Int64

        init(_ status: FileStatus) {
            (device, inode) = (Int64(bitPattern: status.device), Int64(bitPattern: status.inode))
        }

        init?(_ source: StoredSource) {
            guard let device = source.device, let inode = source.inode else { return nil }
            (self.device, self.inode) = (device, inode)
        }
    }

    mutating func load(_ stored: [StoredSource], _ rejected: [StoredRejection]) {
        for source in stored {
            while sources.count < Int(source.id) {
                removed.insert(sources.count)
                sources.append(StoredSource(id: Int64(sources.count), path: ""))
            }
            if let file = FileKey(source) {
                byFile[file] = sources.count
                byPath[source.path] = sources.count
            } else {
                // Perhaps its copy was to take its place when the daemon was stopped.
                lost.insert(sources.count)
            }
            sources.append(source)
        }
        for row in rejected { rejections[row.id] = row }
    }

    // MARK: - Carriers

    /// The source that a path is known to carry.
    func find(path: String) -> Int? { byPath[path] }

    /// The source that a file is known to carry, under whatever name.
    func find(_ status: FileStatus) -> Int? { byFile[FileKey(status)] }

    func isCarried(_ index: Int) -> Bool { !removed.contains(index) && sources[index].inode != nil }

    func isKnown(_ index: Int) -> Bool { !removed.contains(index) }

    /// Every source that is not taken into another.
    var indices: [Int] { sources.indices.filter { !removed.contains($0) } }

    /// A new source, carried by a file.
    mutating func add(_ file: FoundFile) -> Int {
        let index = sources.count
        sources.append(StoredSource(id: Int64(index), path: file.path))
        carry(index, by: file)
        return index
    }

    /// A file carries the source from now on. Whatever else it or its name was known for is over.
    mutating func carry(_ index: Int, by file: FoundFile) {
        if let other = byFile[FileKey(file.status)], other != index { lose(other) }
        if let old = FileKey(sources[index]), byFile[old] == index { byFile[old] = nil }
        if byPath[sources[index].path] == index { byPath[sources[index].path] = nil }
        sources[index].path = file.path
        sources[index].device = FileKey(file.status).device
        sources[index].inode = FileKey(file.status).inode
        byFile[FileKey(file.status)] = index
        byPath[file.path] = index
        lost.remove(index)
        dirtySources.insert(index)
    }

    /// The file is gone, or holds another log.
    mutating func lose(_ index: Int) {
        if let file = FileKey(sources[index]), byFile[file] == index { byFile[file] = nil }
        if byPath[sources[index].path] == index { byPath[sources[index].path] = nil }
        (sources[index].device, sources[index].inode) = (nil, nil)
        (sources[index].size, sources[index].modified) = (nil, nil)
        sources[index].mark = nil
        (sources[index].state, sources[index].detail) = ("gone", sources[index].damage)
        sources[index].behindBytes = nil
        forgetPoints(of: index)
        lost.insert(index)
        dirtySources.insert(index)
    }

    /// The sources that lost their carrier since this was last asked.
    mutating func takeLost() -> Set<Int> {
        defer { lost.removeAll() }
        return lost
    }

    /// What the source stood for is part of another one.
    mutating func remove(_ index: Int) {
        lose(index)
        lost.remove(index)
        removed.insert(index)
        dirtySources.remove(index)
        removedRows.append(Int64(index))
    }

    func path(of index: Int) -> String { sources[index].path }

    /// When a source's file changed last. By itself, for a whole source is dear to copy in a sort.
    func modified(of index: Int) -> Int64? { sources[index].modified }

    subscript(index: Int) -> StoredSource {
        get { sources[index] }
        set {
            sources[index] = newValue
            dirtySources.insert(index)
        }
    }

    // MARK: - Restart points

    /// Keeps the last two points that lie before the place where reading goes on.
    mutating func keep(_ taken: [RestartPoint], of index: Int, before position: Int64, at seconds: Int64) {
        let useful = taken.filter { $0.position <= position && $0.position > 0 }.suffix(SourceLedger.keptPoints)
        var kept = points[index] ?? []
        for point in useful where !kept.contains(where: { $0.position == point.position }) {
            kept.append(
                StoredRestartPoint(
                    source: Int64(index), slot: 0, position: point.position, takenAt: seconds, data: point.encoded))
        }
        kept = Array(kept.sorted { $0.position < $1.position }.suffix(SourceLedger.keptPoints))
        for slot in kept.indices { kept[slot].id = Int64(index) << 1 | Int64(slot) }
        guard kept != points[index] ?? [] else { return }
        points[index] = kept
        dirtyPoints.insert(index)
    }

    mutating func forgetPoints(of index: Int) {
        points[index] = []
        dirtyPoints.insert(index)
    }

    /// As far as they are in memory: nil where only the store knows them.
    func points(of index: Int) -> [StoredRestartPoint]? { points[index] }

    mutating func load(_ stored: [StoredRestartPoint], of index: Int) { points[index] = stored }

    // MARK: - Records

    /// Counts one record of a source as applied.
    mutating func count(_ record: ScannedRecord, of index: Int) {
        sources[index].outputs = (sources[index].outputs ?? 0) + 1
        sources[index].position = max(sources[index].position, record.position + record.length)
        if record.rejection == nil {
            sources[index].events += 1
            let seconds = record.event.time.seconds
            sources[index].lastEventTime = max(sources[index].lastEventTime ?? seconds, seconds)
        } else {
            sources[index].rejected += 1
        }
        dirtySources.insert(index)
    }

    mutating func reject(_ record: ScannedRecord, of index: Int, reason: RejectionReason, sample: String) {
        let first = Int64(index) << 16 | Int64(reason.rawValue) << 8
        let rows = Int64(SourceLedger.sampleRows)
        let free = (first..<first + rows).first { rejections[$0] == nil }
        let id = free ?? first + rows - 1
        if free != nil {
            var row = StoredRejection(
                id: id, source: sources[index].source, position: record.position, reason: reason.name)
            row.time = record.event.time.milliseconds > 0 ? record.event.time.seconds : nil
            row.sample = sample.isEmpty ? nil : sample
            rejections[id] = row
        }
        rejections[id]?.count += 1
        dirtyRejections.insert(id)
    }

    // MARK: - Storing

    /// What changed since the last checkpoint.
    struct Changes {
        var sources: [StoredSource] = []
        var removedSources: [Int64] = []
        var rejections: [StoredRejection] = []
        var points: [StoredRestartPoint] = []
        var removedPoints: [Int64] = []
    }

    /// Something is to be written with the next checkpoint.
    var hasChanges: Bool {
        !(dirtySources.isEmpty && removedRows.isEmpty && dirtyRejections.isEmpty && dirtyPoints.isEmpty)
    }

    mutating func drain() -> Changes {
        var changes = Changes()
        changes.sources = dirtySources.sorted().map { sources[$0] }
        changes.removedSources = removedRows
        changes.rejections = dirtyRejections.sorted().compactMap { rejections[$0] }
        for index in dirtyPoints.sorted() {
            let kept = points[index] ?? []
            changes.points += kept
            changes.removedPoints += (kept.count..<SourceLedger.keptPoints).map { Int64(index) << 1 | Int64($0) }
        }
        removedRows.removeAll()
        dirtySources.removeAll()
        dirtyRejections.removeAll()
        dirtyPoints.removeAll()
        return changes
    }
}
