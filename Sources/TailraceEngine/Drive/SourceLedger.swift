internal import TailracePipeline
internal import TailraceStore

/// What is known of each input: how much of it has been applied, and what of it was rejected.
struct SourceLedger {
    /// Samples kept of each source and reason; further ones are counted in the last row.
    static let sampleRows = 3

    private(set) var sources: [StoredSource] = []
    private var indices: [String: Int] = [:]
    private var rejections: [Int64: StoredRejection] = [:]
    private var dirtySources: Set<Int> = []
    private var dirtyRejections: Set<Int64> = []

    mutating func load(_ stored: [StoredSource], _ rejected: [StoredRejection]) {
        for source in stored {
            indices[source.path] = sources.count
            sources.append(source)
        }
        for row in rejected { rejections[row.id] = row }
    }

    /// The index of a source; it is entered where it is new.
    mutating func index(path: String) -> Int {
        if let index = indices[path] { return index }
        let index = sources.count
        indices[path] = index
        sources.append(StoredSource(id: Int64(index), path: path))
        dirtySources.insert(index)
        return index
    }

    /// The file has another name now.
    mutating func rename(_ index: Int, to path: String) {
        indices[sources[index].path] = nil
        if let other = indices[path] {
            // Whoever had the name before has lost it: another file took its place.
            sources[other].path = path + " (replaced, source \(other))"
            indices[sources[other].path] = other
            dirtySources.insert(other)
        }
        sources[index].path = path
        indices[path] = index
        dirtySources.insert(index)
    }

    /// Index of a known source.
    func find(path: String) -> Int? { indices[path] }

    subscript(index: Int) -> StoredSource {
        get { sources[index] }
        set {
            sources[index] = newValue
            dirtySources.insert(index)
        }
    }

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

    mutating func drain() -> (sources: [StoredSource], rejections: [StoredRejection]) {
        defer {
            dirtySources.removeAll()
            dirtyRejections.removeAll()
        }
        return (dirtySources.sorted().map { sources[$0] }, dirtyRejections.sorted().compactMap { rejections[$0] })
    }

    /// Rejections by reason, most first, with the first place of each.
    var rejectionSummary: [(reason: String, count: Int64)] {
        var counts: [String: Int64] = [:]
        for row in rejections.values { counts[row.reason, default: 0] += row.count }
        return counts.map { ($0.key, $0.value) }.sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0 < $1.0 }
    }
}
