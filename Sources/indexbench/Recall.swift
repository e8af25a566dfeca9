import TailracePipeline

/// How far back copies are found where the memory holds only a part of what the horizon would.
///
/// Each day brings as many new contents, and none comes twice: the hardest stream there is, for nothing that is met
/// again stays. After sixty days copies of contents of certain ages are placed, each with nine tenths of its windows.
enum Recall {
    private static let contents = Contents(seed: 2)
    private static let ages = [1, 3, 7, 14, 30]
    private static let contentsPerDay = 6_000
    private static let days = 60
    private static let copies = 2_000

    static func show() -> String {
        let rows = [100.0, 50, 25, 12.5].map { share in row(share) }
        return table(["memory for, % of the horizon"] + ages.map { "\($0) d" }, rows)
    }

    private static func row(_ share: Double) -> [String] {
        let hashes = contentsPerDay * 30 * Contents.windows
        var index = FamilyIndex(capacityBytes: Int(Double(hashes) * share / 100) * 16 / 7 * 8)
        var own: [UInt64] = []
        for number in 0..<(days + 1) * contentsPerDay {
            own.removeAll(keepingCapacity: true)
            contents.hashes(number, into: &own)
            _ = index.place(
                contents.fingerprint(number), own, epoch: 1 + number / contentsPerDay, newFamily: number + 1)
            if number % contentsPerDay == 0 { _ = index.drainSegment() }
        }
        return [shown(share, digits: share < 20 ? 1 : 0)] + ages.map { cell(index, age: $0) }
    }

    /// Of 100 copies: exact ones found; those with nine tenths of the windows told as near ones; and these, near or
    /// partial.
    private static func cell(_ full: FamilyIndex, age: Int) -> String {
        var (exact, near, found) = (0, 0, 0)
        var (first, second) = (full, full)
        var own: [UInt64] = []
        for copy in 0..<copies {
            let number = (days - age) * contentsPerDay + copy * (contentsPerDay / copies)
            let new = (days + 1) * contentsPerDay + copy + 1
            own.removeAll(keepingCapacity: true)
            contents.hashes(number, into: &own)
            let same = first.place(contents.fingerprint(number), own, epoch: days + 1, newFamily: new)
            exact += same.relation == .exact && Int(same.family) == number + 1 ? 1 : 0
            for at in own.indices where Contents.mix(own[at] &+ 1) % 10 == 0 { own[at] = Contents.mix(own[at]) >> 4 }
            let other = second.place(contents.fingerprint(new), own, epoch: days + 1, newFamily: new)
            guard Int(other.family) == number + 1 else { continue }
            near += other.relation == .near ? 1 : 0
            found += 1
        }
        return [exact, near, found].map { shown(100 * Double($0) / Double(copies), digits: 0) }
            .joined(separator: " / ")
    }
}
