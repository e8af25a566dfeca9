import TailracePipeline

/// Lines that speak of one thing.
extension FormatReader {
    mutating func readJoin(_ node: YAMLNode?, _ kind: RecordPlan.Kind) -> RecordPlan.Join? {
        guard let node else { return nil }
        if kind != .syslog, kind != .text {
            problems.error(node.place, "join belongs to `record: syslog` or `text`", mend: "leave it out")
        }
        let section = Section(node, "join", keys: ["by", "keep", "begins"], problems: &problems)
        let by = section.needed("by", "join", mend: "name what tells the lines of one thing", problems: &problems)
        var join = RecordPlan.Join(by: by?.names("by", problems: &problems) ?? [], keep: [], begins: [])
        for entry in section["keep"]?.entries("keep", problems: &problems) ?? [] {
            guard let from = entry.value.name("keep", problems: &problems) else { continue }
            join.keep.append((entry.key, from))
        }
        if let by, join.by.isEmpty {
            problems.error(by.place, "by is empty: all lines would be of one thing", mend: "write `by: [host, queue]`")
        }
        if join.keep.isEmpty || join.keep.count > 16 {
            problems.error(
                node.place, "join keeps nothing, or more than 16 values", mend: "write `keep: {sender: from}`")
        }
        if let begins = section["begins"] { join.begins = readConditions(begins) }
        return join
    }

    /// What is asked for has to be kept.
    mutating func demandKept(_ section: Section, _ plan: RecordPlan) {
        let known = plan.join?.keep.map { "kept." + $0.name } ?? []
        let bindings = plan.bindings + plan.rules.flatMap(\.bindings)
        let conditions = plan.rules.flatMap(\.conditions) + plan.ignored.flatMap { $0 }
        for name in bindings.flatMap(\.names) + conditions.map(\.name)
        where name.hasPrefix("kept.") && !known.contains(name) && !isJSON {
            problems.error(
                section.place, "nothing keeps \(quoted(String(name.dropFirst(5))))", mend: "add it to `keep` of join")
        }
    }
}
