/// A series drawn in one line of text.
///
/// Zero is the lowest step and the series' maximum the highest. A point that is not measurable is a dot: it must not
/// look like nothing.
enum Sparkline {
    private static let steps: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    /// - Parameter width: greatest number of columns. A longer series is cut into equal runs, each shown by its
    ///   maximum, so that no peak is lost.
    static func text(_ values: [Double?], width: Int) -> String {
        guard width > 0, !values.isEmpty else { return "" }
        let points = values.count <= width ? values : runs(values, width)
        let top = points.reduce(0) { max($0, $1 ?? 0) }
        return String(points.map { step($0, top) })
    }

    private static func step(_ value: Double?, _ top: Double) -> Character {
        guard let value, value.isFinite else { return "·" }
        guard value > 0, top > 0 else { return steps[0] }
        // Anything above zero stands above the lowest step.
        return steps[1 + min(6, Int(value / top * 7))]
    }

    private static func runs(_ values: [Double?], _ width: Int) -> [Double?] {
        (0..<width).map { run in
            let slice = values[run * values.count / width..<(run + 1) * values.count / width]
            return slice.lazy.compactMap { $0 }.max()
        }
    }
}

/// A share drawn as a bar of eighths of a column.
enum Bar {
    private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

    /// - Parameter share: 0–1; beyond is cut off.
    static func text(_ share: Double, width: Int) -> String {
        guard share.isFinite, width > 0 else { return "" }
        let parts = Int((min(max(share, 0), 1) * Double(width * 8)).rounded())
        return String(repeating: "█", count: parts / 8) + eighths[parts % 8]
    }
}
