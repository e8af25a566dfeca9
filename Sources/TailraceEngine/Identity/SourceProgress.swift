internal import Foundation
internal import TailraceIngest
internal import TailracePipeline
internal import TailraceStore

/// How far a source is applied, and all that is needed to go on from there.
struct SourceProgress {
    var source: Int
    /// Where reading goes on, and the event time of the last good record before it.
    var base: (position: Int64, time: EventTime)
    /// Decompressed bytes read, up to the end of a record.
    var position: Int64
    /// Records between the two places that wait for their turn; nil where none do.
    var pending: ReorderState?
    /// Bytes without a line end behind the last record.
    var tailBytes = 0
    var carrier: CarrierState
    var faults: [ArchiveFault] = []
}

extension StoredSource {
    /// What the file has before the place that was reached; nil where nothing of this file was read.
    var mark: CarrierMark? {
        get {
            guard let markOffset, let markHash else { return nil }
            return CarrierMark(offset: markOffset, hash: UInt64(bitPattern: markHash))
        }
        set {
            markOffset = newValue?.offset
            markHash = newValue.map { Int64(bitPattern: $0.hash) }
        }
    }
}

extension Driver {
    /// Takes over how far a source is, to be committed with what was applied.
    func note(_ progress: SourceProgress) {
        var source = ledger[progress.source]
        source.position = progress.position
        source.basePosition = progress.base.position
        source.baseTime = progress.base.time == .earliest ? nil : progress.base.time.milliseconds
        source.outputs = 0
        source.tailBytes = Int64(progress.tailBytes)
        source.pending = progress.pending?.encoded
        if progress.carrier.prefix.count > 0 {
            source.prefix = progress.carrier.prefix.encoded
            source.packing = progress.carrier.packing.rawValue
            source.mark = progress.carrier.mark
        }
        for fault in progress.faults {
            let text = "\(fault.reason) at byte \(fault.offset) of the file"
            switch fault.kind {
            case .corrupt: source.damage = source.damage ?? text
            case .trailingGarbage: source.remark = source.remark ?? text
            }
        }
        ledger[progress.source] = source
        if source.prefix != nil {
            placed[progress.source] = nil
            undecided[progress.source] = nil
        }
        ledger.keep(
            progress.carrier.points, of: progress.source, before: progress.base.position,
            at: Int64(Date().timeIntervalSince1970))
    }
}

extension Driver {
    /// A source was sorted to its present end: it is taken up to there, whatever is appended meanwhile, and begun
    /// again from the same place after a kill.
    func noteSorted(_ end: SourceEnd) {
        let index = end.progress.source
        ledger[index].sortLimit = ledger[index].sortLimit ?? end.progress.position
        ledger[index].outputs = ledger[index].outputs ?? 0
        ledger[index].prefix = end.progress.carrier.prefix.encoded
        ledger[index].packing = end.progress.carrier.packing.rawValue
        ledger[index].mark = end.progress.carrier.mark
    }

    /// The file cannot be read; it is tried again, from the same place, whenever it is looked at.
    func fail(_ index: Int, _ fault: ReadFault) {
        ledger[index].state = "unreadable"
        ledger[index].detail = fault.reason
        ledger[index].modified = nil
    }

    /// How a source fares that was read to its present end.
    func settleVerdict(_ index: Int, _ end: ScannedChunk.End, isLive: Bool) {
        var source = ledger[index]
        source.detail = source.remark
        switch end {
        case .more: source.state = "reading"
        case .end, .replaced: source.state = "ok"
        case .unfinished:
            source.state = isLive ? "waiting" : "truncated"
            source.detail = "ends inside an archive member, after \(source.position) bytes of content"
        case .unreadable(let reason):
            (source.state, source.detail) = ("unreadable", reason)
            source.modified = nil
        }
        if let damage = source.damage, source.state != "unreadable" {
            (source.state, source.detail) = ("corrupt", damage)
        }
        ledger[index] = source
    }
}
