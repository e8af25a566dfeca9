extension SimulatedStage {
    /// 2024-01-01 00:00 UTC, a Monday, in seconds since 1970.
    static let start: Int64 = 1_704_067_200

    /// One item's stay in the stage.
    public struct Visit: Sendable {
        /// Milliseconds since 1970 UTC; the end is nil where the simulation ended before.
        public var arrivedAt: Int64
        public var finishedAt: Int64?
        /// Who finished it.
        public var server: Int

        /// A moment never leaves its hour by rounding.
        static func moment(_ hour: Int, _ share: Double) -> Int64 {
            (SimulatedStage.start + Int64(hour) * 3600) * 1000 + Int64(min(max(share, 0) * 3_600_000, 3_599_999))
        }
    }

    /// The visits as a log in the format `tailrace`: a `schedule` and a `complete` each, in order of time, items that come
    /// before those that go at the same moment. O(n log n).
    public func events(stage: String) -> [UInt8] {
        var moments: [(at: Int64, isEnd: Bool, item: Int)] = []
        for (item, visit) in visits.enumerated() {
            moments.append((visit.arrivedAt, false, item))
            if let end = visit.finishedAt { moments.append((end, true, item)) }
        }
        moments.sort { ($0.at, $0.isEnd ? 1 : 0, $0.item) < ($1.at, $1.isEnd ? 1 : 0, $1.item) }
        var log: [UInt8] = []
        for moment in moments {
            let action = moment.isEnd ? "complete\",\"actor\":\"p\(visits[moment.item].server)" : "schedule"
            log += Array(
                "{\"time\":\(moment.at),\"stream\":\"ticket\",\"action\":\"\(action)\",\"item\":\"\(stage)-\(moment.item)\",\"stage\":\"\(stage)\"}\n"
                    .utf8)
        }
        return log
    }
}
