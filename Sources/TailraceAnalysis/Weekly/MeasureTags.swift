internal import TailracePipeline

/// A tag of the logs that a measure is split by.
public struct MeasureTag: Sendable, Hashable {
    /// Tells the tags of one measure apart in the store; below 256.
    public var index: Int
    public var text: String

    /// For what has no tag, and for what is not told apart. Behind all of `Pipeline.tagLimit`.
    static let none = MeasureTag(index: 254, text: "(none)")
    static let other = MeasureTag(index: 255, text: Pipeline.otherTag)
}

/// The tags of one kind: finds their names, and tells the largest of them apart.
struct MeasureTags {
    /// Tags of a measure that are shown for a stage and week; the others are one, `(other)`.
    private static let shown = 15

    private let byKey: [UInt64: MeasureTag]

    /// - Parameter names: by index.
    init(_ names: [String]) {
        var found: [UInt64: MeasureTag] = [:]
        for (index, name) in names.enumerated() where name != Pipeline.otherTag {
            found[Pipeline.tagKey(name)] = MeasureTag(index: index, text: name)
        }
        byKey = found
    }

    /// The counts by tag, the largest first, and behind them those of what is not told apart and of what has no tag.
    func split(_ tally: Tally) -> [(tag: MeasureTag, count: Int64)] {
        var named: [(tag: MeasureTag, count: Int64)] = []
        var (other, none) = (tally.rest, Int64(0))
        for entry in tally.entries {
            if entry.key == 0 {
                none += entry.count
            } else if let tag = byKey[entry.key] {
                named.append((tag, entry.count))
            } else {
                other += entry.count
            }
        }
        named.sort { ($1.count, $0.tag.text) < ($0.count, $1.tag.text) }
        other += named.dropFirst(MeasureTags.shown).reduce(0) { $0 + $1.count }
        named = Array(named.prefix(MeasureTags.shown))
        if other > 0 { named.append((.other, other)) }
        if none > 0 { named.append((.none, none)) }
        return named
    }

    /// The counts under tags that another tally was split by.
    func split(_ tally: Tally, like tags: [MeasureTag]) -> [MeasureTag: Int64] {
        let shown = Set(tags)
        var counts: [MeasureTag: Int64] = [.other: tally.rest]
        for entry in tally.entries {
            let tag = entry.key == 0 ? .none : byKey[entry.key] ?? .other
            counts[shown.contains(tag) ? tag : .other, default: 0] += entry.count
        }
        return counts
    }
}
