import TestSupport

/// What is done with archives.
extension TailFuzzer {
    mutating func pack(_ index: Int) -> [Step] {
        if let packing = logs[index].packing {
            let done = packing.done + 0.3
            if done > 1 { return finishPacking(index) }
            logs[index].packing?.done = done
            return [.deliver(packing.archive, .fraction(done))]
        }
        guard let newest = logs[index].generations.first, !newest.isArchive else { return [] }
        let path = logs[index].path(0)
        let ending = random.oneIn(2) ? ".gz" : ".zst"
        if ending == ".gz", random.oneIn(2) {
            logs[index].generations[0].ending = ending
            return [.program(["gzip", path])]
        }
        logs[index].packing = (path + ending, 0)
        return [
            .preparePacking(of: path, path + ending, ending == ".gz" ? .gzip : .zstd),
            .deliver(path + ending, .bytes(3)),
        ]
    }

    mutating func finishPacking(_ index: Int) -> [Step] {
        guard let packing = logs[index].packing else { return [] }
        let original = logs[index].path(0)
        logs[index].packing = nil
        logs[index].generations[0].ending = packing.archive.hasSuffix(".gz") ? ".gz" : ".zst"
        return [.completePacking(of: original, packing.archive)]
    }

    /// An archive of the log that nothing happens to at the moment.
    private mutating func quietArchive(_ index: Int) -> Int? {
        let log = logs[index]
        let archives = log.generations.indices.filter {
            log.generations[$0].isArchive && !log.generations[$0].isDamaged
        }
        return archives.isEmpty ? nil : random.pick(archives)
    }

    mutating func repack(_ index: Int) -> [Step] {
        guard let generation = quietArchive(index) else { return [] }
        let from = logs[index].path(generation)
        logs[index].generations[generation].ending = from.hasSuffix(".gz") ? ".zst" : ".gz"
        return [.repack(from, logs[index].path(generation), from.hasSuffix(".gz") ? .zstd : .gzip)]
    }

    mutating func appendMember(_ index: Int) -> [Step] {
        guard let generation = quietArchive(index) else { return [] }
        let path = logs[index].path(generation)
        return [.member(path, 1 + random.below(20), path.hasSuffix(".gz") ? .gzip : .zstd)]
    }

    mutating func flip(_ index: Int) -> [Step] {
        guard hasDamage, !isFull, let generation = quietArchive(index) else { return [] }
        logs[index].generations[generation].isDamaged = true
        let place = Double(random.below(1000)) / 1000
        let path = logs[index].path(generation)
        return random.oneIn(4) ? [.flip(path, place, isSeen: false)] : wake() + [.settle, .flip(path, place)]
    }

    mutating func grow() -> [Step] {
        guard let part = growing else {
            let pieces = 2 + random.below(6)
            growing = (1, pieces)
            return [
                .prepare(Self.growingPath, .gzip, lines: pieces * 10, every: 10),
                .deliver(Self.growingPath, .flushes(1)),
            ]
        }
        let done = part.done + 1
        growing = done < part.pieces ? (done, part.pieces) : nil
        return [.deliver(Self.growingPath, growing == nil ? .all : .flushes(done))]
    }
}
