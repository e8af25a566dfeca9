/// Who leads a family: kept outside of memory until the first copy comes.
public struct LeaderRecord: Sendable, Equatable {
    public var family: UInt32
    public var key: Hash128
    public var row: UInt32
    public var stream: Stream
    public var origin: Origin
    public var stage: Int
    public var publishedAt: Int64
    public var bytes: Int64
    public var author: UInt64
    public var relation: Relation
    /// The earlier family that a partial copy repeats; 0 = none.
    public var linked: UInt32
    public var hits: UInt32
    public var compared: UInt32
    public var item: String
    public var title: String
    public var team: String
    public var actor: String

    public func write(to writer: inout ByteWriter) {
        writer.write(family)
        writer.write(key)
        writer.write(row)
        writer.write(stream.rawValue)
        writer.write(origin.rawValue)
        writer.write(UInt16(stage))
        writer.write(publishedAt)
        writer.write(bytes)
        writer.write(author)
        writer.write(relation.rawValue)
        writer.write(linked)
        writer.write(hits)
        writer.write(compared)
        for text in [item, title, team, actor] { writer.write(contentsOf: Array(text.utf8)) }
    }

    public init(from reader: inout ByteReader) throws(StateDamage) {
        family = try reader.read()
        key = try reader.readHash()
        row = try reader.read()
        guard let stream = Stream(rawValue: try reader.read()), let origin = Origin(rawValue: try reader.read()) else {
            throw StateDamage("a leader has an unknown stream or origin")
        }
        (self.stream, self.origin) = (stream, origin)
        stage = Int(try reader.read(UInt16.self))
        publishedAt = try reader.read()
        bytes = try reader.read()
        author = try reader.read()
        guard let relation = Relation(rawValue: try reader.read()) else {
            throw StateDamage("a leader has an unknown relation")
        }
        self.relation = relation
        linked = try reader.read()
        hits = try reader.read()
        compared = try reader.read()
        item = String(decoding: try reader.readBytes(), as: UTF8.self)
        title = String(decoding: try reader.readBytes(), as: UTF8.self)
        team = String(decoding: try reader.readBytes(), as: UTF8.self)
        actor = String(decoding: try reader.readBytes(), as: UTF8.self)
    }

    init(
        family: UInt32, key: Hash128, row: UInt32, stream: Stream, origin: Origin, stage: Int, publishedAt: Int64,
        bytes: Int64, author: UInt64, relation: Relation, linked: UInt32, hits: UInt32, compared: UInt32, item: String,
        title: String, team: String, actor: String
    ) {
        (self.family, self.key, self.row, self.stream, self.origin, self.stage) = (
            family, key, row, stream, origin, stage
        )
        (self.publishedAt, self.bytes, self.author, self.relation) = (publishedAt, bytes, author, relation)
        (self.linked, self.hits, self.compared) = (linked, hits, compared)
        (self.item, self.title, self.team, self.actor) = (item, title, team, actor)
    }
}

/// A family of near-duplicates with at least one copy.
///
/// A reference: a value would be copied at each change.
final class Family {
    enum Status: UInt8, Sendable {
        case young, living, zombie

        var name: String {
            switch self {
            case .young: "young"
            case .living: "living"
            case .zombie: "zombie"
            }
        }
    }

    /// Members younger than this on average, and reads within it, decide between zombie and living (semantics.md
    /// of the product: 30 days, at most two reads of all members together).
    static let settlingSeconds: Int64 = 30 * 86_400

    let id: UInt32
    var stream: Stream
    /// Where its leader was made.
    var stage: Int
    /// Members of the latest weeks, by the stage that made them.
    var recent = WeekCounts()
    var leaderRow: UInt32
    var firstSeen: Int64
    var lastSeen: Int64
    /// Without the leader.
    var copies: Int64 = 0
    var exactCopies: Int64 = 0
    /// Sum of the members' times of publication, in seconds: their mean age follows.
    var publishedSum: Int64
    var reads: Int64
    /// The three latest reads, the latest first, in seconds; 0 = none.
    var recentReads: (Int64, Int64, Int64) = (0, 0, 0)
    var authors = ActorSet()
    /// Who read members since the first copy came.
    var readers = ActorSet()
    var bytes: Int64
    var status = Status.young
    var title: String
    var leaderItem: String

