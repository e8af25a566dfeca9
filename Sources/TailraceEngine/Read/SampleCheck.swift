internal import Foundation
public import TailraceConfig
internal import TailracePipeline

extension FormatDefinition {
    /// Reads the definition's own samples; what does not come out as it says is a problem at the sample's line.
    public func checkSamples() -> [Problem] {
        samples.flatMap { sample in
            check(sample).map {
                Problem(
                    file: file, line: sample.line, column: 1, message: "format \(name): \($0)",
                    mend: "correct the sample or the definition")
            }
        }
    }

    private func check(_ sample: Sample) -> [String] {
        var settings = ScanSettings()
        // Times of samples that have no year are of this one.
        settings.latest = FormatDefinition.sampleYearEnd
        settings.originRules = .shipped
        var scanner = RecordScanner(plan: plan, settings: settings)
        var batch = ScannedBatch()
        _ = scanner.scan(Array(sample.record.utf8).span, position: 0, isFinal: true, into: &batch)
        let events = batch.records.filter { $0.rejection == nil }.map(\.event)
        let rejections = batch.records.compactMap { $0.rejection?.name }
        var problems: [String] = []
        if events.count != sample.events.count {
            problems.append("the sample gives \(events.count) events, not \(sample.events.count)")
        }
        if rejections != sample.rejections {
            problems.append("the sample gives rejections \(rejections), not \(sample.rejections)")
        }
        for (number, (event, expected)) in zip(events, sample.events).enumerated() {
            let found = fields(of: event, batch)
            for (field, value) in expected.sorted(by: { $0.key < $1.key }) {
                // Of some only the key is kept.
                let isRight: Bool
                switch field {
                case "case": isRight = event.workCase == key(value)
                case "refers_to": isRight = event.refersTo == key(value)
                case "recipient":
                    let hash = Array(value.utf8).withUnsafeBytes { sipHash($0, key: settings.recipientKey) }
                    isRight = event.recipient == (value.isEmpty ? 0 : max(1, hash))
                default: isRight = found[field] ?? "" == value
                }
                if !isRight {
                    problems.append("event \(number + 1) has \(field) `\(found[field] ?? "")`, not `\(value)`")
                }
            }
        }
        return problems
    }

    private func key(_ name: String) -> Hash128 { Array(name.utf8).withUnsafeBytes { hash128($0, seed: 0) } }

    /// The end of 2026, UTC.
    static let sampleYearEnd = EventTime(seconds: 1_798_761_599)

    /// An event in the words of the contract.
    func fields(of event: Event, _ batch: ScannedBatch) -> [String: String] {
        func text(_ range: TextRange) -> String? {
            range.isEmpty ? nil : String(decoding: batch.bytes(range), as: UTF8.self)
        }
        func number(_ value: Int64, per unit: Double) -> String? {
            value < 0 ? nil : (Double(value) / unit).formatted(.number.grouping(.never))
        }
        let milliseconds = event.time.milliseconds % 1000
        var fields: [String: String] = [
            "time": milliseconds == 0
                ? utcText(event.time.seconds)
                : utcText(event.time.seconds).dropLast() + String(format: ".%03dZ", milliseconds),
            "stream": event.stream.name, "action": event.action.name, "origin": event.origin.name,
        ]
        if event.actorKind != .unknown { fields["actor_kind"] = event.actorKind.name }
        fields["item"] = text(event.itemName)
        fields["stage"] = text(event.stage)
        fields["team"] = text(event.team)
        fields["actor"] = text(event.actor)
        fields["title"] = text(event.title)
        fields["category"] = text(event.category)
        fields["result"] = text(event.result)
        fields["reason"] = text(event.reason)
        fields["currency"] = text(event.currency)
        fields["bytes"] = number(event.bytes, per: 1)
        fields["recipients"] = number(Int64(event.recipients), per: 1)
        fields["returns"] = number(Int64(event.returns), per: 1)
        fields["since"] = event.since == .earliest ? nil : utcText(event.since.seconds)
        fields["effort"] = number(event.effort, per: 1000)
        fields["amount"] = event.amount == .min ? nil : number(event.amount, per: 10_000)
        fields["limit"] = event.limit == .min ? nil : number(event.limit, per: 10_000)
        return fields
    }
}
