/// Turns the fields found in a record into an event: decodes, checks, maps, hashes, fingerprints.
struct EventBuilder: Sendable {
    /// Names and titles beyond this are cut: they are for people and for keys, not for content.
    static let nameLimitBytes = 200
    /// The largest size that a record may declare, 1 TiB, and the longest effort, a billion seconds in milliseconds.
    /// Both are added up, and sums of millions of them have to fit 64 bits.
    static let sizeLimitBytes: Int64 = 1 << 40
    static let effortLimitMilliseconds: Int64 = 1_000_000_000_000

    let isJSON: Bool
    private let settings: ScanSettings
    private let times: TimeParser
    private let itemFrom: [RecordPlan.Field]

    /// One binding, ready for use.
    private struct FieldRule: Sendable {
        var absent: [[UInt8]] = []
        var map: [(from: [UInt8], to: [UInt8])] = []
        var fallback: [UInt8] = []
    }
    private var rules = Array(repeating: FieldRule(), count: RecordPlan.Field.allCases.count)
    /// By field: its slot, -1 where the plan does not bind it; and does its rule say no more than that? A rule is a
    /// value with arrays, and looking at one costs its arrays' counts of references, for every field of every event.
    private var slotOfField = Array(repeating: Int8(-1), count: RecordPlan.Field.allCases.count)
    private var isPlain = Array(repeating: true, count: RecordPlan.Field.allCases.count)

    private let actions: WordTable
    private let streams: WordTable
    private let origins: WordTable
    private let actorKinds: WordTable

    private var fingerprinter = Fingerprinter()
    /// A value with its escapes undone, where the record cannot be read in place.
    private var scratch: [UInt8] = []

    init(plan: RecordPlan, settings: ScanSettings) {
        self.settings = settings
        isJSON = plan.kind == .json
        times = TimeParser(formats: plan.timeFormats, zone: plan.zone ?? (isJSON ? nil : .utc))
        itemFrom = plan.itemFrom
        var maps: [RecordPlan.Field: [String: String]] = [:]
        for (index, binding) in plan.bindings.enumerated() {
            maps[binding.field] = binding.map
            rules[Int(binding.field.rawValue)] = FieldRule(
                absent: binding.absent.map { Array($0.utf8) },
                map: binding.map.sorted { $0.key < $1.key }.map {
                    (Array(trimmedLowercase($0.key).utf8), Array($0.value.utf8))
                },
                fallback: Array((binding.fallback ?? "").utf8))
            slotOfField[Int(binding.field.rawValue)] = Int8(index)
            isPlain[Int(binding.field.rawValue)] =
                binding.absent.isEmpty && binding.map.isEmpty && (binding.fallback ?? "").isEmpty
        }
        actions = WordTable(names: Action.names.map { ($0.name, $0.action.rawValue) }, map: maps[.action] ?? [:])
        streams = WordTable(names: Stream.allCases.map { ($0.name, $0.rawValue) }, map: maps[.stream] ?? [:])
        origins = WordTable(names: Origin.allCases.map { ($0.name, $0.rawValue) }, map: maps[.origin] ?? [:])
        actorKinds = WordTable(
            names: [("human", ActorKind.human.rawValue), ("automated", ActorKind.automated.rawValue)],
            map: maps[.actorKind] ?? [:])
    }

    /// The event of one record; its texts and hashes go to the batch's arenas.
    mutating func build(
        _ record: Span<UInt8>, _ slots: [FieldSlot], into batch: inout ScannedBatch
    ) throws(RejectionReason) -> Event {
        var event = Event()
        event.time = try time(record, slots)
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
        try fingerprintText(record, slots, &event, &batch)
        return event
    }

    // MARK: - Values

    private func slot(_ field: RecordPlan.Field, _ slots: [FieldSlot]) -> FieldSlot {
        let index = Int(slotOfField[Int(field.rawValue)])
        return index < 0 ? FieldSlot() : slots[index]
    }

    private func fallback(_ field: RecordPlan.Field) -> [UInt8]? {
        if isPlain[Int(field.rawValue)] { return nil }
        let fallback = rules[Int(field.rawValue)].fallback
        return fallback.isEmpty ? nil : fallback
    }

    /// Reads a slot as text: in place where it can, through `scratch` where escapes have to be undone. nil = absent.
    private mutating func withText<R>(
        _ field: RecordPlan.Field, _ record: Span<UInt8>, _ slots: [FieldSlot],
        _ body: (borrowing Span<UInt8>) throws(RejectionReason) -> R?
    ) throws(RejectionReason) -> R? {
        let found = slot(field, slots)
        guard found.kind != .absent else {
            guard let fallback = fallback(field) else { return nil }
            return try body(fallback.span)
        }
        guard found.kind == .string || !isJSON else { throw .badField }
        var range = (start: Int(found.start), end: Int(found.end))
        if !isJSON {
            while range.start < range.end, record[range.start] <= 0x20 { range.start += 1 }
            while range.start < range.end, record[range.end - 1] <= 0x20 { range.end -= 1 }
        }
        if !found.isEscaped {
            let value = record.extracting(range.start..<range.end)
            if value.isEmpty || isAbsent(value, field) {
                guard let fallback = fallback(field) else { return nil }
                return try body(fallback.span)
            }
            return try body(value)
        }
        scratch.removeAll(keepingCapacity: true)
        if isJSON {
            appendUnescapedJSON(record, from: range.start, to: range.end, into: &scratch)
        } else {
            appendUnquotedCSV(record, from: range.start, to: range.end, isEscaped: true, into: &scratch)
        }
        if isAbsent(scratch.span, field) {
            guard let fallback = fallback(field) else { return nil }
            return try body(fallback.span)
        }
        return try body(scratch.span)
    }

