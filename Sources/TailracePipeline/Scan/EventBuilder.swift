/// Turns the fields found in a record into an event: decodes, checks, maps, hashes, fingerprints.
struct EventBuilder: Sendable {
    /// Names and titles beyond this are cut: they are for people and for keys, not for content.
    static let nameLimitBytes = 200
    /// The largest size that a record may declare, 1 TiB, and the longest effort, a billion seconds in milliseconds.
    /// Both are added up, and sums of millions of them have to fit 64 bits.
    static let sizeLimitBytes: Int64 = 1 << 40
    static let effortLimitMilliseconds: Int64 = 1_000_000_000_000
    /// Open items are forgotten after 400 days (semantics).
    private static let sinceLimitSeconds: Int64 = 400 * 86_400

    let isJSON: Bool
    /// Values have the types of the contract to the letter.
    let isStrict: Bool
    private let tellsStates: Bool
    private let settings: ScanSettings
    let times: TimeParser
    private let itemFrom: [RecordPlan.Field]

    /// One binding, ready for use. A class: copying a value would cost the counts of all its arrays.
    final class FieldRule: Sendable {
        /// Where there are several: the first that is present, or with `joint` all of them.
        let slots: [Int]
        let joint: [UInt8]?
        let after: [UInt8]
        let before: [UInt8]
        let absent: [[UInt8]]
        /// Patterns, and the text that each becomes.
        let map: PatternTable
        let mapped: [[UInt8]]
        let fallback: [UInt8]

        init(_ binding: RecordPlan.Binding?, slots: [Int]) {
            self.slots = slots
            joint = binding?.joint.map { Array($0.utf8) }
            after = Array((binding?.after ?? "").utf8)
            before = Array((binding?.before ?? "").utf8)
            absent = (binding?.absent ?? []).map { Array($0.utf8) }
            let pairs = MapOrder.sorted(binding?.map ?? [:])
            map = PatternTable(pairs.map(\.key))
            mapped = pairs.map { Array($0.value.utf8) }
            fallback = Array((binding?.fallback ?? "").utf8)
        }
    }
    var rules = Array(repeating: FieldRule(nil, slots: []), count: RecordPlan.Field.allCases.count)
    /// By field: its slot, -1 where the plan does not bind it, -2 where its rule names several; and does its rule say no
    /// more than that? A rule is a value with arrays, and looking at one costs its arrays' counts of references, for
    /// every field of every event.
    var slotOfField = Array(repeating: Int16(-1), count: RecordPlan.Field.allCases.count)
    var isPlain = Array(repeating: true, count: RecordPlan.Field.allCases.count)

    private let actions: WordTable
    private let streams: WordTable
    private let origins: WordTable
    private let actorKinds: WordTable

    private var memo: OriginMemo
    private var contents = ContentReader()
    /// A value with its escapes undone, where the record cannot be read in place.
    var scratch: [UInt8] = []

    /// - Parameter own: bindings that take the place of the plan's of the same fields.
    init(plan: RecordPlan, settings: ScanSettings, layout: PlanLayout, own: [RecordPlan.Binding] = []) {
        self.settings = settings
        isJSON = plan.isJSON
        isStrict = plan.isStrict
        tellsStates = plan.tellsStates
        // In the words of the contract an absent origin is unknown.
        memo = OriginMemo(plan.isStrict ? OriginRules() : settings.originRules)
        let isLine = plan.kind == .syslog || plan.kind == .text
        let usual: ZoneTable? = isJSON ? nil : isLine ? settings.localZone ?? .utc : .utc
        times = TimeParser(formats: plan.timeFormats, zone: plan.zone ?? usual)
        itemFrom = plan.itemFrom
        var maps: [RecordPlan.Field: [String: String]] = [:]
        for binding in plan.bindings + own {
            let field = Int(binding.field.rawValue)
            let slots = binding.names.compactMap { layout.slot(of: $0) }
            maps[binding.field] = binding.map
            rules[field] = FieldRule(binding, slots: slots)
            slotOfField[field] = slots.isEmpty ? -1 : slots.count == 1 ? Int16(slots[0]) : -2
            isPlain[field] =
                binding.absent.isEmpty && binding.map.isEmpty && (binding.fallback ?? "").isEmpty
                && binding.joint == nil && binding.after.isEmpty && binding.before.isEmpty
        }
        actions = WordTable(names: Action.names.map { ($0.name, $0.action.rawValue) }, map: maps[.action] ?? [:])
        streams = WordTable(names: Stream.allCases.map { ($0.name, $0.rawValue) }, map: maps[.stream] ?? [:])
        origins = WordTable(names: Origin.allCases.map { ($0.name, $0.rawValue) }, map: maps[.origin] ?? [:])
        actorKinds = WordTable(
            names: [("human", ActorKind.human.rawValue), ("automated", ActorKind.automated.rawValue)],
            map: maps[.actorKind] ?? [:])
    }

