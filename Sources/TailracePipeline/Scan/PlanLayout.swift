/// Where the values that a plan asks for are kept while a record is read: one slot for each path or column.
struct PlanLayout: Sendable {
    /// Of the slots, in their order.
    private(set) var names: [String] = []
    /// Reads a record, and an element of it that is an event of its own.
    let record: JSONRecord
    let element: JSONRecord?
    /// Reads a line of syslog or text, or a message; nil for other kinds.
    private(set) var syslog: SyslogRecord?
    private(set) var mail: MailRecord?
    /// Slots that may hold the real record.
    private(set) var insideSlots: [Int] = []
    /// Slots in which a collector may have put it.
    private(set) var wrapperSlots: [Int] = []
    /// The slot of the array whose elements are events.
    private(set) var eachSlot: Int?
    /// Slots that an element fills.
    private(set) var elementSlots: [Int] = []
    /// Of a join: what names the thing, what is kept, and where that stands for later lines.
    private(set) var joinSlots: [Int] = []
    private(set) var keepSlots: [Int] = []
    private(set) var keptSlots: [Int] = []
    private let isJSON: Bool

    init(_ plan: RecordPlan) {
        let isJSON = plan.isJSON
        self.isJSON = isJSON
        var wanted = (plan.bindings + plan.rules.flatMap(\.bindings)).flatMap(\.names)
        wanted += (plan.rules.flatMap(\.conditions) + plan.ignored.flatMap { $0 }).map(\.name)
        if let each = plan.each { wanted.append(each) }
        wanted += plan.inside
        let isWrapped = plan.kind == .json && !plan.isStrict
        if isWrapped { wanted += RecordPlan.wrappers }
        if let join = plan.join {
            wanted += join.by + join.begins.map(\.name)
            wanted += join.keep.flatMap { [$0.from, "kept." + $0.name] }
        }
        var known: Set<String> = []
        let isExact = isJSON || plan.kind == .syslog || plan.kind == .text
        let names = wanted.filter { known.insert(isExact ? $0 : trimmedLowercase($0)).inserted }
        self.names = names
        let each = plan.each.flatMap { try? FieldPath($0).steps }
        eachSlot = plan.each.flatMap { names.firstIndex(of: $0) }
        guard isJSON else {
            record = JSONRecord(tree: PathTree([]))
            element = nil
            if plan.kind == .syslog || plan.kind == .text { syslog = PlanLayout.lines(plan, names) }
            if let join = plan.join {
                joinSlots = join.by.compactMap { names.firstIndex(of: $0) }
                keepSlots = join.keep.compactMap { names.firstIndex(of: $0.from) }
                keptSlots = join.keep.compactMap { names.firstIndex(of: "kept." + $0.name) }
            }
            if plan.kind == .mbox { mail = MailRecord(names: names) }
            return
        }
        var outer: [(path: FieldPath, slot: Int)] = []
        var inner: [(path: FieldPath, slot: Int)] = []
        for (slot, name) in names.enumerated() {
            guard var path = try? FieldPath(name) else { continue }
            if let each, path.steps.starts(with: each + [.each]) {
                path.steps.removeFirst(each.count + 1)
                inner.append((path, slot))
            } else {
                outer.append((path, slot))
            }
        }
        record = JSONRecord(tree: PathTree(outer))
        element = each == nil ? nil : JSONRecord(tree: PathTree(inner))
        elementSlots = inner.map(\.slot)
        insideSlots = plan.inside.compactMap { names.firstIndex(of: $0) }
        if isWrapped { wrapperSlots = RecordPlan.wrappers.compactMap { names.firstIndex(of: $0) } }
    }

    private static func lines(_ plan: RecordPlan, _ names: [String]) -> SyslogRecord {
        let hasHead = plan.kind == .syslog
        let templates = plan.templates.compactMap { text -> TextTemplate? in
            // What has a place of its own in a message is not taken from its pairs.
            let places = TextTemplate.names(text) + (hasHead ? SyslogRecord.names : ["message"])
            let pairs = names.enumerated().filter { !places.contains($1) && !$1.hasPrefix("kept.") }.map {
                (key: $1, slot: $0)
            }
            return try? TextTemplate(text, wanted: pairs) { names.firstIndex(of: $0) }
        }
        return SyslogRecord(hasHead: hasHead, templates: templates) {
            hasHead || $0 == "message" ? names.firstIndex(of: $0) : nil
        }
    }

    /// Does a rule ask for, or take, anything of an element? One that says nothing at all takes what the plan binds.
    func speaksOfElement(_ rule: RecordPlan.Rule) -> Bool {
        let names = rule.conditions.map(\.name) + rule.bindings.flatMap(\.names)
        return names.isEmpty || names.contains { name in slot(of: name).map { elementSlots.contains($0) } ?? false }
    }

    /// The slot of a name that the plan asks for.
    func slot(of name: String) -> Int? {
        isJSON || syslog != nil
            ? names.firstIndex(of: name) : names.firstIndex { trimmedLowercase($0) == trimmedLowercase(name) }
    }
}