    private func isAbsent(_ value: Span<UInt8>, _ field: RecordPlan.Field) -> Bool {
        if isPlain[Int(field.rawValue)] { return false }
        return rules[Int(field.rawValue)].absent.contains { word in
            word.count == value.count && (0..<word.count).allSatisfy { word[$0] == value[$0] }
        }
    }

    private mutating func time(_ record: Span<UInt8>, _ slots: [FieldSlot]) throws(RejectionReason) -> EventTime {
        let found = slot(.time, slots)
        let time: EventTime?
        if found.kind == .number {
            time = TimeParser.parseNumber(record.extracting(Int(found.start)..<Int(found.end)))
        } else {
            let (parser, acceptsNumbers) = (times, !isJSON)
            let result: EventTime?? = try withText(.time, record, slots) {
                (text) throws(RejectionReason) -> EventTime?? in
                .some(parser.parse(text) ?? (acceptsNumbers ? TimeParser.parseNumber(text) : nil))
            }
            guard let result else { throw .missingTime }
            time = result
        }
        guard let time else { throw .badTime }
        guard time >= .earliest, time <= .latest else { throw .timeOutOfRange }
        return time
    }

    private mutating func code(
        _ field: RecordPlan.Field, _ table: WordTable, _ record: Span<UInt8>, _ slots: [FieldSlot],
        unknown: RejectionReason?
    ) throws(RejectionReason) -> UInt8? {
        try withText(field, record, slots) { (text) throws(RejectionReason) -> UInt8? in
            if let code = table.code(text) { return code }
            if let unknown { throw unknown }
            return nil
        }
    }

    /// Appends a text to the arena, mapped where the definition maps it, cut at `nameLimitBytes`.
    private mutating func text(
        _ field: RecordPlan.Field, _ record: Span<UInt8>, _ slots: [FieldSlot], into batch: inout ScannedBatch
    ) throws(RejectionReason) -> TextRange {
        let start = batch.text.count
        let found = slot(field, slots)
        if found.kind == .absent, isPlain[Int(field.rawValue)] { return .none }
        let map = isPlain[Int(field.rawValue)] ? [] : rules[Int(field.rawValue)].map
        _ = try withText(field, record, slots) { (text) throws(RejectionReason) -> Bool? in
            for (from, to) in map where from.count == text.count {
                if (0..<from.count).allSatisfy({ from[$0] == lowercased(text[$0]) }) {
                    batch.text.append(contentsOf: to)
                    return true
                }
            }
            let count = EventBuilder.cut(text)
            text.extracting(0..<count).withUnsafeBufferPointer { batch.text.append(contentsOf: $0) }
            return true
        }
        return TextRange(start: UInt32(start), count: UInt32(batch.text.count - start))
    }

    /// Bytes to keep of a name: at most `nameLimitBytes`, never half a character.
    private static func cut(_ text: Span<UInt8>) -> Int {
        guard text.count > nameLimitBytes else { return text.count }
        var count = nameLimitBytes
        while count > 0, text[count] & 0xC0 == 0x80 { count -= 1 }
        return count
    }

    private mutating func number(
        _ field: RecordPlan.Field, _ record: Span<UInt8>, _ slots: [FieldSlot], decimals: Int, isSigned: Bool = false
    ) throws(RejectionReason) -> Int64? {
        let found = slot(field, slots)
        let value: Int64?
        if isJSON {
            guard found.kind != .absent else { return nil }
            guard found.kind == .number else { throw .badField }
            value = parseDecimal(record.extracting(Int(found.start)..<Int(found.end)), decimals: decimals)
        } else {
            guard
                let parsed: Int64? = try withText(
                    field, record, slots,
                    { (text) throws(RejectionReason) -> Int64?? in .some(parseDecimal(text, decimals: decimals)) })
            else { return nil }
            value = parsed
        }
        guard let value, isSigned || value >= 0 else { throw .badField }
        return value
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
        guard found.kind == .string else { throw .badField }
        let range = Int(found.start)..<Int(found.end)
        guard !range.isEmpty else { return }
        if found.isEscaped {
            scratch.removeAll(keepingCapacity: true)
            if isJSON {
                appendUnescapedJSON(record, from: range.lowerBound, to: range.upperBound, into: &scratch)
            } else {
                appendUnquotedCSV(record, from: range.lowerBound, to: range.upperBound, isEscaped: true, into: &scratch)
            }
            event.fingerprint = scratch.withUnsafeBytes { fingerprinter.fingerprint($0, into: &batch.hashes) }
            if event.bytes < 0 { event.bytes = Int64(scratch.count) }
        } else {
            event.fingerprint = record.extracting(range).withUnsafeBytes {
                fingerprinter.fingerprint($0, into: &batch.hashes)
            }
            if event.bytes < 0 { event.bytes = Int64(range.count) }
        }
    }
}
