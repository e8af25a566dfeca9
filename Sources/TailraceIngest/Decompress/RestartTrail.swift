/// The restart points behind a reader: few, and spread over what it has read.
///
/// Points with a window come at most every `spacingBytes`. A file may have a million members, so the end of a member
/// takes the place of the one before it, unless that leaves a gap. Where nobody drops points while many come, the
/// first two stay, because whoever lags behind needs them, and those between thin out.
struct RestartTrail: Sendable {
    /// Decompressed bytes between points: what a restart decodes in vain, about 10 ms.
    var spacingBytes: Int64 = 4 << 20
    /// More are thinned out: eight windows are 256 KiB, as much as the input buffer.
    var limit = 8

    /// Oldest first.
    private(set) var points: [RestartPoint] = []

    /// Is it time for a point with a window?
    func isDue(at position: Int64) -> Bool { position - (points.last?.position ?? 0) >= spacingBytes }

    /// Takes a point that has been reached. Its offset may be before that of the last: after damage the reader goes back.
    ///
    /// - Precondition: its position is not before that of the last.
    mutating func append(_ point: RestartPoint) {
        if let last = points.last {
            precondition(last.position <= point.position)
            // The point before the last, or else the start of the file, bears the gap.
            let before = points.count > 1 ? points[points.count - 2].position : 0
            if case .memberEnd = last.place, point.position - before < spacingBytes { points.removeLast() }
        }
        points.append(point)
        if points.count > limit { thin() }
    }

    /// Takes out the point whose neighbours are closest; never one of the first two or the last.
    private mutating func thin() {
        let candidates = 2..<points.count - 1
        let closest = candidates.min { a, b in
            points[a + 1].position - points[a - 1].position < points[b + 1].position - points[b - 1].position
        }
        if let closest { points.remove(at: closest) }
    }

    /// Keeps the two newest points up to a position, and all newer ones.
    mutating func drop(before position: Int64) {
        let passed = points.prefix { $0.position <= position }.count
        points.removeFirst(max(0, passed - 2))
    }

    var memoryBytes: Int { points.reduce(0) { $0 + $1.memoryBytes } }
}
