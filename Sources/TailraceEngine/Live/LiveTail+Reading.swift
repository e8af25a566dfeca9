internal import Dispatch
internal import Foundation
internal import TailraceConfig
internal import TailraceIngest
internal import TailracePipeline
internal import TailraceStore

/// One source at a time: opening, reading on, ends.
extension LiveTail {
    /// Files that are kept open; others are opened again when they grow.
    private static let openLimit = 64
    /// A source gives way to the next one after so many chunks.
    private static let turnChunks = 16
    private static let chunkBytes = 256 << 10

    /// Reads on, as far as one turn goes.
    /// - Parameter isLast: also when the daemon has been asked to end.
    /// - Returns: there is more to read.
    func readTurn(_ index: Int, isLast: Bool = false) throws -> Bool {
        guard driver.ledger.isCarried(index), let reader = open(index) else { return false }
        let status = reader.status
        followed[index]?.guardBuffer.expect(Int64(Date().timeIntervalSince1970 * 1000))
        for _ in 0..<Self.turnChunks where isLast || !StopFlag.shared.isRaised {
            let chunk = reader.next()
            guard take(chunk, of: index) else { return false }
            if chunk.end != .more {
                // As it was before the last bytes were read: what came meanwhile is news.
                driver.ledger[index].size = status.size
                driver.ledger[index].modified = chunk.end == .end || chunk.end == .unfinished ? status.modified : nil
                return false
            }
        }
        return true
    }

    /// Applies what a step of reading gave.
    /// - Returns: false where the file holds another log now: nothing of the chunk counts.
    func take(_ chunk: ScannedChunk, of index: Int) -> Bool {
        if chunk.end == .replaced {
            // Another log, or damage: its content tells.
            followed[index]?.reader = nil
            driver.ledger[index].modified = nil
            (isUnsettled, isDirty) = (true, true)
            return false
        }
        let before = driver.ledger[index]
        let box = BatchBox(chunk)
        for record in chunk.batch.records.indices {
            followed[index]?.guardBuffer.append(RecordRef(box, record, source: index))
            applyReady(index)
        }
        let now = DispatchTime.now().uptimeNanoseconds
        if !chunk.batch.records.isEmpty { followed[index]?.newsAt = now }
        if chunk.compressedPosition != followed[index]?.readOffset {
            followed[index]?.readOffset = chunk.compressedPosition
            followed[index]?.grownAt = now
        }
        followed[index]?.hasTail = chunk.tailBytes > 0
        followed[index]?.isUnfinished = chunk.end == .unfinished
        settle(index, chunk)
        isDirty = isDirty || driver.ledger[index] != before || !chunk.batch.records.isEmpty
        return true
    }

    private func applyReady(_ index: Int) {
        while followed[index]?.guardBuffer.nextTime != nil, let ref = followed[index]?.guardBuffer.takeNext() {
            driver.apply(ref)
            if ref.isEvent {
                let time = ref.time
                let latest = followed[index]?.latest ?? .min
                followed[index]?.latest = max(latest, time)
            }
        }
    }

    /// How far the source is applied, and how it fares.
    private func settle(_ index: Int, _ chunk: ScannedChunk) {
        guard let entry = followed[index] else { return }
        let held = entry.guardBuffer.pendingStart
        var progress = SourceProgress(
            source: index, base: held ?? (chunk.resumePosition, chunk.endTime), position: chunk.position,
            tailBytes: chunk.tailBytes, carrier: chunk.carrier, faults: chunk.faults)
        if held != nil {
            progress.pending = entry.guardBuffer.state(until: chunk.resumePosition)
            progress.pending?.latest = entry.latest
        }
        let wasDamaged = driver.ledger[index].damage != nil
        driver.note(progress)
        driver.settleVerdict(index, chunk.end, isLive: true)
        if let damage = driver.ledger[index].damage, !wasDamaged {
            driver.raiseDamage(of: index)
            tellOnce(.warning, "\(driver.ledger[index].path): damaged: \(damage)")
        }
        if let remark = driver.ledger[index].remark { tellOnce(.warning, "\(driver.ledger[index].path): \(remark)") }
        var source = driver.ledger[index]
        source.behindBytes = max(0, (entry.reader?.status.size ?? source.size ?? 0) - chunk.compressedPosition)
        if let last = source.lastEventTime, !chunk.batch.records.isEmpty {
            source.lagSeconds = Date().timeIntervalSince1970 - Double(last)
        }
        driver.ledger[index] = source
    }

    // MARK: - Opening