    /// The event of one record; its texts and hashes go to the batch's arenas.
    ///
    /// - Parameter near: time of the event before; tells the year where a time has none.
    mutating func build(
        _ record: Span<UInt8>, _ slots: [FieldSlot], near: EventTime, into batch: inout ScannedBatch
    ) throws(RejectionReason) -> Event {
        var event = Event()
        event.time = try time(record, slots, near)
        guard let stream = try code(.stream, streams, record, slots, unknown: .unknownStream) else {
            throw .missingStream
        }
        event.stream = Stream(rawValue: stream) ?? .email
        guard let action = try code(.action, actions, record, slots, unknown: .unknownAction) else {
            throw .missingAction
        }
        event.action = Action(rawValue: action) ?? .create
        event.origin = Origin(rawValue: try code(.origin, origins, record, slots, unknown: nil) ?? 0) ?? .unknown
        event.actorKind =
            ActorKind(rawValue: try code(.actorKind, actorKinds, record, slots, unknown: nil) ?? 0) ?? .unknown

        let workCase = try text(.workCase, record, slots, into: &batch)
        event.stage = try text(.stage, record, slots, into: &batch)
        event.itemName = try text(.item, record, slots, into: &batch)
        if event.itemName.isEmpty, !itemFrom.isEmpty {
            let joined = try joinedItem(record, slots, into: &batch)
            event.itemName = joined.name
            event.item = joined.hash
        } else if !event.itemName.isEmpty {
            event.item = hash(event.itemName, batch)
        }
        guard !event.itemName.isEmpty else { throw .missingItem }
        event.workCase = workCase.isEmpty ? event.item : hash(workCase, batch)
        let refersTo = try text(.refersTo, record, slots, into: &batch)
        event.refersTo = refersTo.isEmpty ? event.item : hash(refersTo, batch)

        event.actor = try text(.actor, record, slots, into: &batch)
        if !memo.isEmpty { try tellOrigin(record, slots, &event, &batch) }
        event.team = try text(.team, record, slots, into: &batch)
        event.category = try text(.category, record, slots, into: &batch)
        event.result = try text(.result, record, slots, into: &batch)
        event.reason = try text(.reason, record, slots, into: &batch)
        event.currency = try text(.currency, record, slots, into: &batch)
        if settings.keepsTitles { event.title = try text(.title, record, slots, into: &batch) }
        let recipient = try text(.recipient, record, slots, into: &batch)
        if !recipient.isEmpty {
            let hash = batch.text.withUnsafeBytes {
                sipHash(UnsafeRawBufferPointer(rebasing: $0[Int(recipient.start)...]), key: settings.recipientKey)
            }
            event.recipient = max(hash, 1)
            // The address itself must not stay in the arena.
            batch.text.removeSubrange(Int(recipient.start)...)
        }
        event.recipients = Int32(clamping: try number(.recipients, record, slots, decimals: 0) ?? -1)
        event.effort = try number(.effort, record, slots, decimals: 3) ?? -1
        event.bytes = try number(.bytes, record, slots, decimals: 0) ?? -1
        guard event.effort <= EventBuilder.effortLimitMilliseconds, event.bytes <= EventBuilder.sizeLimitBytes else {
            throw .badField
        }
        event.amount = try number(.amount, record, slots, decimals: 4, isSigned: true) ?? .min
        event.limit = try number(.limit, record, slots, decimals: 4, isSigned: true) ?? .min
        if tellsStates { try readState(record, slots, &event) }
        try fingerprintText(record, slots, &event, &batch)
        return event
    }

