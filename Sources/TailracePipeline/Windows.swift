/// Widths of tumbling windows. All follow the configured zone: a day may have 23 or 25 hours.
public enum Grain: UInt8, CaseIterable, Sendable {
    case hour, day, week, month

    public var name: String {
        switch self {
        case .hour: "hour"
        case .day: "day"
        case .week: "week"
        case .month: "month"
        }
    }
}

/// One tumbling window, [start, end) in seconds since 1970 UTC.
public struct Window: Hashable, Comparable, Sendable {
    public var grain: Grain
    public var start: Int64
    public var end: Int64

    public init(grain: Grain, start: Int64, end: Int64) {
        self.grain = grain
        self.start = start
        self.end = end
    }

    public static func < (a: Window, b: Window) -> Bool {
        a.start != b.start ? a.start < b.start : a.grain.rawValue < b.grain.rawValue
    }

    /// The window's key in the store; ascends with time, then grain.
    public var key: Int64 { start * 4 + Int64(grain.rawValue) }
}
