import TailracePipeline

/// What a record gives: several events, events for elements of an array, or nothing.
extension FormatReader {
    /// The array whose elements are events of their own.
    mutating func readEach(_ node: YAMLNode?) -> String? {
        guard let node, let text = node.name("each", problems: &problems) else { return nil }
        if !isJSON { problems.error(node.place, "each belongs to `record: json`", mend: "leave it out") }
        checkName(text, node.place)
        each = text
        return text
    }

    /// Where the real record may lie inside of another.
    mutating func readInside(_ node: YAMLNode?, _ kind: RecordPlan.Kind) -> [String] {
        guard let node else { return [] }
        let names = node.names("inside", problems: &problems) ?? []
        switch kind {
        case .json: for name in names { checkName(name, node.place) }
        case .csv: break
        default:
            problems.error(node.place, "inside belongs to `record: json` or `csv`", mend: "leave it out")
        }
        return names
    }

    /// The character at which lines begin that are no rows.
    mutating func readComment(_ node: YAMLNode?) -> UInt8? {
        guard let node, let text = node.name("comment", problems: &problems) else { return nil }
        if !isCSV { problems.error(node.place, "comment belongs to `record: csv`", mend: "leave it out") }
        if let byte = text.utf8.first, text.utf8.count == 1, byte < 0x80 { return byte }
        problems.error(node.place, "comment cannot be \(quoted(text))", mend: "write one character in quotes")
        return nil
    }

    /// Shapes of the messages of syslog.
    mutating func readTemplates(_ node: YAMLNode?) -> [String] {
        guard let node else { return [] }
        if isCSV || isJSON {
            problems.error(node.place, "templates belong to `record: syslog` or `text`", mend: "leave them out")
        }
        var templates: [String] = []
        for item in node.items("templates", problems: &problems) ?? [] {
            guard let text = item.name("each of templates", problems: &problems) else { continue }
            if let fault = TextTemplate.fault(in: text) {
                problems.error(item.place, "\(quoted(text)) is no template: \(fault)")
            }
            templates.append(text)
        }
        return templates
    }

    mutating func readRules(_ node: YAMLNode?) -> [RecordPlan.Rule] {
        var rules: [RecordPlan.Rule] = []
        for item in node?.items("events", problems: &problems) ?? [] {
            var rule = RecordPlan.Rule(conditions: [], bindings: [])
            for entry in item.entries("each of events", problems: &problems) ?? [] {
                if entry.key == "when" {
                    rule.conditions = readConditions(entry.value)
                } else if let field = field(entry.key, entry.keyPlace) {
                    rule.bindings.append(readValue(entry.value, field))
                }
            }
            rules.append(rule)
        }
        return rules
    }

    /// In a rule a single value is the value itself; where it is found stands behind `from`.
    private mutating func readValue(_ node: YAMLNode, _ field: RecordPlan.Field) -> RecordPlan.Binding {
        if case .mapping = node.content { return readBinding(node, field) }
        // Nothing at all, whatever `fields` say.
        if node.isNull { return RecordPlan.Binding(field: field, names: []) }
        return RecordPlan.Binding(field: field, names: [], fallback: word(node, "value", of: field))
    }

    mutating func readIgnored(_ node: YAMLNode?) -> [[RecordPlan.Condition]] {
        (node?.items("ignore", problems: &problems) ?? []).map { readConditions($0) }
    }

    /// Name → the value, or the values, that it has; `!name` has none of them; `~` means: nothing is there, `*`: something.
    mutating func readConditions(_ node: YAMLNode) -> [RecordPlan.Condition] {
        var conditions: [RecordPlan.Condition] = []
        for entry in node.entries("when", problems: &problems) ?? [] {
            var name = entry.key
            let isNegated = name.hasPrefix("!")
            if isNegated { name.removeFirst() }
            checkName(name, entry.keyPlace)
            if entry.value.isNull {
                conditions.append(RecordPlan.Condition(name: name, values: nil, isNegated: !isNegated))
                continue
            }
            let values = entry.value.names("each value of \(name)", problems: &problems) ?? []
            let isAny = values == ["*"]
            conditions.append(RecordPlan.Condition(name: name, values: isAny ? nil : values, isNegated: isNegated))
        }
        if conditions.isEmpty {
            problems.error(node.place, "a condition asks nothing", mend: "write `key: value`")
        }
        return conditions
    }

    /// A name of JSON must be a path.
    mutating func checkName(_ name: String, _ place: TextPlace) {
        if !isJSON { return }
        do throws(FieldPath.Fault) {
            let path = try FieldPath(name)
            guard let at = path.steps.firstIndex(of: .each) else { return }
            let array = each.flatMap { try? FieldPath($0).steps }
            if array != Array(path.steps[..<at]) {
                problems.error(
                    place, "\(quoted(name)) speaks of each element of an array that \"each\" does not name",
                    mend: "write `each: \(name.prefix { $0 != "[" })`, or a place like `[0]`")
            }
        } catch {
            problems.error(place, "\(quoted(name)) is no path: \(error.message)")
        }
    }
}
