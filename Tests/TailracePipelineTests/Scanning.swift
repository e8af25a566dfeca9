import TestSupport

@testable import TailracePipeline

extension RecordPlan {
    /// The product's own format: every field under its own name.
    static func tailrace(kind: Kind = .json) -> RecordPlan {
        RecordPlan(kind: kind, bindings: Field.allCases.map { Binding(field: $0, names: [$0.name]) })
    }
}

/// A scanned record as text: everything that the two arenas and the fixed part say of it.
func describe(_ record: ScannedRecord, in batch: ScannedBatch) -> String {
    func text(_ range: TextRange) -> String { String(decoding: batch.bytes(range), as: UTF8.self) }
    let place = "\(record.position)+\(record.length)"
    let event = record.event
    if let reason = record.rejection {
        return "\(place) \(reason.name) at \(event.time.milliseconds) |\(text(record.sample))|"
    }
    let names = [
        event.itemName, event.stage, event.team, event.actor, event.title, event.category, event.result, event.reason,
        event.currency,
    ].map(text)
    let print = event.fingerprint.map { print in
        let hashes = batch.hashes[Int(print.firstHash)..<Int(print.firstHash + print.hashCount)]
        return "\(print.exact) \(print.letters) \(print.level) \(Array(hashes))"
    }
    return """
        \(place) \(event.time.milliseconds) \(event.stream) \(event.action) \(event.origin) \(event.actorKind) \
        \(event.item) \(event.workCase) \(event.refersTo) \(names) \(event.recipient) \(event.bytes) \
        \(event.recipients) \(event.effort) \(event.amount) \(event.limit) \(print ?? "no content")
        """
}

/// Scans a text that comes in pieces, as a reader hands it over: what is not consumed comes again with the next one.
func scan(
    _ bytes: [UInt8], _ plan: RecordPlan, limit: Int = 4 << 20, pieces: (Int) -> Int = { _ in .max }
) -> [String] {
    var scanner = RecordScanner(plan: plan, settings: ScanSettings(recordLimitBytes: limit))
    var records: [String] = []
    var (start, end) = (0, 0)
    while true {
        let wanted = max(1, pieces(end))
        end = wanted >= bytes.count - end ? bytes.count : end + wanted
        var batch = ScannedBatch()
        let isFinal = end == bytes.count
        start += scanner.scan(
            bytes[start..<end].span, position: Int64(start), isFinal: isFinal, into: &batch)
        records += batch.records.map { describe($0, in: batch) }
        if isFinal { return start == bytes.count ? records : records + ["\(bytes.count - start) bytes left"] }
    }
}

/// Scans one text whole; the batch keeps the events.
func scanBatch(_ text: String, _ plan: RecordPlan = .tailrace(), settings: ScanSettings = ScanSettings())
    -> ScannedBatch
{
    var scanner = RecordScanner(plan: plan, settings: settings)
    var batch = ScannedBatch()
    _ = scanner.scan(Array(text.utf8).span, position: 0, isFinal: true, into: &batch)
    return batch
}

/// What became of each record: its rejection, or nil.
func rejections(_ text: String, _ plan: RecordPlan = .tailrace()) -> [RejectionReason?] {
    scanBatch(text, plan).records.map(\.rejection)
}
