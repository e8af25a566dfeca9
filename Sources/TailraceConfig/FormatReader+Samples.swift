import TailracePipeline

extension FormatReader {
    /// Reads the samples; whether they hold is for the scanner to say.
    mutating func readSamples(_ node: YAMLNode?) -> [FormatDefinition.Sample] {
        var samples: [FormatDefinition.Sample] = []
        for item in node?.items("samples", problems: &problems) ?? [] {
            let section = Section(item, "a sample", keys: ["record", "events", "rejected"], problems: &problems)
            let record = section.needed(
                "record", "a sample", mend: "write `record: |` and the text", problems: &problems)
            let text = record?.name("record", problems: &problems)
            var sample = FormatDefinition.Sample(record: text ?? "", events: [], rejections: [], line: item.place.line)
            for event in section["events"]?.items("events", problems: &problems) ?? [] {
                sample.events.append(readExpectation(event))
            }
            for reason in section["rejected"]?.items("rejected", problems: &problems) ?? [] {
                if let name = readReason(reason) { sample.rejections.append(name) }
            }
            if section["events"] == nil, section["rejected"] == nil {
                problems.error(
                    item.place, "a sample says nothing of its outcome", mend: "add `events:` or `rejected:`")
            }
            samples.append(sample)
        }
        return samples
    }

    private mutating func readExpectation(_ node: YAMLNode) -> [String: String] {
        var event: [String: String] = [:]
        let known = RecordPlan.Field.allCases.map(\.name)
        for entry in node.entries("each of events", problems: &problems) ?? [] {
            if known.contains(entry.key) {
                event[entry.key] = entry.value.text(entry.key, problems: &problems)
            } else {
                problems.error(
                    entry.keyPlace, "an event has no field \(quoted(entry.key))",
                    mend: suggestion(for: entry.key, among: known))
            }
        }
        return event
    }

    private mutating func readReason(_ node: YAMLNode) -> String? {
        guard let name = node.text("each of rejected", problems: &problems) else { return nil }
        let known = RejectionReason.allCases.map(\.name)
        if known.contains(name) { return name }
        problems.error(
            node.place, "there is no reason \(quoted(name))", mend: suggestion(for: name, among: known))
        return nil
    }
}
