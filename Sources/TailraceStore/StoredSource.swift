public import TailracePipeline

/// One log as the store remembers it: the file that carries it, how far it is read, how it fares.
public struct StoredSource: StoreRow, Equatable {
    public var id: Int64
    /// The path under which the log was first seen; what rejections name.
    public var source: String
    public var path: String
    public var format: String?
    public var state: String?
    /// Decompressed bytes read.
    public var position: Int64 = 0
    /// Bytes on disk when last looked at.
    public var size: Int64?
    public var events: Int64 = 0
    public var rejected: Int64 = 0
    /// Seconds since 1970 UTC.
    public var lastEventTime: Int64?
    public var lagSeconds: Double?
    public var behindBytes: Int64?
    public var detail: String?
    // Where reading goes on.
    /// Decompressed bytes before the place where it goes on; nil where nothing was read.
    public var basePosition: Int64?
    /// Event time of the last good record before it, milliseconds.
    public var baseTime: Int64?
    /// Records applied from there on, where the source is sorted as a whole.
    public var outputs: Int64?
    /// Is the source sorted as a whole, and up to `limit` decompressed bytes of it?
    public var sortLimit: Int64?
    /// Records that were read and wait for their turn, in the form of their owner.
    public var pending: [UInt8]?
    /// Bytes without a line end behind `position`.
    public var tailBytes: Int64 = 0
    // Identity: the same log in another file is the same source.
    public var device: Int64?
    public var inode: Int64?
    /// When the file last changed, nanoseconds since 1970 UTC.
    public var modified: Int64?
    /// The source whose content this file repeats; nothing is read from it.
    public var copyOf: Int64?
    /// The bytes just before a place of the file as stored.
    public var markOffset: Int64?
    public var markHash: Int64?
    /// Hashes of the content that was read, in the form of their owner.
    public var prefix: [UInt8]?
    /// How its file is packed: plain, gzip, zstd.
    public var packing: String?
    /// What is damaged, and where; what else is odd about the file.
    public var damage: String?
    public var remark: String?
    /// The host whose store it came from; nil in a store that is no merger.
    public var host: String?

    public init(id: Int64, path: String) { (self.id, self.source, self.path) = (id, path, path) }

    public static let table = "source"
    public static let columns = [
        "id", "source", "path", "format", "state", "position", "size", "events", "rejected", "last_event_time", "lag_s",
        "behind_bytes", "detail", "base_position", "base_time_ms", "outputs", "sort_limit", "pending", "device",
        "inode", "modified_ns", "copy_of", "mark_offset", "mark_hash", "prefix", "damage", "remark", "tail_bytes",
        "packing", "host",
    ]
    public func write(into row: inout RowBuffer) {
        row.append(contentsOf: [
            .integer(id), .text(source), .text(path), .optional(format), .optional(state), .integer(position),
            .optional(size), .integer(events), .integer(rejected), .optional(lastEventTime), .optional(lagSeconds),
            .optional(behindBytes), .optional(detail), .optional(basePosition), .optional(baseTime),
            .optional(outputs), .optional(sortLimit), pending.map { .blob($0) } ?? .null, .optional(device),
            .optional(inode), .optional(modified), .optional(copyOf), .optional(markOffset), .optional(markHash),
            prefix.map { .blob($0) } ?? .null, .optional(damage), .optional(remark), .integer(tailBytes),
            .optional(packing), .optional(host),
        ])
    }
}

/// A place inside a source's archive where decoding can begin, in the form of its owner.
public struct StoredRestartPoint: StoreRow, Equatable {
    /// `source << 1 | slot`.
    public var id: Int64
    public var source: Int64
    /// Decompressed bytes before it.
    public var position: Int64
    /// When it was taken, seconds since 1970 UTC.
    public var takenAt: Int64
    public var data: [UInt8]

    /// - Parameter slot: 0 or 1: the last two are kept.
    public init(source: Int64, slot: Int, position: Int64, takenAt: Int64, data: [UInt8]) {
        id = source << 1 | Int64(slot)
        (self.source, self.position, self.takenAt, self.data) = (source, position, takenAt, data)
    }

    public static let table = "restart_point"
    public static let columns = ["id", "source", "position", "taken_at", "data"]
    public func write(into row: inout RowBuffer) {
        row.append(contentsOf: [
            .integer(id), .integer(source), .integer(position), .integer(takenAt), .blob(data),
        ])
    }
}

extension Store {
    /// Sources by id.
    public func sources() throws(StoreFault) -> [StoredSource] {
        let statement = try connection.prepare(
            "SELECT \(StoredSource.columns.joined(separator: ", ")) FROM source ORDER BY id")
        var sources: [StoredSource] = []
        while try statement.step() {
            var source = StoredSource(id: statement.integer(0), path: statement.text(2))
            source.source = statement.text(1)
            source.format = statement.optionalText(3)
            source.state = statement.optionalText(4)
            source.position = statement.integer(5)
            source.size = statement.optionalInteger(6)
            source.events = statement.integer(7)
            source.rejected = statement.integer(8)
            source.lastEventTime = statement.optionalInteger(9)
            source.lagSeconds = statement.optionalReal(10)
            source.behindBytes = statement.optionalInteger(11)
            source.detail = statement.optionalText(12)
            source.basePosition = statement.optionalInteger(13)
            source.baseTime = statement.optionalInteger(14)
            source.outputs = statement.optionalInteger(15)
            source.sortLimit = statement.optionalInteger(16)
            source.pending = statement.optionalBlob(17)
            source.device = statement.optionalInteger(18)
            source.inode = statement.optionalInteger(19)
            source.modified = statement.optionalInteger(20)
            source.copyOf = statement.optionalInteger(21)
            source.markOffset = statement.optionalInteger(22)
            source.markHash = statement.optionalInteger(23)
            source.prefix = statement.optionalBlob(24)
            source.damage = statement.optionalText(25)
            source.remark = statement.optionalText(26)
            source.tailBytes = statement.integer(27)
            source.packing = statement.optionalText(28)
            source.host = statement.optionalText(29)
            sources.append(source)
        }
        return sources
    }

    /// The committed restart points of one source, oldest first.
    public func restartPoints(of source: Int64) throws(StoreFault) -> [StoredRestartPoint] {
        let statement = try lookups.cached(
            "SELECT id, position, taken_at, data FROM restart_point WHERE id >= ?1 << 1 AND id <= (?1 << 1 | 1)")
        try statement.bind([.integer(source)])
        defer { statement.reset() }
        var points: [StoredRestartPoint] = []
        while try statement.step() {
            points.append(
                StoredRestartPoint(
                    source: source, slot: Int(statement.integer(0) & 1), position: statement.integer(1),
                    takenAt: statement.integer(2), data: statement.blob(3)))
        }
        return points.sorted { $0.position < $1.position }
    }
}
