public import TailracePipeline

/// One input file as the store remembers it: its identity, how far it is read, how it fares.
public struct StoredSource: StoreRow, Equatable {
    public var id: Int64
    /// The path under which the file was first seen; what rejections name.
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
    public var basePosition: Int64?
    public var outputs: Int64?
    // Identity: the same file under another name is the same source.
    public var device: Int64?
    public var inode: Int64?
    public var headBytes: Int64?
    public var headHash: Int64?

    public init(id: Int64, path: String) { (self.id, self.source, self.path) = (id, path, path) }

    public static let table = "source"
    public static let columns = [
        "id", "source", "path", "format", "state", "position", "size", "events", "rejected", "last_event_time", "lag_s",
        "behind_bytes", "detail", "base_position", "outputs", "device", "inode", "head_bytes", "head_hash",
    ]
    public var values: [RowValue] {
        [
            .integer(id), .text(source), .text(path), .optional(format), .optional(state), .integer(position),
            .optional(size),
            .integer(events), .integer(rejected), .optional(lastEventTime), .optional(lagSeconds),
            .optional(behindBytes), .optional(detail), .optional(basePosition), .optional(outputs),
            .optional(device), .optional(inode), .optional(headBytes), .optional(headHash),
        ]
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
            source.outputs = statement.optionalInteger(14)
            source.device = statement.optionalInteger(15)
            source.inode = statement.optionalInteger(16)
            source.headBytes = statement.optionalInteger(17)
            source.headHash = statement.optionalInteger(18)
            sources.append(source)
        }
        return sources
    }
}
