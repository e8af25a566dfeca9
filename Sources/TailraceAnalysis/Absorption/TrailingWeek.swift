/// What went in and out in the last 168 hours, hour by hour and exactly, in as many bytes a count as its stage needs.
struct TrailingWeek: Sendable {
    private static let hours = 168

    /// In and out by turns, little-endian, `width` bytes each; a ring.
    private var bytes = [UInt8](repeating: 0, count: 2 * TrailingWeek.hours)
    private var width: UInt8 = 1
    private var place: UInt8 = 0
    /// Sums over the last 24 and 168 hours.
    private(set) var dayIn: Int64 = 0
    private(set) var dayOut: Int64 = 0
    private(set) var weekIn: Int64 = 0
    private(set) var weekOut: Int64 = 0

    /// O(1), but for the three times at most at which counts grow out of their width.
    mutating func append(arrivals: Int64, departures: Int64) {
        let (entered, left) = (UInt32(clamping: max(0, arrivals)), UInt32(clamping: max(0, departures)))
        while width < 4, max(entered, left) >> (8 * UInt32(width)) != 0 { widen() }
        let now = Int(place)
        let yesterday = (now + Self.hours - 24) % Self.hours
        dayIn += Int64(entered) - Int64(self[2 * yesterday])
        dayOut += Int64(left) - Int64(self[2 * yesterday + 1])
        weekIn += Int64(entered) - Int64(self[2 * now])
        weekOut += Int64(left) - Int64(self[2 * now + 1])
        self[2 * now] = entered
        self[2 * now + 1] = left
        place = UInt8((now + 1) % Self.hours)
    }

    private mutating func widen() {
        var wider = TrailingWeek()
        wider.width = width * 2
        wider.bytes = [UInt8](repeating: 0, count: bytes.count * 2)
        for index in 0..<2 * Self.hours { wider[index] = self[index] }
        (bytes, width) = (wider.bytes, wider.width)
    }

    private subscript(index: Int) -> UInt32 {
        get {
            var value: UInt32 = 0
            for byte in 0..<Int(width) { value |= UInt32(bytes[index * Int(width) + byte]) << UInt32(8 * byte) }
            return value
        }
        set {
            for byte in 0..<Int(width) {
                bytes[index * Int(width) + byte] = UInt8(truncatingIfNeeded: newValue >> UInt32(8 * byte))
            }
        }
    }
}
