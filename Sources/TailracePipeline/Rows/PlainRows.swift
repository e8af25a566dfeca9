/// Rows that are not windows: the windows themselves, stages, names, families, items.

/// One window that exists, with its names in the configured zone.
public struct PeriodRow: StoreRow {
    public var window: Window
    public var dateLocal: String
    public var weekLocal: String
    public var isClosed: Bool

    public static let table = "period"
    public static let columns = ["id", "grain", "time", "width_s", "time_utc", "date_local", "week_local", "closed"]
    public func write(into row: inout RowBuffer) {
        row.append(contentsOf: [
            .integer(window.key), .text(window.grain.name), .integer(window.start), .integer(window.end - window.start),
            .text(utcText(window.start)), .text(dateLocal), .text(weekLocal), .integer(isClosed ? 1 : 0),
        ])
    }
}

/// ISO 8601 in UTC, `2026-01-05T00:00:00Z`.
public func utcText(_ seconds: Int64) -> String {
    let days = floorDivide(seconds, 86_400)
    let rest = seconds - days * 86_400
    return CivilDate(daysSince1970: days).text
        + "T\(padded(rest / 3600, 2)):\(padded(rest / 60 % 60, 2)):\(padded(rest % 60, 2))Z"
}

/// One stage and what is declared or learned about it.
public struct StageRow: StoreRow {
    public var index: Int
    public var name: String
    public var kind: String?
    public var owner: String?
    public var firstSeen: Int64?
    public var lastSeen: Int64?
    public var workers: Int64?
    public var capacityPerDay: Double?
    public var capacityLow: Double?
    public var capacityHigh: Double?
    public var capacitySource: String?
    public var toleranceDays: Double?

    public init(index: Int, name: String) { (self.index, self.name) = (index, name) }

    public static let table = "stage"
    public static let columns = [
        "id", "name", "kind", "owner", "first_seen", "last_seen", "workers", "capacity_per_day", "capacity_low",
        "capacity_high", "capacity_source", "tolerance_days",
    ]
    public func write(into row: inout RowBuffer) {
        row.append(contentsOf: [
            .integer(Int64(index)), .text(name), .optional(kind), .optional(owner), .optional(firstSeen),
            .optional(lastSeen), .optional(workers), .optional(capacityPerDay), .optional(capacityLow),
            .optional(capacityHigh), .optional(capacitySource), .optional(toleranceDays),
        ])
    }
}

/// A name that rows refer to by index.
public struct NameRow: StoreRow {
    public enum Kind: Int64, Sendable {
        case team = 1
        case result, measure, reason, category
    }
    public var kind: Kind
    public var index: Int
    public var text: String

    public init(kind: Kind, index: Int, text: String) { (self.kind, self.index, self.text) = (kind, index, text) }

    public static let table = "name"
    public static let columns = ["id", "text"]
    public func write(into row: inout RowBuffer) {
        row.append(contentsOf: [.integer(kind.rawValue << 32 | Int64(index)), .text(text)])
    }
}

/// A family with at least one copy.
public struct FamilyRow: StoreRow {
    public var id: UInt32
    public var stream: Stream
    public var firstSeen: Int64
    public var lastSeen: Int64
    public var copies: Int64
    public var exactCopies: Int64
    /// nil where no reads are logged in this stream.
    public var reads: Int64?
    public var authors: Int64?
    /// nil as `reads` is.
    public var readers: Int64?
    public var bytes: Int64
    public var status: String
    public var title: String?
    public var leaderItem: String

    public init(
        id: UInt32, stream: Stream, firstSeen: Int64, lastSeen: Int64, copies: Int64, exactCopies: Int64, reads: Int64?,
        authors: Int64?, readers: Int64?, bytes: Int64, status: String, title: String?, leaderItem: String
    ) {
        (self.id, self.stream, self.firstSeen, self.lastSeen) = (id, stream, firstSeen, lastSeen)
        (self.copies, self.exactCopies, self.reads, self.authors) = (copies, exactCopies, reads, authors)
        (self.readers, self.bytes, self.status) = (readers, bytes, status)
        (self.title, self.leaderItem) = (title, leaderItem)
    }