    /// What the record does not say of its origin may be told by who acts, and with what.
    private mutating func tellOrigin(
        _ record: Span<UInt8>, _ slots: [FieldSlot], _ event: inout Event, _ batch: inout ScannedBatch
    ) throws(RejectionReason) {
        guard event.origin == .unknown || event.actorKind == .unknown else { return }
        let agent = try text(.agent, record, slots, into: &batch)
        if agent.isEmpty, event.actor.isEmpty { return }
        let start = Int(event.actor.start)
        let found = memo.origin(
            actor: batch.text.span.extracting(start..<start + Int(event.actor.count)),
            agent: batch.text.span.extracting(Int(agent.start)..<Int(agent.start + agent.count)))
        batch.text.removeSubrange((batch.text.count - Int(agent.count))...)
        if found == .unknown { return }
        if event.actorKind == .unknown, found != .assisted { event.actorKind = found == .human ? .human : .automated }
        // Who makes an item tells how it was made; who reads or closes it does not.
        let makes = event.action.isContent || event.action == .schedule
        if event.origin == .unknown, makes { event.origin = found }
    }

    /// What only records have that tell how an item stands.
    private mutating func readState(
        _ record: Span<UInt8>, _ slots: [FieldSlot], _ event: inout Event
    ) throws(RejectionReason) {
        event.isState = true
        event.returns = Int32(clamping: try number(.returns, record, slots, decimals: 0) ?? -1)
        guard let since = try time(.since, record, slots, event.time) else { return }
        // An absurd one would be the age of the oldest item in the queue.
        if event.time.seconds - since.seconds <= EventBuilder.sinceLimitSeconds { event.since = since }
    }

    // MARK: - Keys and content

    /// Names are hashed as far as they are kept: equal for the first `nameLimitBytes` is equal.
    private func hash(_ range: TextRange, _ batch: ScannedBatch) -> Hash128 {
        batch.text.withUnsafeBytes {
            hash128(
                UnsafeRawBufferPointer(rebasing: $0[Int(range.start)..<Int(range.start + range.count)]), seed: 0)
        }
    }

    private mutating func joinedItem(
        _ record: Span<UInt8>, _ slots: [FieldSlot], into batch: inout ScannedBatch
    ) throws(RejectionReason) -> (name: TextRange, hash: Hash128) {
        let start = batch.text.count
        var separators: [Int] = []
        for (index, field) in itemFrom.enumerated() {
            if index > 0 {
                separators.append(batch.text.count)
                batch.text.append(0x1F)
            }
            let part = try text(field, record, slots, into: &batch)
            if part.isEmpty { return (.none, .none) }
        }
        let range = TextRange(start: UInt32(start), count: UInt32(batch.text.count - start))
        let key = hash(range, batch)
        // The key needs a separator that no name holds; people would rather see a stroke.
        for index in separators { batch.text[index] = UInt8(ascii: "/") }
        return (range, key)
    }

    private mutating func fingerprintText(
        _ record: Span<UInt8>, _ slots: [FieldSlot], _ event: inout Event, _ batch: inout ScannedBatch
    ) throws(RejectionReason) {
        let found = slot(.text, slots)
        guard found.kind != .absent else { return }
        guard found.kind == .string else {
            if isStrict { throw .badField }
            return
        }
        let range = Int(found.start)..<Int(found.end)
        guard !range.isEmpty else { return }
        if found.isEscaped {
            scratch.removeAll(keepingCapacity: true)
            if isJSON {
                appendUnescapedJSON(record, from: range.lowerBound, to: range.upperBound, into: &scratch)
            } else {
                appendUnquotedCSV(record, from: range.lowerBound, to: range.upperBound, isEscaped: true, into: &scratch)
            }
            // Taken out for the while: what reads it changes other parts of the builder.
            let text = scratch
            scratch = []
            takeContent(text.span, &event, &batch)
            scratch = text
        } else {
            takeContent(record.extracting(range), &event, &batch)
        }
    }

    private mutating func takeContent(_ text: Span<UInt8>, _ event: inout Event, _ batch: inout ScannedBatch) {
        if event.bytes < 0 { event.bytes = Int64(text.count) }
        event.fingerprint = contents.read(text, of: event.stream, into: &batch.hashes)
        guard let wanted = settings.wantedContents, event.action.isContent, wanted.contains(event.item) else { return }
        let bytes = text.withUnsafeBytes { Array($0) }
        batch.contents.append(ScannedBatch.Content(item: event.item, time: event.time, bytes: bytes))
    }
}
