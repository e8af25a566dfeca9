/// What a store holds of the numbered events.
struct StoreContent: Equatable {
    var events = 0
    var rejected = 0
    /// From here on only where `isWhole` was asked for.
    var arrivals = 0
    var duplicates = 0
    /// Items that the windows count.
    var outputs = 0
    /// Numbers of the content items.
    var items: Set<Int> = []
    /// Content items without a number of ours.
    var foreignItems = 0

    /// - Parameter isWhole: false reads the totals of the sources alone, which is cheap.
    /// - Returns: nil while there is no store that can be read.
    init?(_ path: String, isWhole: Bool) {
        guard let reader = try? PlainReader(path) else { return nil }
        do {
            // One state of the store, whatever is written meanwhile.
            _ = try reader.rows("BEGIN")
            try read(reader, isWhole: isWhole)
        } catch {
            return nil
        }
    }

    private mutating func read(_ reader: PlainReader, isWhole: Bool) throws {
        let sources = try reader.rows("SELECT total(events), total(rejected) FROM v1_sources")[0]
        (events, rejected) = (sources[0].integer, sources[1].integer)
        guard isWhole else { return }
        let flow = try reader.rows("SELECT total(arrivals), total(duplicates) FROM v1_flow WHERE grain = 'hour'")[0]
        (arrivals, duplicates) = (flow[0].integer, flow[1].integer)
        outputs = try reader.rows("SELECT total(items) FROM v1_output WHERE grain = 'hour'")[0][0].integer
        for row in try reader.rows("SELECT item FROM v1_items") {
            if let number = NumberedEvent.number(item: row[0].text[...]) {
                items.insert(number)
            } else {
                foreignItems += 1
            }
        }
    }

    /// Rows of a question as text, one string a row.
    static func rows(_ path: String, _ sql: String) -> [String] {
        let rows = try? PlainReader(path).rows(sql)
        return (rows ?? []).map { $0.map(\.text).joined(separator: " | ") }
    }
}
