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

    /// Share of the head's records that the format understands, 0 to 1.
    var confidence = 0.0

    /// Bytes by which the candidates are compared; the one that is found sees the whole head.
    private static let trialBytes = 64 << 10
    /// A format that understands so many of the records is taken before the others are tried.
    private static let certainty = 0.95
    /// Below this a file is not taken for a format by chance.
    private static let leastShare = 0.1

    /// - Parameters:
    ///   - head: the file's first decompressed bytes.
    ///   - isWhole: nothing follows them.
    ///   - lateness: milliseconds.
    init(
        head: [UInt8], isWhole: Bool, definitions: [FormatDefinition], named: String?, settings: ScanSettings,
        lateness: Int64
    ) {
        let trial = Recognition.trial(head, isWhole: isWhole)
        for candidate in definitions where named == nil || candidate.name == named {
            let fit = Fit(candidate, trial.bytes, isWhole: trial.isWhole, settings)
            if let reason = fit.mismatch, named == nil {
                tried.append("\(candidate.name): \(reason)")
                continue
            }
            guard definition == nil || fit.share > confidence else { continue }
            (definition, confidence) = (candidate, fit.share)
            if named != nil || fit.share >= Recognition.certainty { break }
        }
        if let definition { look(head, isWhole: isWhole, definition, settings, lateness) }
    }

    /// What each definition makes of the head.
    static func compare(
        head: [UInt8], isWhole: Bool, definitions: [FormatDefinition], settings: ScanSettings
    ) -> [FormatComparison.Candidate] {
        let trial = trial(head, isWhole: isWhole)
        return definitions.map { definition in
            let fit = Fit(definition, trial.bytes, isWhole: trial.isWhole, settings)
            return FormatComparison.Candidate(name: definition.name, share: fit.share, mismatch: fit.mismatch)
        }
    }

    /// The head's first lines.
    private static func trial(_ head: [UInt8], isWhole: Bool) -> (bytes: [UInt8], isWhole: Bool) {
        guard head.count > trialBytes, let end = head[..<trialBytes].lastIndex(of: UInt8(ascii: "\n")) else {
            return (head, isWhole)
        }
        return (Array(head[...end]), true)
    }

    /// Reads the head as the format that was found.
    private mutating func look(
        _ head: [UInt8], isWhole: Bool, _ definition: FormatDefinition, _ settings: ScanSettings, _ lateness: Int64
    ) {
        var scanner = RecordScanner(plan: definition.plan, settings: settings)
        var batch = ScannedBatch()
        _ = scanner.scan(head.span, position: 0, isFinal: isWhole, into: &batch)
        header = scanner.header
        // As reading will see it: one event from the future is an error of its own, not of the order.
        var order = ReorderBuffer(lateness: lateness)
        let box = BatchBox(batch)
        for index in batch.records.indices where batch.records[index].rejection == nil {
            let time = batch.records[index].event.time
            firstTime = min(firstTime ?? time, time)
            order.append(RecordRef(box, index, source: 0))
        }
        isUnordered = order.lateCount > 0
    }

    /// How well one format understands a head.
    private struct Fit {
        /// Share of the records that are events or known to say nothing.
        var share = 0.0
        /// Why the head is not of this format; nil where it is.
        var mismatch: String?

        init(_ candidate: FormatDefinition, _ head: [UInt8], isWhole: Bool, _ settings: ScanSettings) {
            let lines = head.split(separator: UInt8(ascii: "\n"), maxSplits: 20, omittingEmptySubsequences: true)
            if candidate.plan.kind == .json {
                let line = lines.first { $0.contains { $0 > 0x20 } }
                guard let first = line?.first(where: { $0 > 0x20 && $0 < 0x80 }), first == 0x7B || first == 0x5B else {
                    mismatch = "the file begins with no JSON object or array"
                    return
                }
            }
            var scanner = RecordScanner(plan: candidate.plan, settings: settings)
            var batch = ScannedBatch()
            _ = scanner.scan(head.span, position: 0, isFinal: isWhole, into: &batch)
            // Of the events that one record gave, the first has its length.
            let events = batch.records.reduce(0) { $0 + ($1.rejection == nil && $1.length > 0 ? 1 : 0) }
            let rejected = batch.records.reduce(0) { $0 + ($1.rejection != nil && $1.length > 0 ? 1 : 0) }
            let all = events + rejected + batch.ignored
            share = all == 0 ? 0 : Double(events + batch.ignored) / Double(all)
            switch candidate.plan.kind {
            case .syslog, .text, .mbox:
                if share >= Recognition.leastShare { return }
                mismatch = "it understands \(Int(share * 100)) % of the first \(all) records"
            case .json:
                // A log may begin with much that says nothing: pings, warnings, connections.
                if share >= Recognition.leastShare || (events > 0 && candidate.plan.isStrict) { return }
                mismatch = Fit.missing(candidate, lines, all: all, share: share)
            case .csv:
                guard let header = scanner.header else {
                    mismatch = "there is no header row"
                    return
                }
                let names = columnNames(ofHeader: header)
                if names.count > 1, candidate.recognises(names: names) { return }
                let wanted = candidate.required.map { "`\($0[0])`" }.joined(separator: ", ")
                mismatch = "the header row has not all of \(wanted)"
            }
        }

        /// Not one good record: still this format if most of what it requires is named.
        private static func missing(
            _ candidate: FormatDefinition, _ lines: [ArraySlice<UInt8>], all: Int, share: Double
        ) -> String? {
            guard candidate.plan.rules.isEmpty, candidate.plan.each == nil else {
                return "it understands \(Int(share * 100)) % of the first \(all) records"
            }
            let missing = candidate.required.filter { names in
                !names.contains { name in lines.contains { contains($0, "\"\(name)\"") } }
            }
            if missing.count * 2 <= candidate.required.count, missing.count < candidate.required.count { return nil }
            return "the first records have no " + missing.map { "`\($0[0])`" }.joined(separator: ", ")
        }

        private static func contains(_ line: ArraySlice<UInt8>, _ word: String) -> Bool {
            let word = Array(word.utf8)
            guard line.count >= word.count else { return false }
            return (line.startIndex...line.endIndex - word.count).contains {
                line[$0..<$0 + word.count].elementsEqual(word)
            }
        }
    }
}
