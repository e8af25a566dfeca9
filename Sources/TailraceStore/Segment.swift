import TailracePipeline

/// A packed, append-only piece of state: items, indexes, detectors. What views show are rows; this is the rest.
public struct Segment: Sendable, Equatable {
    /// Whose state it is, such as "items".
    public var kind: String
    /// Version of the layout of `data`; the owner migrates or recomputes, never guesses.
    public var version: Int
    public var data: [UInt8]

    public init(kind: String, version: Int, data: [UInt8]) {
        self.kind = kind
        self.version = version
        self.data = data
    }

    /// The step of FNV-1a (Fowler, Noll, Vo) over words of eight bytes instead of bytes, as segments are large. Each
    /// step is a bijection, so a change of one word is always seen. Tells damage, not malice.
    var checksum: Int64 {
        data.withUnsafeBytes { bytes in
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            func add(_ word: UInt64) {
                hash = (hash ^ word) &* 0x0000_0100_0000_01B3
                // Multiplying carries upwards only; this brings the high bits down again.
                hash ^= hash >> 32
            }
            add(UInt64(bitPattern: Int64(version)))
            add(UInt64(bytes.count))
            let whole = bytes.count & ~7
            for index in stride(from: 0, to: whole, by: 8) {
                add(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)))
            }
            for index in whole..<bytes.count { add(UInt64(bytes[index])) }
            return Int64(bitPattern: hash)
        }
    }
}

/// Leaders of the families `firstFamily`…`lastFamily`, packed.
public struct LeaderSegment: Sendable, Equatable {
    public var firstFamily: UInt32
    public var lastFamily: UInt32
    public var data: [UInt8]

    public init(firstFamily: UInt32, lastFamily: UInt32, data: [UInt8]) {
        self.firstFamily = firstFamily
        self.lastFamily = lastFamily
        self.data = data
    }
}

extension Checkpoint {
    /// Appends a segment; `Store.segments` gives it back after those of its kind that were appended before.
    public mutating func append(_ segment: Segment) throws(StoreFault) {
        let statement = try connection.cached(
            "INSERT INTO state_segment (kind, version, checksum, data) VALUES (?, ?, ?, ?)")
        try statement.run([
            .text(segment.kind), .integer(Int64(segment.version)), .integer(segment.checksum), .blob(segment.data),
        ])
    }

    /// Replaces all segments of one kind (compaction).
    public mutating func replaceSegments(_ kind: String, with segments: [Segment]) throws(StoreFault) {
        try connection.cached("DELETE FROM state_segment WHERE kind = ?").run([.text(kind)])
        for segment in segments { try append(segment) }
    }

    /// Writes leader segments; one with the same first family is replaced.
    public mutating func write(_ segments: [LeaderSegment]) throws(StoreFault) {
        if segments.isEmpty { return }
        let statement = try connection.cached(
            Checkpoint.upsertText("leader_segment", ["id", "last_family", "data"]))
        for segment in segments {
            try statement.run([
                .integer(Int64(segment.firstFamily)), .integer(Int64(segment.lastFamily)), .blob(segment.data),
            ])
        }
    }

    /// Removes the leader segments whose last family is below `family` (beyond the horizon of copies).
    public mutating func removeLeaderSegments(before family: UInt32) throws(StoreFault) {
        try connection.cached("DELETE FROM leader_segment WHERE last_family < ?").run([.integer(Int64(family))])
    }
}
