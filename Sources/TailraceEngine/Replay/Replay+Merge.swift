internal import TailraceIngest
internal import TailracePipeline
internal import TailraceStore

/// From streams to the driver: one total order, and what became of each source.
extension Replay {
    func merge() throws {
        // Those that were open when an earlier run ended are opened first.
        planned.sort {
            ($0.pending == nil ? 1 : 0, $0.firstTime, $0.source) > ($1.pending == nil ? 1 : 0, $1.firstTime, $1.source)
        }
        while !StopFlag.shared.isRaised {
            if let first = planned.last,
                streams.isEmpty || first.pending != nil || first.firstTime <= (leastHead ?? .max)
            {
                if streams.count >= Replay.openLimit || !hasRoom {
                    let rest = planned
                    planned.removeAll()
                    tell(
                        .note,
                        "more than \(streams.count) files overlap in time; \(rest.count) are sorted first")
                    try openSorted(rest)
                } else {
                    open(planned.removeLast())
                }
                continue
            }
            if let (stream, until) = try nextStream() {
                try drain(stream, until: until)
            } else if planned.isEmpty {
                return
            }
        }
    }

    /// Decoders may take a quarter of the memory: a zstd frame can want 128 MiB.
    private var hasRoom: Bool {
        streams.reduce(0) { $0 + $1.memoryBytes } < driver.configuration.readerMemoryBytes
    }

    private var leastHead: Int64? { streams.compactMap { $0.head?.time }.min() }

    /// The stream with the next record, and the place up to which it alone is read.
    private func nextStream() throws -> (stream: any RecordStream, until: OrderKey?)? {
        for (index, stream) in streams.enumerated().reversed() where stream.head == nil {
            // Half of a sorted file is no end: nothing more is committed, and the same command begins again from there.
            if let fault = stream.fault { throw fault }
            streams.remove(at: index)
            close(stream)
        }
        var best: (any RecordStream, OrderKey)?
        var second: OrderKey?
        for stream in streams {
            guard let head = stream.head else { continue }
            if let known = best, known.1 < head {
                second = min(second ?? head, head)
            } else {
                if let known = best { second = min(second ?? known.1, known.1) }
                best = (stream, head)
            }
        }
        guard let best else { return nil }
        if let file = planned.last {
            let opens = OrderKey(time: file.firstTime, source: -1, position: 0)
            second = min(second ?? opens, opens)
        }
        return (best.0, second)
    }

    private func drain(_ stream: any RecordStream, until: OrderKey?) throws {
        while !StopFlag.shared.isRaised, let head = stream.head, until.map({ head < $0 }) ?? true {
            let ref = stream.take()
            if let skip = skips[ref.source], skip > 0 {
                // Applied before the kill: the store has it.
                skips[ref.source] = skip - 1
                continue
            }
            stream.peek { driver.prefetch($0) }
            driver.apply(ref)
            if ref.isEvent {
                totals.events += 1
                try driver.advance(to: ref.time - driver.lateness, onFault: wait)
            } else {
                totals.rejected += 1
            }
            totals.bytes += ref.batch.batch.records[Int(ref.index)].length
            if driver.isCheckpointDue { try driver.checkpoint(onFault: wait) }
            if (totals.events + totals.rejected) & 0x3FFF == 0 { report() }
        }
    }

    func report(alsoRead: Int64 = 0) {
        let open = streams.reduce(Int64(0)) { $0 + $1.compressedPosition }
        onProgress(doneBytes + open + alsoRead, totalBytes)
    }

    func close(_ stream: any RecordStream) {
        for end in stream.ends {
            // All of it is applied; the verdict follows when everything is.
            driver.note(end.progress)
            finished.append(end)
            if let reader = stream.reader { keep(reader, at: end) }
        }
        doneBytes += stream.compressedPosition
    }

    /// Verdicts: after everything is applied, in the order of sources.
    func finishSources() {
        for end in finished.sorted(by: { $0.progress.source < $1.progress.source }) {
            totals.compressedBytes += end.compressedPosition
            let index = end.progress.source
            let path = driver.ledger[index].path
            if driver.ledger[index].sortLimit != nil {
                driver.ledger[index].sortLimit = nil
                if limited.remove(index) != nil {
                    // It may hold more than it did when it was sorted first.
                    driver.ledger[index].modified = nil
                    isGrown = true
                }
            }
            driver.settleVerdict(index, end.end, isLive: options.isLive)
            switch end.end {
            case .unfinished where !options.isLive:
                tell(.warning, "\(path): the archive is cut short; everything before the cut was read")
            case .unreadable(let reason): tell(.error, "\(path): \(reason)")
            default: break
            }
            if end.lateCount > 0 {
                tell(
                    .note,
                    "\(path): \(end.lateCount) events stand further behind than the allowed lateness and count "
                        + "as late; replay into a new store with --sort to have them in order")
            }
            for fault in end.progress.faults.prefix(1) {
                let place = "at byte \(fault.offset)"
                tell(
                    .warning,
                    fault.kind == .corrupt
                        ? "\(path): damaged \(place) (\(fault.reason)); what is whole before and after was read"
                        : "\(path): \(fault.reason) \(place)")
            }
        }
        finished.removeAll()
    }
}
