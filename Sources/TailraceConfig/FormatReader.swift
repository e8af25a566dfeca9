import TailracePipeline

/// Reads the tree of a format definition and compiles it; what is wrong is collected.
struct FormatReader {
    var problems: ProblemList
    private var bindings: [RecordPlan.Binding] = []
    var isCSV = false
    var isJSON = false
    /// The array of `each`, as it is written.
    var each: String?

    init(problems: ProblemList) { self.problems = problems }

    static let keys = [
        "format", "description", "record", "order", "separator", "timezone", "times", "fields", "constants",
        "item_from", "required", "samples", "types", "each", "events", "ignore", "templates", "comment",
        "tells", "inside", "join",
    ]

    mutating func read(_ root: YAMLNode?) -> FormatDefinition {
        let section = Section(root, "the definition", keys: FormatReader.keys, problems: &problems)
        let name = readName(section)
        let kind = readKind(section)
        // The clocks of all the people who write mails do not agree.
        var plan = RecordPlan(kind: kind, bindings: [], isOrdered: !isCSV && kind != .mbox)
        if let order = section["order"]?.word("order", as: Order.self, problems: &problems) {
            plan.isOrdered = order == .time
        }
        plan.zone = section["timezone"]?.zone("timezone", problems: &problems)
        plan.timeFormats = readTimes(section["times"])
        plan.isStrict = section["types"]?.word("types", as: Types.self, problems: &problems) == .strict
        plan.tellsStates = section["tells"]?.word("tells", as: Tells.self, problems: &problems) == .states
        plan.inside = readInside(section["inside"], kind)
        plan.each = readEach(section["each"])
        plan.templates = readTemplates(section["templates"])
        plan.join = readJoin(section["join"], kind)
        plan.comment = readComment(section["comment"])
        for entry in section["fields"]?.entries("fields", problems: &problems) ?? [] { readField(entry) }
        for entry in section["constants"]?.entries("constants", problems: &problems) ?? [] { readConstant(entry) }
        for node in section["item_from"]?.items("item_from", problems: &problems) ?? [] {
            if let field = boundField(node, "item_from") { plan.itemFrom.append(field) }
        }
        plan.bindings = bindings
        plan.rules = readRules(section["events"])
        plan.ignored = readIgnored(section["ignore"])
        demandFields(section, plan)
        demandKept(section, plan)
        if !plan.tellsStates { refuseStates(section, plan) }
        let required = readRequired(section["required"], plan)
        return FormatDefinition(
            name: name, description: section["description"]?.text("description", problems: &problems) ?? "",
            plan: plan, required: required, samples: readSamples(section["samples"]), file: problems.file)
    }

    private enum Tells: String, CaseIterable { case changes, states }
    private enum Types: String, CaseIterable { case strict, loose }
    private enum Order: String, CaseIterable { case time, none }
    private enum RecordKind: String, CaseIterable { case json, csv, syslog, text, mbox }

    private mutating func readName(_ section: Section) -> String {
        guard
            let node = section.needed(
                "format", "the definition", mend: "write `format: my-format`", problems: &problems),
            let name = node.name("format", problems: &problems)
        else { return "" }
        let isGood = name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
        if !isGood || name.utf8.count > 64 {
            problems.error(
                node.place, "the name \(quoted(name)) cannot be used", mend: "use a–z, 0–9 and `-`, 64 at most")
        }
        return name
    }

    private mutating func readKind(_ section: Section) -> RecordPlan.Kind {
        let node = section.needed(
            "record", "the definition", mend: "write `record: json` or `csv`", problems: &problems)
        let kind = node?.word("record", as: RecordKind.self, problems: &problems)
        isCSV = kind == .csv
        isJSON = kind == .json || section["inside"] != nil
        guard let node = section["separator"] else {
            switch kind {
            case .csv: return .csv(separator: nil)
            case .syslog: return .syslog
            case .text: return .text
            case .mbox: return .mbox
            case .json, nil: return .json
            }
        }
        if !isCSV { problems.error(node.place, "separator belongs to `record: csv`", mend: "leave it out") }
        let text = node.text("separator", problems: &problems) ?? "auto"
        switch text {
        case "auto": return isCSV ? .csv(separator: nil) : .json
        case "tab": return isCSV ? .csv(separator: UInt8(ascii: "\t")) : .json
        default:
            if let byte = text.utf8.first, text.utf8.count == 1, byte < 0x80, byte != 0x22, byte != 10, byte != 13 {
                return isCSV ? .csv(separator: byte) : .json
            }
            problems.error(
                node.place, "separator cannot be \(quoted(text))", mend: "write one character in quotes, tab, or auto")
            return .csv(separator: nil)
        }
    }

