internal import TailraceIngest

/// Files that were read to their end stay open where a daemon follows them: their writers may go on when the name is
/// gone, and what the store has of a file must never be more than is held.
extension Replay {
    /// Finds out which source each file carries. A file that has no name any more carries its own while it is open.
    func settle(_ files: [FoundFile]) -> Settlement {
        let settlement = driver.settle(files) { [self] index in
            guard let reader = kept[index] else { return nil }
            if reader.holdsWhatWasRead { return true }
            kept[index] = nil
            return false
        }
        kept = kept.filter { driver.ledger.find($0.value.status) == $0.key }
        return settlement
    }

    /// Keeps what has read a source to its end.
    func keep(_ reader: ChunkReader, at end: SourceEnd) {
        let source = end.progress.source
        // One that stops where an earlier run has sorted to cannot go on.
        guard options.isLive, !limited.contains(source), end.end == .end || end.end == .unfinished else { return }
        reader.keepsRaw = false
        kept[source] = reader
        letGo()
    }

    /// Closes what changed longest ago, beyond a number of open files and the memory for them; files without a name
    /// last, for nobody could open them again.
    func letGo() {
        var count = kept.count + streams.count
        var bytes = kept.values.reduce(0) { $0 + $1.memoryBytes } + streams.reduce(0) { $0 + $1.memoryBytes }
        var isBeyond: Bool { count > Replay.openLimit || count > 1 && bytes > driver.configuration.readerMemoryBytes }
        func close(_ source: Int) {
            bytes -= kept[source]?.memoryBytes ?? 0
            count -= 1
            kept[source] = nil
        }
        var idle = Set(kept.keys)
        var nameless: [Int] = []
        while isBeyond, let oldest = idle.min(by: { changed($0) < changed($1) }) {
            idle.remove(oldest)
            if kept[oldest]?.status.links == 0 { nameless.append(oldest) } else { close(oldest) }
        }
        for oldest in nameless where isBeyond { close(oldest) }
    }

    private func changed(_ source: Int) -> (Int64, Int) { (driver.ledger.modified(of: source) ?? 0, source) }
}
