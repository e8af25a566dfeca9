internal import TailraceConfig
internal import TailracePipeline
internal import TailraceStore

/// The items of all stores, in the order in which they appeared, with their new numbers and what they are in the merger.
struct MergedItems {
    /// One store's items: its rows, and those of leaders that led nobody there.
    private struct Way {
        let input: MergeInput
        let place: Int
        let rows: StoredItems
        /// Ascending; the first is next.
        var changes: ArraySlice<(row: UInt32, change: MergedFamilies.Change)>
        private var row: ItemRow?
        private(set) var next: ItemRow?

        init(_ input: MergeInput, _ place: Int, _ families: MergedFamilies) throws(StoreFault) {
            (self.input, self.place) = (input, place)
            rows = try input.store.items()
            changes = families.changes[place].sorted { $0.key < $1.key }.map { (row: $0.key, change: $0.value) }[...]
            row = try rows.next()
            try step(families)
        }

        mutating func step(_ families: MergedFamilies) throws(StoreFault) {
            let changed = changes.first
            if let changed, changed.row < row?.id ?? .max {
                changes.removeFirst()
                var new = ItemRow(changed.change.record)
                new.stage = input.stageNumbers[new.stage]
                if changed.change.record.linked != 0 {
                    new.repeats = families.number(of: changed.change.record.linked, in: place)
                }
                new.become(changed.change)
                new.reads = changed.change.reads
                next = new
                return
            }
            guard var own = row else {
                next = nil
                return
            }
            row = try rows.next()
            own.stage = input.stageNumbers[own.stage]
            own.family = own.family.map { families.number(of: $0, in: place) }
            own.repeats = own.repeats.map { families.number(of: $0, in: place) }
            if let changed, changed.row == own.id {
                changes.removeFirst()
                own.become(changed.change)
            }
            next = own
        }
    }

    private let families: MergedFamilies
    private let configuration: Configuration
    private let names: MergedNames
    private let hasReads: [Bool]
    private var ways: [Way]
    private var number: UInt32 = 0

    init(
        _ inputs: [MergeInput], _ families: MergedFamilies, configuration: Configuration, names: MergedNames,
        hasReads: [Bool]
    ) throws(StoreFault) {
        (self.families, self.configuration, self.names) = (families, configuration, names)
        self.hasReads = hasReads
        ways = []
        for (place, input) in inputs.enumerated() { ways.append(try Way(input, place, families)) }
    }

    /// The next item; nil after the last. Complexity: O(stores).
    mutating func next() throws(StoreFault) -> ItemRow? {
        var best: Int?
        for place in ways.indices {
            guard let item = ways[place].next else { continue }
            if let other = best, let known = ways[other].next, known.publishedAt <= item.publishedAt { continue }
            best = place
        }
        guard let best, var item = ways[best].next else { return nil }
        try ways[best].step(families)
        number += 1
        item.id = number
        item.owner = item.owner ?? configuration.stages[names.stages[item.stage].name]?.owner
        if hasReads[Int(item.stream.rawValue)] {
            (item.reads, item.readsMissing) = (item.reads ?? 0, nil)
        } else {
            (item.reads, item.readsMissing) = (nil, "read")
        }
        return item
    }
}

extension ItemRow {
    /// A leader that had no row, for it led nobody.
    init(_ record: LeaderRecord) {
        self.init(
            id: record.row, item: record.item, stream: record.stream, stage: record.stage, origin: record.origin,
            publishedAt: record.publishedAt, relation: record.relation.name)
        team = record.team.isEmpty ? nil : record.team
        actor = record.actor.isEmpty ? nil : record.actor
        bytes = record.bytes < 0 ? nil : record.bytes
    }

    /// Takes its place in a family of the merger.
    mutating func become(_ change: MergedFamilies.Change) {
        relation = change.relation.name
        family = change.family
        copies = change.copies
        // A leader that began as a part of something earlier stays that.
        guard change.relation != .leader else { return }
        repeats = nil
        if let part = change.containment, part.of > 0 {
            let interval = wilsonInterval(hits: part.hits, of: part.of)
            containment = Double(part.hits) / Double(part.of)
            (containmentLow, containmentHigh) = (interval.low, interval.high)
        } else {
            (containment, containmentLow, containmentHigh) = (1, 1, 1)
        }
    }
}