    /// Formats of times; every `%` must stand before a letter that the scanner knows.
    private mutating func readTimes(_ node: YAMLNode?) -> [String] {
        var formats: [String] = []
        for item in node?.items("times", problems: &problems) ?? [] {
            guard let format = item.name("each of times", problems: &problems) else { continue }
            var rest = format[...]
            while let percent = rest.firstIndex(of: "%") {
                let letter = rest[percent...].dropFirst().first
                if let letter, "YymdeHIMSfpbzZ%".contains(letter) {
                    rest = rest[percent...].dropFirst(2)
                    continue
                }
                problems.error(
                    item.place, "the time format \(quoted(format)) has an unknown `%\(letter.map(String.init) ?? "")`",
                    mend: "known are: %Y %y %m %d %e %H %I %M %S %f %p %b %z %Z")
                break
            }
            formats.append(format)
        }
        return formats
    }

    // MARK: - Fields

    mutating func field(_ name: String, _ place: TextPlace) -> RecordPlan.Field? {
        if let field = RecordPlan.Field.allCases.first(where: { $0.name == name }) { return field }
        problems.error(
            place, "an event has no field \(quoted(name))",
            mend: suggestion(for: name, among: RecordPlan.Field.allCases.map(\.name)))
        return nil
    }

    /// A field named in a list, which `fields` or `constants` must fill.
    private mutating func boundField(_ node: YAMLNode, _ what: String) -> RecordPlan.Field? {
        guard let name = node.name("each of \(what)", problems: &problems), let field = field(name, node.place)
        else { return nil }
        if bindings.contains(where: { $0.field == field }) { return field }
        problems.error(
            node.place, "\(what) names \(quoted(name)), which no key of fields fills", mend: "add it to fields")
        return nil
    }

    private mutating func readField(_ entry: YAMLNode.Entry) {
        guard let field = field(entry.key, entry.keyPlace) else { return }
        bindings.append(readBinding(entry.value, field))
    }

    /// A name, a list of names, or a mapping that says more.
    mutating func readBinding(_ node: YAMLNode, _ field: RecordPlan.Field) -> RecordPlan.Binding {
        var binding = RecordPlan.Binding(field: field, names: [])
        guard case .mapping = node.content else {
            binding.names = names(node, field)
            return binding
        }
        let section = Section(
            node, "field \(field.name)", keys: ["from", "join", "with", "after", "before", "map", "default", "absent"],
            problems: &problems)
        if let from = section["from"] { binding.names = names(from, field) }
        if let join = section["join"] {
            if section["from"] != nil {
                problems.error(join.place, "field \(field.name) has \"from\" and \"join\"", mend: "leave one out")
            }
            binding.names = names(join, field)
            binding.joint = section["with"].map { $0.text("with", problems: &problems) ?? "" } ?? "/"
        } else if let with = section["with"] {
            problems.error(with.place, "\"with\" stands between the names of \"join\"", mend: "leave it out")
        }
        binding.after = section["after"]?.name("after", problems: &problems) ?? ""
        binding.before = section["before"]?.name("before", problems: &problems) ?? ""
        readMap(section["map"], into: &binding)
        binding.fallback = section["default"].flatMap { word($0, "default", of: field) }
        binding.absent = section["absent"]?.names("absent", problems: &problems) ?? []
        if binding.names.isEmpty, binding.fallback == nil {
            problems.error(node.place, "field \(field.name) has no \"from\"", mend: "name a key of the record")
        }
        return binding
    }

    private mutating func names(_ node: YAMLNode, _ field: RecordPlan.Field) -> [String] {
        let names = node.names("field \(field.name)", problems: &problems) ?? []
        for name in names { checkName(name, node.place) }
        return names
    }

