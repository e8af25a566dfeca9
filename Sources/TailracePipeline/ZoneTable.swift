/// The offsets of a time zone from UTC, as a sorted table: a look-up needs no library and always gives the same.
public struct ZoneTable: Sendable, Equatable {
    /// From `start` on (seconds since 1970 UTC), local time is UTC + `offset` seconds.
    public struct Span: Sendable, Equatable {
        public var start: Int64
        public var offset: Int32

        public init(start: Int64, offset: Int32) {
            self.start = start
            self.offset = offset
        }
    }

    /// The IANA name, for people.
    public let name: String
    /// Ascending by start; the first begins before any event time.
    public let spans: [Span]

    /// - Precondition: `spans` is not empty and ascends.
    public init(name: String, spans: [Span]) {
        precondition(!spans.isEmpty && zip(spans, spans.dropFirst()).allSatisfy { $0.start < $1.start })
        self.name = name
        self.spans = spans
    }

    public static let utc = ZoneTable(name: "UTC", spans: [Span(start: .min, offset: 0)])

    /// Index of the span that holds the moment. Complexity: O(log n).
    func index(at seconds: Int64) -> Int {
        var low = 0
        var high = spans.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if spans[middle].start <= seconds { low = middle } else { high = middle }
        }
        return low
    }

    /// Seconds to add to UTC at this moment to get local time.
    public func offset(at seconds: Int64) -> Int64 { Int64(spans[index(at: seconds)].offset) }

    /// The moment a local clock shows `local` (seconds since 1970 as if UTC).
    ///
    /// Where the clock shows it twice, the earlier moment; where it skips it, the moment after the gap's length.
    public func moment(local: Int64) -> Int64 {
        let before = offset(at: local - 86_400)
        let candidate = local - before
        if offset(at: candidate) == before { return candidate }
        let after = offset(at: local + 86_400)
        let second = local - after
        return offset(at: second) == after ? second : candidate
    }
}