    func open(_ index: Int) -> ChunkReader? {
        follow(index)
        if let reader = followed[index]?.reader { return reader }
        driver.isStale = false
        do throws(ReadFault) {
            var (reader, mark) = try known(index)
            if reader == nil { (reader, mark) = try identified(index) }
            if driver.isStale || reader.map({ !driver.isCarried(index, by: $0.status) || !$0.holds(mark) }) ?? false {
                (driver.isStale, isUnsettled) = (false, true)
                return nil
            }
            reader?.isLive = true
            // The place that was reached says more than the head by which the file was told.
            let reached = driver.ledger[index].mark.flatMap { reader?.holds($0) == true ? $0 : nil }
            reader?.proven = reached ?? mark
            followed[index]?.reader = reader
            if reader != nil { noteOpened(index) }
            isDirty = isDirty || reader == nil
            return reader
        } catch {
            guard FileStatus(path: driver.ledger[index].path).map({ driver.isCarried(index, by: $0) }) ?? false else {
                isUnsettled = true
                return nil
            }
            tellOnce(.error, "\(error)")
            if driver.ledger[index].state != "unreadable" { isDirty = true }
            driver.fail(index, error)
            return nil
        }
    }

    /// Opens a file that was open before: its format is known, and the bytes before the place prove what it is.
    private func known(_ index: Int) throws(ReadFault) -> (ChunkReader?, CarrierMark) {
        let source = driver.ledger[index]
        guard let entry = followed[index], let format = entry.format,
            let definition = driver.configuration.definitions.first(where: { $0.name == format }),
            let mark = source.mark, source.pending == nil
        else { return (nil, .none) }
        guard try FileDescriptor(path: source.path).carries(mark) else { return (nil, .none) }
        var place = ReadingPlace(position: source.basePosition ?? 0, header: entry.header)
        place.lastTime = source.baseTime.map { EventTime(milliseconds: $0) } ?? .earliest
        place.prefix = driver.ladder(of: index) ?? PrefixLadder()
        place.points = driver.restartPoints(of: index)
        let reader = try ChunkReader(
            path: source.path, plan: definition.plan, settings: driver.configuration.scanSettings,
            chunkBytes: Self.chunkBytes, place: place)
        return (reader, mark)
    }

    private func identified(_ index: Int) throws(ReadFault) -> (ChunkReader?, CarrierMark) {
        guard let file = try driver.identify(index, format: nil, tell: tellOnce) else { return (nil, .none) }
        if let pending = file.pending {
            followed[index]?.guardBuffer = ReorderBuffer(lateness: 0, resuming: pending)
        }
        followed[index]?.format = file.definition.name
        followed[index]?.header = file.place.header
        let reader = try ChunkReader(
            path: file.path, plan: file.definition.plan, settings: driver.configuration.scanSettings,
            chunkBytes: Self.chunkBytes, place: file.place)
        return (reader, file.mark)
    }

    /// Closes what has been quiet longest, beyond a number of open files and the memory for them. Files without a name
    /// stay open: nobody could open them again.
    private func noteOpened(_ index: Int) {
        opened = opened.filter { $0 != index && followed[$0]?.reader != nil } + [index]
        var idle = opened.filter { $0 != index && !adrift.contains($0) }
            .sorted { (followed[$0]?.grownAt ?? 0, $0) > (followed[$1]?.grownAt ?? 0, $1) }
        var count = opened.count
        var bytes = opened.reduce(0) { $0 + (followed[$1]?.reader?.memoryBytes ?? 0) }
        while count > Self.openLimit || bytes > driver.configuration.readerMemoryBytes, let oldest = idle.popLast() {
            bytes -= followed[oldest]?.reader?.memoryBytes ?? 0
            count -= 1
            followed[oldest]?.reader = nil
        }
    }

    /// Goes on where a replay has ended, with its readers: opened anew by its name, a file that was removed meanwhile
    /// would be lost.
    func goOn(with readers: [Int: ChunkReader]) {
        // What is known of the others is older than what the replay has read.
        followed = followed.filter { $0.value.reader != nil && $0.value.reader === readers[$0.key] }
        for (index, reader) in readers.sorted(by: { $0.key < $1.key }) {
            follow(index).reader = reader
            noteOpened(index)
        }
    }

    /// Keeps the files open that changed last: one that is removed then is still read to its end.
    func openNewest() throws {
        let newest = driver.ledger.indices.filter { driver.ledger.isCarried($0) && driver.ledger[$0].copyOf == nil }
            .sorted { (driver.ledger[$0].modified ?? 0, $0) > (driver.ledger[$1].modified ?? 0, $1) }
        for index in newest.prefix(Self.openLimit) where driver.isBegun(driver.ledger[index]) {
            _ = try readTurn(index)
        }
    }
}