    private mutating func readMap(_ node: YAMLNode?, into binding: inout RecordPlan.Binding) {
        var seen: Set<String> = []
        for pair in node?.entries("map", problems: &problems) ?? [] {
            guard let value = word(pair.value, "map", of: binding.field) else { continue }
            if !seen.insert(foldedName(pair.key)).inserted {
                problems.error(
                    pair.keyPlace, "\(quoted(pair.key)) is in the map already",
                    mend: "upper and lower case are the same here")
            }
            binding.map[pair.key] = value
        }
    }

    private mutating func readConstant(_ entry: YAMLNode.Entry) {
        guard let field = field(entry.key, entry.keyPlace), let value = word(entry.value, "constant", of: field)
        else { return }
        if bindings.contains(where: { $0.field == field }) {
            problems.error(
                entry.keyPlace, "\(entry.key) is filled by fields already", mend: "use `default` there instead")
            return
        }
        bindings.append(RecordPlan.Binding(field: field, names: [], fallback: value))
    }

    /// A text for a field; where the field takes only certain words, one of those.
    mutating func word(_ node: YAMLNode, _ what: String, of field: RecordPlan.Field) -> String? {
        guard let text = node.name("\(what) of \(field.name)", problems: &problems) else { return nil }
        guard let known = FormatReader.words(of: field), !known.contains(text) else { return text }
        problems.error(
            node.place, "\(field.name) cannot be \(quoted(text))", mend: suggestion(for: text, among: known))
        return nil
    }

    private static func words(of field: RecordPlan.Field) -> [String]? {
        switch field {
        case .stream: Stream.allCases.map(\.name)
        case .action: Action.names.map(\.name)
        case .origin: Origin.allCases.map(\.name)
        case .actorKind: ["human", "automated", "unknown"]
        default: nil
        }
    }

    // MARK: - What makes a definition whole

    private mutating func demandFields(_ section: Section, _ plan: RecordPlan) {
        // What each of the events fills stands for the record.
        let always = plan.rules.first.map { Set($0.bindings.map(\.field)) } ?? []
        let shared = plan.rules.dropFirst().reduce(always) { $0.intersection($1.bindings.map(\.field)) }
        let filled = Set(plan.bindings.map(\.field)).union(shared)
        for field in [RecordPlan.Field.time, .stream, .action] where !filled.contains(field) {
            problems.error(
                section.place, "nothing fills \(quoted(field.name))",
                mend: field == .time ? "add it to fields" : "add it to fields or constants")
        }
        if !filled.contains(.item), plan.itemFrom.isEmpty {
            problems.error(section.place, "nothing fills \"item\"", mend: "add it to fields, or write item_from")
        }
    }

    /// What only states can tell.
    private mutating func refuseStates(_ section: Section, _ plan: RecordPlan) {
        let filled = (plan.bindings + plan.rules.flatMap(\.bindings)).map(\.field)
        for field in RecordPlan.Field.ofStates where filled.contains(field) {
            problems.error(
                section.place, "only a record that tells a state has \(quoted(field.name))",
                mend: "write `tells: states`, or leave it out")
        }
    }

    /// The names of which a record needs one, for each field that no record can do without.
    private mutating func readRequired(_ node: YAMLNode?, _ plan: RecordPlan) -> [[String]] {
        if isCSV, !plan.inside.isEmpty, node == nil { return [plan.inside] }
        var fields: [RecordPlan.Field] = []
        if let node {
            for item in node.items("required", problems: &problems) ?? [] {
                if let field = boundField(item, "required") { fields.append(field) }
            }
        } else {
            fields = [.time, .stream, .action] + (plan.itemFrom.isEmpty ? [.item] : plan.itemFrom)
        }
        return fields.compactMap { field in
            let binding = plan.bindings.first { $0.field == field }
            guard let binding, !binding.names.isEmpty, binding.fallback == nil || node != nil else { return nil }
            return binding.names
        }
    }
}

/// ASCII lower case without white space around: how CSV columns and mapped words are compared.
func foldedName(_ text: String) -> String {
    let bytes = text.utf8.drop { $0 <= 0x20 }.map { (65...90).contains($0) ? $0 | 0x20 : $0 }
    return String(decoding: bytes[..<((bytes.lastIndex { $0 > 0x20 } ?? -1) + 1)], as: UTF8.self)
}