    init(leader: LeaderRecord, reads: Int64, lastRead: Int64) {
        id = leader.family
        stream = leader.stream
        stage = leader.stage
        leaderRow = leader.row
        firstSeen = leader.publishedAt
        lastSeen = leader.publishedAt
        publishedSum = leader.publishedAt
        self.reads = 0
        bytes = max(0, leader.bytes)
        title = leader.title
        leaderItem = leader.item
        authors.insert(leader.author)
        add(reads: reads, lastAt: lastRead)
    }

    /// Reads of a member from before it belonged to the family; only the time of the last one is known.
    func add(reads: Int64, lastAt: Int64) {
        self.reads += reads
        for _ in 0..<min(reads, 3) { addRead(at: lastAt, counts: false) }
    }

    func addRead(at seconds: Int64, counts: Bool = true) {
        if counts { reads += 1 }
        // A read may come out of order; the three latest stay, the latest first.
        var recent = (seconds, recentReads.0, recentReads.1)
        if recent.0 < recent.1 { recent = (recent.1, recent.0, recent.2) }
        if recent.1 < recent.2 { recent = (recent.0, recent.2, recent.1) }
        recentReads = recent
    }

    /// What the family is, as of a moment. Without any logged reads nobody can tell: young.
    func status(at seconds: Int64, hasReads: Bool) -> Status {
        let meanAge = seconds - publishedSum / (copies + 1)
        guard meanAge >= Family.settlingSeconds, hasReads else { return .young }
        return recentReads.2 > seconds - Family.settlingSeconds ? .living : .zombie
    }

    /// From when on `status` may say something else although nothing happens; `.max`: never.
    func nextChange(after seconds: Int64, hasReads: Bool) -> Int64 {
        guard hasReads else { return .max }
        let settled = publishedSum / (copies + 1) + Family.settlingSeconds
        if seconds < settled { return settled }
        let faded = recentReads.2 + Family.settlingSeconds
        return faded > seconds ? faded : .max
    }

    func row(hasReads: Bool) -> FamilyRow {
        FamilyRow(
            id: id, stream: stream, firstSeen: firstSeen, lastSeen: lastSeen, copies: copies,
            exactCopies: exactCopies, reads: hasReads ? reads : nil,
            authors: authors.count > 0 ? Int64(authors.count) : nil,
            readers: hasReads ? Int64(readers.count) : nil, bytes: bytes, status: status.name,
            title: title.isEmpty ? nil : title, leaderItem: leaderItem)
    }

    func write(to writer: inout ByteWriter) {
        writer.write(id)
        writer.write(stream.rawValue)
        writer.write(UInt16(stage))
        recent.write(to: &writer)
        writer.write(leaderRow)
        for value in [
            firstSeen, lastSeen, copies, exactCopies, publishedSum, reads, recentReads.0, recentReads.1,
            recentReads.2, bytes,
        ] { writer.write(value) }
        authors.encode(into: &writer)
        readers.encode(into: &writer)
        writer.write(status.rawValue)
        writer.write(contentsOf: Array(title.utf8))
        writer.write(contentsOf: Array(leaderItem.utf8))
    }

    init(from reader: inout ByteReader) throws(StateDamage) {
        id = try reader.read()
        stream = Stream(rawValue: try reader.read()) ?? .email
        stage = Int(try reader.read(UInt16.self))
        recent = try WeekCounts(from: &reader)
        leaderRow = try reader.read()
        firstSeen = try reader.read()
        lastSeen = try reader.read()
        copies = try reader.read()
        exactCopies = try reader.read()
        publishedSum = try reader.read()
        reads = try reader.read()
        recentReads = (try reader.read(), try reader.read(), try reader.read())
        bytes = try reader.read()
        authors = try ActorSet(from: &reader)
        readers = try ActorSet(from: &reader)
        status = Status(rawValue: try reader.read()) ?? .young
        title = String(decoding: try reader.readBytes(), as: UTF8.self)
        leaderItem = String(decoding: try reader.readBytes(), as: UTF8.self)
    }
}
