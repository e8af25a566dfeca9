internal import TailraceConfig
internal import TailracePipeline
internal import TailraceStore

/// Families, from the leaders of all stores.
extension StoreMerge {
    /// Writes families, items and what handling copies took. Returns how many families there are.
    ///
    /// Memory: two indexes of fingerprints at a time, and the families with copies of all stores.
    func writeFamilies(_ names: MergedNames, to store: Store) throws -> Int64 {
        let settings = configuration.pipelineSettings
        var published: [[Int64]] = []
        var hasReads = [false, false, false]
        for input in inputs {
            var times: [Int64] = [.min]
            try input.store.forEachLeader { leader in
                while times.count <= Int(leader.family) { times.append(.min) }
                times[Int(leader.family)] = leader.publishedAt
            }
            published.append(times)
            guard let core = input.core else { continue }
            for (stream, flag) in try Pipeline.hasReads(core: core).enumerated() where flag { hasReads[stream] = true }
        }
        let stores = inputs.map(\.store)
        var families = MergedFamilies(settings: settings, published: published) { host, family in
            Driver.leader(of: family, in: stores[host])
        }
        for (place, input) in inputs.enumerated() {
            var segments: [(kind: String, data: [UInt8])] = []
            for kind in ["fingerprints", "kinships", "families", "family_costs"] {
                segments += try input.store.segments(kind).map { (kind, $0.data) }
            }
            try families.take(place, segments: segments) { input.stageNumbers[$0] }
        }
        var reads: [ItemReads] = []
        for (input, keys) in zip(inputs, families.keysOfJoined) {
            var own = ItemReads(of: keys)
            if !keys.isEmpty {
                try own.read(try input.store.segments("items").map(\.data), settings: settings)
            }
            reads.append(own)
        }
        families.settle { reads[$0][$1] }
        return try write(families, names, hasReads, to: store)
    }

    private func write(
        _ families: MergedFamilies, _ names: MergedNames, _ hasReads: [Bool], to store: Store
    ) throws -> Int64 {
        var rows = families.rows(at: inputs.compactMap { $0.lastHour?.end }.max() ?? 0, hasReads: hasReads)
        for (place, input) in inputs.enumerated() {
            for var row in try input.store.families() where !families.isKnown(row.id, in: place) {
                row.id = families.number(of: row.id, in: place)
                rows.append(row)
            }
        }
        rows.sort { $0.id < $1.id }
        try store.checkpoint { transaction in
            try transaction.upsert(rows)
            try transaction.upsert(families.costRows)
        }
        var items = try MergedItems(
            inputs, families, configuration: configuration, names: names, hasReads: hasReads)
        var part: [ItemRow] = []
        repeat {
            part.removeAll(keepingCapacity: true)
            while part.count < 10_000, let item = try items.next() { part.append(item) }
            try store.checkpoint { transaction in try transaction.upsert(part) }
        } while !part.isEmpty
        return Int64(rows.count)
    }
}
