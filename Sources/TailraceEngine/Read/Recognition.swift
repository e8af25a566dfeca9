internal import TailraceConfig
internal import TailracePipeline

/// Tells the format of a file by its first records, never by its name.
struct Recognition {
    /// Bytes that are looked at.
    static let headBytes = 256 << 10

    /// Nil where nothing fits.
    var definition: FormatDefinition?
    /// What was tried and why it did not fit, for the error.
    var tried: [String] = []
    /// Least event time in the head; nil where it holds no event.
    var firstTime: EventTime?
    /// Do the head's events go back in time further than the allowed lateness?
    var isUnordered = false
    /// The header row of a CSV file.
    var header: [UInt8]?

    /// - Parameters:
    ///   - head: the file's first decompressed bytes.
    ///   - isWhole: nothing follows them.
    ///   - lateness: milliseconds.
    init(
        head: [UInt8], isWhole: Bool, definitions: [FormatDefinition], named: String?, settings: ScanSettings,
        lateness: Int64
    ) {
        for candidate in definitions where named == nil || candidate.name == named {
            var scanner = RecordScanner(plan: candidate.plan, settings: settings)
            var batch = ScannedBatch()
            _ = scanner.scan(head.span, position: 0, isFinal: isWhole, into: &batch)
            let events = batch.records.filter { $0.rejection == nil }
            if let reason = Recognition.mismatch(candidate, head, events.count, header: scanner.header), named == nil {
                tried.append("\(candidate.name): \(reason)")
                continue
            }
            definition = candidate
            header = scanner.header
            firstTime = events.map(\.event.time).min()
            // As reading will see it: one event from the future is an error of its own, not of the order.
            var order = ReorderBuffer(lateness: lateness)
            let box = BatchBox(batch)
            for index in batch.records.indices where batch.records[index].rejection == nil {
                order.append(RecordRef(box, index, source: 0))
            }
            isUnordered = order.lateCount > 0
            return
        }
    }

    /// Why a head is not of this format; nil where it is.
    private static func mismatch(
        _ candidate: FormatDefinition, _ head: [UInt8], _ events: Int, header: [UInt8]?
    ) -> String? {
        let lines = head.split(separator: UInt8(ascii: "\n"), maxSplits: 20, omittingEmptySubsequences: true)
        switch candidate.plan.kind {
        case .json:
            guard let line = lines.first(where: { $0.contains { $0 > 0x20 } }),
                line.first(where: { $0 > 0x20 && $0 < 0x80 }) == UInt8(ascii: "{")
            else { return "the first record is no JSON object" }
            if events > 0 { return nil }
            // Not one good record: still this format if most of what it requires is named.
            let missing = candidate.required.filter { names in
                !names.contains { name in lines.contains { contains($0, "\"\(name)\"") } }
            }
            if missing.count * 2 <= candidate.required.count, missing.count < candidate.required.count { return nil }
            return "the first records have no " + missing.map { "`\($0[0])`" }.joined(separator: ", ")
        case .csv:
            guard let header else { return "there is no header row" }
            let names = columnNames(ofHeader: header)
            if names.count > 1, candidate.recognises(names: names) { return nil }
            let wanted = candidate.required.map { "`\($0[0])`" }.joined(separator: ", ")
            return "the header row has not all of \(wanted)"
        }
    }

    private static func contains(_ line: ArraySlice<UInt8>, _ word: String) -> Bool {
        let word = Array(word.utf8)
        guard line.count >= word.count else { return false }
        return (line.startIndex...line.endIndex - word.count).contains {
            line[$0..<$0 + word.count].elementsEqual(word)
        }
    }
}