    public static let table = "family"
    public static let columns = [
        "id", "stream", "first_seen", "last_seen", "copies", "exact_copies", "reads", "reads_per_copy", "authors",
        "bytes", "status", "title", "leader_item", "readers",
    ]
    public func write(into row: inout RowBuffer) {
        row.append(contentsOf: [
            .integer(Int64(id)), .text(stream.name), .integer(firstSeen), .integer(lastSeen), .integer(copies),
            .integer(exactCopies), .optional(reads), .optional(reads.map { Double($0) / Double(max(copies, 1)) }),
            .optional(authors), .integer(bytes), .text(status), .optional(title), .text(leaderItem),
            .optional(readers),
        ])
    }
}

/// An item with content.
public struct ItemRow: StoreRow {
    public var id: UInt32
    public var item: String
    public var stream: Stream
    public var stage: Int
    public var team: String?
    public var owner: String?
    public var actor: String?
    public var origin: Origin
    public var publishedAt: Int64
    public var bytes: Int64?
    public var relation: String
    public var family: UInt32?
    public var containment: Double?
    /// The earlier family that a part of it is in.
    public var repeats: UInt32?
    public var containmentLow: Double?
    public var containmentHigh: Double?
    public var copies: Int64?
    public var reads: Int64?
    public var readsMissing: String?

    public static let table = "item"
    public static let columns = [
        "id", "item", "stream", "stage", "team", "owner", "actor", "origin", "published_at", "bytes", "relation",
        "family", "containment", "repeats", "containment_low", "containment_high", "copies", "reads", "reads_missing",
    ]
    public func write(into row: inout RowBuffer) {
        row.append(contentsOf: [
            .integer(Int64(id)), .text(item), .text(stream.name), .integer(Int64(stage)), .optional(team),
            .optional(owner), .optional(actor), .text(origin.name), .integer(publishedAt), .optional(bytes),
            .text(relation), .optional(family.map(Int64.init)), .optional(containment),
            .optional(repeats.map(Int64.init)), .optional(containmentLow),
            .optional(containmentHigh), .optional(copies), .optional(reads), .optional(readsMissing),
        ])
    }
}

extension ItemRow {
    /// An item of which nothing else is known.
    public init(
        id: UInt32, item: String, stream: Stream, stage: Int, origin: Origin, publishedAt: Int64, relation: String
    ) {
        self.init(
            id: id, item: item, stream: stream, stage: stage, team: nil, owner: nil, actor: nil, origin: origin,
            publishedAt: publishedAt, bytes: nil, relation: relation, family: nil, containment: nil, repeats: nil,
            containmentLow: nil, containmentHigh: nil, copies: nil, reads: nil, readsMissing: nil)
    }
}

/// Hours that a stage spent on the copies of one family.
public struct FamilyCostRow: StoreRow {
    public var family: UInt32
    public var stage: Int
    /// Milliseconds of touch time, and for how many of the handled copies it is known.
    public var touch: Int64
    public var measured: Int64
    public var handled: Int64

    public static let table = "family_cost"
    public static let columns = ["id", "family", "stage", "touch_h", "touch_low", "touch_high", "coverage"]
    public func write(into row: inout RowBuffer) {
        let hours = Double(touch) / 3_600_000
        // Touch of the unseen copies is between none and twice the mean of the seen ones.
        let unseen = measured > 0 ? hours / Double(measured) * Double(handled - measured) : 0
        row.append(contentsOf: [
            .integer(Int64(family) << 14 | Int64(stage)), .integer(Int64(family)), .integer(Int64(stage)),
            measured > 0 ? .real(hours) : .null, measured > 0 ? .real(hours) : .null,
            measured > 0 ? .real(hours + 2 * unseen) : .null,
            handled > 0 ? .real(Double(measured) / Double(handled)) : .null,
        ])
    }
}
