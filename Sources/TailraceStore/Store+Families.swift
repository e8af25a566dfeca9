public import TailracePipeline

/// What a merger reads of a store's families.
extension Store {
    /// Families by number, also those that the state has forgotten.
    public func families() throws(StoreFault) -> [FamilyRow] {
        let statement = try connection.prepare(
            """
            SELECT id, stream, first_seen, last_seen, copies, exact_copies, reads, authors, bytes, status, title,
                leader_item, readers FROM family ORDER BY id
            """)
        var rows: [FamilyRow] = []
        while try statement.step() {
            rows.append(
                FamilyRow(
                    id: UInt32(clamping: statement.integer(0)), stream: Stream(stored: statement.text(1)),
                    firstSeen: statement.integer(2), lastSeen: statement.integer(3), copies: statement.integer(4),
                    exactCopies: statement.integer(5), reads: statement.optionalInteger(6),
                    authors: statement.optionalInteger(7), readers: statement.optionalInteger(12),
                    bytes: statement.integer(8), status: statement.text(9), title: statement.optionalText(10),
                    leaderItem: statement.text(11)))
        }
        return rows
    }

    /// Goes through the leaders of all families in the order of their numbers. Complexity: O(leaders), one at a time.
    public func forEachLeader(_ body: (LeaderRecord) -> Void) throws(StoreFault) {
        let statement = try connection.prepare("SELECT id, data FROM leader_segment ORDER BY id")
        while try statement.step() {
            var reader = ByteReader(statement.blob(1))
            do {
                while !reader.isAtEnd { body(try LeaderRecord(from: &reader)) }
            } catch {
                throw StoreFault.damagedState(path, "leader segment \(statement.integer(0))", error)
            }
        }
    }

    /// The items in order of their numbers, one at a time.
    public func items() throws(StoreFault) -> StoredItems {
        StoredItems(
            try connection.prepare("SELECT \(ItemRow.columns.joined(separator: ", ")) FROM item ORDER BY id"))
    }
}

/// A way through a store's items.
public struct StoredItems {
    private let statement: Statement

    init(_ statement: Statement) { self.statement = statement }

    /// The next item; nil after the last.
    public func next() throws(StoreFault) -> ItemRow? {
        guard try statement.step() else { return nil }
        var row = ItemRow(
            id: UInt32(clamping: statement.integer(0)), item: statement.text(1),
            stream: Stream(stored: statement.text(2)), stage: Int(statement.integer(3)),
            origin: Origin.allCases.first { $0.name == statement.text(7) } ?? .unknown,
            publishedAt: statement.integer(8), relation: statement.text(10))
        row.team = statement.optionalText(4)
        row.owner = statement.optionalText(5)
        row.actor = statement.optionalText(6)
        row.bytes = statement.optionalInteger(9)
        row.family = statement.optionalInteger(11).map { UInt32(clamping: $0) }
        row.containment = statement.optionalReal(12)
        row.repeats = statement.optionalInteger(13).map { UInt32(clamping: $0) }
        row.containmentLow = statement.optionalReal(14)
        row.containmentHigh = statement.optionalReal(15)
        row.copies = statement.optionalInteger(16)
        row.reads = statement.optionalInteger(17)
        row.readsMissing = statement.optionalText(18)
        return row
    }
}

extension Stream {
    init(stored name: String) { self = Stream.allCases.first { $0.name == name } ?? .email }
}
