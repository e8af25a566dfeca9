import TailracePipeline

/// One size of the index: filled, probed, written and read again.
struct Size {
    private static let contents = Contents(seed: 1)
    /// Checkpoints come after so many contents.
    private static let drainedContents = 10_000
    /// Hashes of a measurement of probes: each is looked for once.
    private static let probes = 1 << 21

    let entries: Int
    private var figures: [(name: String, value: String)] = []

    /// Slots for twice the window hashes; an eighth of the memory is for exact hashes.
    private var capacityBytes: Int { entries * 32 / 7 * 8 }
    private var count: Int { entries / Contents.windows }

    init(entries: Int) throws {
        self.entries = entries
        try measure()
    }

    static func show(_ sizes: [Size]) -> String {
        guard let first = sizes.first else { return "" }
        return table(
            ["window hashes"] + sizes.map { "\($0.entries / 1_000_000) M" },
            first.figures.indices.map { at in [first.figures[at].name] + sizes.map { $0.figures[at].value } })
    }

    private mutating func note(_ name: String, _ value: Double, digits: Int = 0) {
        figures.append((name, shown(value, digits: digits)))
    }

    private mutating func measure() throws {
        let before = residentBytes()
        var index = FamilyIndex(capacityBytes: capacityBytes)
        var segments: [[UInt8]] = []
        let filling = fill(&index, into: &segments)
        let drained = segments.reduce(0) { $0 + $1.count }
        note("memory allowed, MiB", Double(capacityBytes) / 1_048_576)
        note("resident, MiB", Double(residentBytes() - before - drained) / 1_048_576)
        note("held of all hashes, %", 100 * Double(index.slotsUsed) / Double(entries + count), digits: 1)
        note("placing a new content of 32 windows, ns", filling / Double(count) * 1e9)
        note("segments of the checkpoints, MiB", Double(drained) / 1_048_576)

        for (kind, contents) in [("hit", Size.contents), ("miss", Contents(seed: 1 << 60))] {
            note("\(kind), ns per hash: one by one", probe(&index, contents, each: 1, ahead: false), digits: 1)
            note("\(kind): the 32 of a content at once", probe(&index, contents, each: 32, ahead: false), digits: 1)
            note("\(kind): and asked for one content ahead", probe(&index, contents, each: 32, ahead: true), digits: 1)
        }

        note("loading the segments of the checkpoints, s", try load(segments, index.slotsUsed), digits: 2)
        segments = []
        let writing = seconds { index.snapshot { segments.append($0) } }
        note("writing a snapshot, s", writing, digits: 2)
        note("snapshot, MiB", Double(segments.reduce(0) { $0 + $1.count }) / 1_048_576)
        let used = index.slotsUsed
        index = FamilyIndex(capacityBytes: 1024)
        note("loading the snapshot, s", try load(segments, used), digits: 2)
    }

    /// - Returns: seconds, without those of making the hashes and of writing segments.
    private func fill(_ index: inout FamilyIndex, into segments: inout [[UInt8]]) -> Double {
        var taken = 0.0
        var hashes: [[UInt64]] = []
        for start in stride(from: 0, to: count, by: Size.drainedContents) {
            let numbers = start..<min(start + Size.drainedContents, count)
            hashes.removeAll(keepingCapacity: true)
            for number in numbers {
                hashes.append([])
                Size.contents.hashes(number, into: &hashes[hashes.count - 1])
            }
            taken += seconds {
                for (number, own) in zip(numbers, hashes) {
                    _ = index.place(
                        Size.contents.fingerprint(number), own, epoch: number * 30 / count, newFamily: number + 1)
                }
            }
            if let segment = index.drainSegment() { segments.append(segment) }
        }
        return taken
    }

    private func probe(_ index: inout FamilyIndex, _ contents: Contents, each: Int, ahead: Bool) -> Double {
        var hashes: [UInt64] = []
        hashes.reserveCapacity(Size.probes)
        var number = 12345
        while hashes.count < Size.probes {
            // A stride that meets all of them in no order of memory or age.
            number = (number + 7_368_787) % count
            contents.hashes(number, into: &hashes)
        }
        let print = contents.fingerprint(0)
        var found = 0
        let taken = hashes.withUnsafeBufferPointer { hashes in
            seconds {
                for start in stride(from: 0, to: hashes.count - 2 * each, by: each) {
                    if ahead {
                        let next = hashes[(start + each)..<(start + 2 * each)]
                        index.prefetch(print, hashes: UnsafeBufferPointer(rebasing: next))
                    }
                    found += index.held(UnsafeBufferPointer(rebasing: hashes[start..<(start + each)]))
                }
            }
        }
        precondition((found > 0) == (contents.seed == Size.contents.seed))
        return taken / Double(hashes.count) * 1e9
    }

    private func load(_ segments: [[UInt8]], _ used: Int) throws -> Double {
        var index = FamilyIndex(capacityBytes: capacityBytes)
        let taken = try seconds {
            index.reserve(for: segments)
            for segment in segments { try index.load(segment: segment) }
        }
        precondition(index.slotsUsed == used)
        return taken
    }
}
