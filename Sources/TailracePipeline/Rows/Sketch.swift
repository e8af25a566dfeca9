/// A distribution of durations that can be added up exactly: counters in logarithmic buckets.
///
/// The idea is DDSketch's (Masson, Rim, Lee 2019: quantiles with relative error, fully mergeable); the buckets are
/// those of HdrHistogram: 128 to a power of two, so that the bucket of a value is integer arithmetic and every value
/// comes back within 0.4 %. Merging is adding, so the order of merging does not matter.
public struct Sketch: Sendable, Equatable {
    /// Ascending by bucket.
    private var counters: [(bucket: UInt16, count: UInt64)] = []
    public private(set) var count: UInt64 = 0
    /// Exact sum of the values, in milliseconds.
    public private(set) var sum: Int64 = 0

    public init() {}

    public static func == (a: Sketch, b: Sketch) -> Bool {
        a.sum == b.sum && a.counters.elementsEqual(b.counters) { $0 == $1 }
    }

    /// Bucket of a value: values below 256 have one each, above that 128 to a power of two.
    static func bucket(_ value: Int64) -> UInt16 {
        let value = UInt64(max(0, value))
        let shift = max(0, 64 - value.leadingZeroBitCount - 8)
        return UInt16(128 * shift) + UInt16(value >> UInt64(shift))
    }

    /// The middle of a bucket.
    static func middle(_ bucket: UInt16) -> Double {
        if bucket < 256 { return Double(bucket) }
        let shift = Int(bucket) / 128 - 1
        let low = UInt64(Int(bucket) - 128 * shift) << UInt64(shift)
        return Double(low) + Double(UInt64(1) << UInt64(shift)) / 2
    }

    /// Counts a duration in milliseconds; negative ones count as 0. Complexity: O(buckets used).
    public mutating func add(_ value: Int64) {
        add(bucket: Sketch.bucket(value), 1)
        sum += max(0, value)
    }

    private mutating func add(bucket: UInt16, _ n: UInt64) {
        count += n
        var low = 0
        var high = counters.count
        while low < high {
            let middle = (low + high) / 2
            if counters[middle].bucket < bucket { low = middle + 1 } else { high = middle }
        }
        if low < counters.count, counters[low].bucket == bucket {
            counters[low].count += n
        } else {
            counters.insert((bucket, n), at: low)
        }
    }

    public mutating func merge(_ other: Sketch) {
        if other.count == 0 { return }
        for counter in other.counters { add(bucket: counter.bucket, counter.count) }
        sum += other.sum
    }

    /// The value that a share of `q` does not exceed (nearest rank), in seconds; nil when nothing was counted.
    public func quantileSeconds(_ q: Double) -> Double? {
        guard count > 0 else { return nil }
        let rank = max(1, UInt64((q * Double(count)).rounded(.up)))
        var seen: UInt64 = 0
        for counter in counters {
            seen += counter.count
            if seen >= rank { return Sketch.middle(counter.bucket) / 1000 }
        }
        return nil
    }

    /// Sum of the values, none counted for more than a limit, in seconds; within 0.4 %.
    public func sumSeconds(atMost limit: Double) -> Double {
        counters.reduce(0) { $0 + Double($1.count) * min(limit, Sketch.middle($1.bucket) / 1000) }
    }

    func encode(into writer: inout ByteWriter) {
        writer.writeVarint(UInt64(counters.count))
        var last: UInt16 = 0
        for counter in counters {
            writer.writeVarint(UInt64(counter.bucket - last))
            writer.writeVarint(counter.count)
            last = counter.bucket
        }
        if !counters.isEmpty { writer.writeVarint(UInt64(sum)) }
    }

    init(from reader: inout ByteReader) throws(StateDamage) {
        let n = try reader.readVarint()
        var last: UInt64 = 0
        for _ in 0..<n {
            let step = try reader.readVarint()
            guard step <= UInt64(UInt16.max) - last else { throw StateDamage("a sketch has a bucket beyond its range") }
            last += step
            let n = try reader.readVarint()
            counters.append((UInt16(last), n))
            let (sum, isOverflow) = count.addingReportingOverflow(n)
            guard !isOverflow else { throw StateDamage("a sketch counts beyond its range") }
            count = sum
        }
        if n > 0 { sum = Int64(clamping: try reader.readVarint()) }
    }
}
