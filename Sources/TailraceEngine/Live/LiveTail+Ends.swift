internal import Dispatch
internal import TailraceConfig
internal import TailraceIngest
internal import TailraceStore

/// What becomes of sources because nothing comes: last lines, archives that are cut short, files without a name.
extension LiveTail {
    /// A closed JSON object without a line end is taken after this time of quiet.
    private static let completeNanoseconds: UInt64 = 1_000_000_000
    /// So is any last record of a file that was renamed, replaced or removed: its writer is done.
    private static let finalNanoseconds: UInt64 = 3_000_000_000
    /// And of any file.
    private static let tailNanoseconds: UInt64 = 60_000_000_000
    /// How often logs are asked whether they are silent.
    private static let silenceNanoseconds: UInt64 = 10_000_000_000
    /// A file without a name is closed after this time of quiet.
    private static let adriftNanoseconds: UInt64 = 10_000_000_000

    /// What becomes of sources because nothing comes.
    /// - Returns: something changed: a pass is due.
    public func tick() throws -> Bool {
        let now = DispatchTime.now().uptimeNanoseconds
        if now - silencesJudgedAt > Self.silenceNanoseconds {
            silencesJudgedAt = now
            judgeSilences()
            forgetIdle()
        }
        var isDue = isDirty
        for (index, entry) in followed where entry.hasTail || entry.isUnfinished || adrift.contains(index) {
            let quiet = now - min(entry.grownAt, now)
            if adrift.contains(index) { isDue = try driftOn(index, quiet) || isDue }
            if entry.hasTail { isDue = try takeTail(index, quiet) || isDue }
            if entry.isUnfinished { isDue = try giveUp(index, quiet) || isDue }
        }
        return isDue
    }

    /// Reads on; where one turn is not enough, or the daemon was asked to end, the source gets in line for more.
    private func isBehind(_ index: Int) throws -> Bool {
        guard try readTurn(index) else { return false }
        enqueue(index)
        return true
    }

    /// Reads on in a file without a name, until nothing comes.
    private func driftOn(_ index: Int, _ quiet: UInt64) throws -> Bool {
        if try isBehind(index) { return true }
        // A file that was quiet before it lost its name has its time as well.
        let nameless = DispatchTime.now().uptimeNanoseconds - (followed[index]?.adriftSince ?? 0)
        guard min(quiet, nameless) > Self.adriftNanoseconds, !(followed[index]?.hasTail ?? false) else {
            return isDirty
        }
        followed[index]?.reader = nil
        adrift.remove(index)
        if driver.ledger.isCarried(index) { driver.ledger.lose(index) }
        (isUnsettled, isDirty) = (true, true)
        return true
    }

    private func takeTail(_ index: Int, _ quiet: UInt64) throws -> Bool {
        let source = driver.ledger[index]
        let isFinal = adrift.contains(index) || source.path != source.source
        guard quiet > (isFinal ? Self.finalNanoseconds : Self.completeNanoseconds) else { return false }
        guard driver.ledger.isCarried(index), let reader = open(index) else { return false }
        // What came meanwhile first.
        if try isBehind(index) { return true }
        guard let entry = followed[index], entry.hasTail, entry.reader === reader, !entry.isUnfinished else {
            return isDirty
        }
        guard isFinal || quiet > Self.tailNanoseconds || reader.isTailComplete else { return isDirty }
        guard DispatchTime.now().uptimeNanoseconds - entry.grownAt > Self.completeNanoseconds else { return isDirty }
        _ = take(reader.finishTail(), of: index)
        return true
    }

    /// An archive that does not go on for long is cut short, unless other members follow the damaged one.
    private func giveUp(_ index: Int, _ quiet: UInt64) throws -> Bool {
        let grace = driver.configuration.truncatedAfter.components
        guard quiet > UInt64(grace.seconds) * 1_000_000_000 + UInt64(grace.attoseconds / 1_000_000_000),
            driver.ledger.isCarried(index)
        else { return false }
        // The clock alone says nothing: the process may have had no time to look. What came meanwhile first.
        if try isBehind(index) { return true }
        guard let entry = followed[index], entry.isUnfinished, let reader = entry.reader,
            DispatchTime.now().uptimeNanoseconds - entry.grownAt >= quiet
        else { return isDirty }
        entry.isUnfinished = false
        let size = reader.status.size
        if reader.giveUpMember() {
            // It grew just now: nothing of what follows was taken yet, and another reader waits for the rest.
            if reader.status.size != size { (entry.reader, entry.isUnfinished) = (nil, true) }
            queue.append(index)
            return true
        }
        if driver.ledger[index].state == "waiting" {
            driver.ledger[index].state = "truncated"
            isDirty = true
        }
        return true
    }
}
