public import TailracePipeline

/// Rejected records of one source and reason: the first ones with a masked sample each, the last row counts the rest.
public struct StoredRejection: StoreRow, Equatable {
    public var id: Int64
    /// Event time of the source's last good event, seconds; nil where there was none.
    public var time: Int64?
    public var source: String
    public var position: Int64
    public var reason: String
    public var count: Int64
    public var sample: String?
    /// The host whose store it came from; nil in a store that is no merger.
    public var host: String?

    public init(id: Int64, source: String, position: Int64, reason: String) {
        (self.id, self.source, self.position, self.reason) = (id, source, position, reason)
        count = 0
    }

    public static let table = "rejection"
    public static let columns = ["id", "time", "source", "position", "reason", "count", "sample", "host"]
    public func write(into row: inout RowBuffer) {
        row.append(contentsOf: [
            .integer(id), .optional(time), .text(source), .integer(position), .text(reason), .integer(count),
            .optional(sample), .optional(host),
        ])
    }
}

extension Store {
    /// Rejections by id.
    public func rejections() throws(StoreFault) -> [StoredRejection] {
        let statement = try connection.prepare(
            "SELECT \(StoredRejection.columns.joined(separator: ", ")) FROM rejection ORDER BY id")
        var rows: [StoredRejection] = []
        while try statement.step() {
            var row = StoredRejection(
                id: statement.integer(0), source: statement.text(2), position: statement.integer(3),
                reason: statement.text(4))
            row.time = statement.optionalInteger(1)
            row.count = statement.integer(5)
            row.sample = statement.optionalText(6)
            row.host = statement.optionalText(7)
            rows.append(row)
        }
        return rows
    }
}
