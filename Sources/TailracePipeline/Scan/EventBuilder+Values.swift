/// From slots to values: as text, as one of a field's words, as a number, as a time.
extension EventBuilder {
    @inline(__always)
    func slot(_ field: RecordPlan.Field, _ slots: [FieldSlot]) -> FieldSlot {
        let index = Int(slotOfField[Int(field.rawValue)])
        if index >= 0 { return slots[index] }
        return index == -1 ? FieldSlot() : EventBuilder.firstPresent(rules[Int(field.rawValue)].slots, slots)
    }

    // Without a `self`, which a mutating caller would copy to lend it.
    @inline(never)
    private static func firstPresent(_ choices: [Int], _ slots: [FieldSlot]) -> FieldSlot {
        for index in choices where !slots[index].isNothing { return slots[index] }
        return FieldSlot()
    }

    private func fallback(_ field: RecordPlan.Field) -> [UInt8]? {
        if isPlain[Int(field.rawValue)] { return nil }
        let fallback = rules[Int(field.rawValue)].fallback
        return fallback.isEmpty ? nil : fallback
    }

    /// Reads a field as text: in place where it can, through `scratch` where it cannot. nil = absent.
    @inline(__always)
    private mutating func withText<R>(
        _ field: RecordPlan.Field, _ record: Span<UInt8>, _ slots: [FieldSlot],
        _ body: (borrowing Span<UInt8>) throws(RejectionReason) -> R?
    ) throws(RejectionReason) -> R? {
        // Nearly every field of nearly every record: a text as it stands, for a rule that says no more than where.
        if isPlain[Int(field.rawValue)] {
            let found = slot(field, slots)
            if found.kind == .absent { return nil }
            if found.kind == .string, !found.isEscaped, isJSON {
                if found.start == found.end { return nil }
                return try body(record.extracting(Int(found.start)..<Int(found.end)))
            }
        }
        return try withRuledText(field, record, slots, body)
    }

    @inline(never)
    private mutating func withRuledText<R>(
        _ field: RecordPlan.Field, _ record: Span<UInt8>, _ slots: [FieldSlot],
        _ body: (borrowing Span<UInt8>) throws(RejectionReason) -> R?
    ) throws(RejectionReason) -> R? {
        if !isPlain[Int(field.rawValue)], rules[Int(field.rawValue)].joint != nil {
            guard join(field, record, slots) else {
                guard let fallback = fallback(field) else { return nil }
                return try body(fallback.span)
            }
            return try withPart(scratch.span, field, body)
        }
        return try withText(slot(field, slots), field, record, body)
    }

    /// - Parameter found: the slot to read.
    private mutating func withText<R>(
        _ found: FieldSlot, _ field: RecordPlan.Field, _ record: Span<UInt8>,
        _ body: (borrowing Span<UInt8>) throws(RejectionReason) -> R?
    ) throws(RejectionReason) -> R? {
        guard try isText(found, record) else {
            guard let fallback = fallback(field) else { return nil }
            return try body(fallback.span)
        }
        if !found.isEscaped {
            return try withPart(record.extracting(found.textRange(record, isJSON: isJSON)), field, body)
        }
        found.unescape(record, isJSON: isJSON, into: &scratch)
        return try withPart(scratch.span, field, body)
    }

    /// Has the slot a text? Where types are not taken to the letter a number and a truth value are texts too, and an
    /// object or array is none.
    private func isText(_ found: FieldSlot, _ record: Span<UInt8>) throws(RejectionReason) -> Bool {
        switch found.kind {
        case .absent: return false
        case .string: return true
        case .number where !isStrict: return true
        case .other where !isStrict:
            return record[Int(found.start)] != UInt8(ascii: "{") && record[Int(found.start)] != UInt8(ascii: "[")
        case .count where !isStrict: return false
        default: throw .badField
        }
    }

    /// The part of a text that the field wants, or its default.
    private func withPart<R>(
        _ text: Span<UInt8>, _ field: RecordPlan.Field,
        _ body: (borrowing Span<UInt8>) throws(RejectionReason) -> R?
    ) throws(RejectionReason) -> R? {
        if isPlain[Int(field.rawValue)] { return text.isEmpty ? nil : try body(text) }
        let rule = rules[Int(field.rawValue)]
        var (start, end) = (0, text.count)
        if !rule.after.isEmpty, let at = EventBuilder.find(rule.after, in: text, from: 0) {
            start = at + rule.after.count
        }
        if !rule.before.isEmpty, let at = EventBuilder.find(rule.before, in: text, from: start) { end = at }
        let part = text.extracting(start..<end)
        let isAbsent =
            part.isEmpty
            || rule.absent.contains { word in
                word.count == part.count && (0..<word.count).allSatisfy { word[$0] == part[$0] }
            }
        guard isAbsent else { return try body(part) }
        let fallback = rule.fallback
        if fallback.isEmpty { return nil }
        return try body(fallback.span)
    }

    private static func find(_ word: [UInt8], in text: Span<UInt8>, from start: Int) -> Int? {
        var at = start
        while at + word.count <= text.count {
            if (0..<word.count).allSatisfy({ text[at + $0] == word[$0] }) { return at }
            at += 1
        }
        return nil
    }

    /// Puts all of a field's texts into `scratch`. - Returns: false where one is absent.
    private mutating func join(_ field: RecordPlan.Field, _ record: Span<UInt8>, _ slots: [FieldSlot]) -> Bool {
        let rule = rules[Int(field.rawValue)]
        scratch.removeAll(keepingCapacity: true)
        for (number, index) in rule.slots.enumerated() {
            if number > 0 { scratch += rule.joint ?? [] }
            let before = scratch.count
            guard (try? isText(slots[index], record)) == true else { return false }
            slots[index].appendUnescaped(record, isJSON: isJSON, to: &scratch)
            if scratch.count == before { return false }
        }
        return true
    }

    mutating func time(
        _ record: Span<UInt8>, _ slots: [FieldSlot], _ near: EventTime
    ) throws(RejectionReason) -> EventTime {
        guard let time = try time(.time, record, slots, near) else { throw .missingTime }
        return time
    }

    /// The time in a field; nil where it has none.
    mutating func time(
        _ field: RecordPlan.Field, _ record: Span<UInt8>, _ slots: [FieldSlot], _ near: EventTime
    ) throws(RejectionReason) -> EventTime? {
        let isJoined = !isPlain[Int(field.rawValue)] && rules[Int(field.rawValue)].joint != nil
        // Of several the first that is a time; where none is, what is wrong with the first is told.
        if slotOfField[Int(field.rawValue)] == -2, !isJoined {
            for index in rules[Int(field.rawValue)].slots where slots[index].kind != .absent {
                if let time = try? time(slots[index], field, record, slots, near) { return time }
            }
        }
        return try time(isJoined ? nil : slot(field, slots), field, record, slots, near)
    }

    /// - Parameter found: the slot to read; nil: all that the field joins.
    private mutating func time(
        _ found: FieldSlot?, _ field: RecordPlan.Field, _ record: Span<UInt8>, _ slots: [FieldSlot], _ near: EventTime
    ) throws(RejectionReason) -> EventTime? {
        let time: EventTime?
        if let found, found.kind == .number {
            time = TimeParser.parseNumber(record.extracting(Int(found.start)..<Int(found.end)))
        } else if let found, isPlain[Int(field.rawValue)], isJSON, found.kind == .string, !found.isEscaped {
            // Nearly every record: lending the parser to a closure costs the counts of its references.
            if found.start == found.end { return nil }
            let text = record.extracting(Int(found.start)..<Int(found.end))
            time = times.parse(text, near: near) ?? (isStrict ? nil : TimeParser.parseNumber(text))
        } else {
            let (parser, acceptsNumbers) = (times, !isJSON || !isStrict)
            let parse = { (text: borrowing Span<UInt8>) throws(RejectionReason) -> EventTime?? in
                .some(parser.parse(text, near: near) ?? (acceptsNumbers ? TimeParser.parseNumber(text) : nil))
            }
            let result =
                if let found { try withText(found, field, record, parse) } else {
                    try withText(field, record, slots, parse)
                }
            guard let result else { return nil }
            time = result
        }
        guard let time else { throw .badTime }
        guard time >= .earliest, time <= .latest else { throw .timeOutOfRange }
        return time
    }

    /// The code of one of a field's words; of several texts that of the first which is one.
    mutating func code(
        _ field: RecordPlan.Field, _ table: WordTable, _ record: Span<UInt8>, _ slots: [FieldSlot],
        unknown: RejectionReason?
    ) throws(RejectionReason) -> UInt8? {
        if slotOfField[Int(field.rawValue)] == -2, !isStrict, rules[Int(field.rawValue)].joint == nil {
            for index in rules[Int(field.rawValue)].slots where slots[index].kind != .absent {
                let code = try withText(slots[index], field, record) { (text) throws(RejectionReason) -> UInt8? in
                    table.code(text)
                }
                if let code { return code }
            }
        }
        return try withText(field, record, slots) { (text) throws(RejectionReason) -> UInt8? in
            if let code = table.code(text) { return code }
            if let unknown { throw unknown }
            return nil
        }
    }

    /// Appends a text to the arena, mapped where the definition maps it, cut at `nameLimitBytes`.
    mutating func text(
        _ field: RecordPlan.Field, _ record: Span<UInt8>, _ slots: [FieldSlot], into batch: inout ScannedBatch
    ) throws(RejectionReason) -> TextRange {
        let start = batch.text.count
        if isPlain[Int(field.rawValue)], slot(field, slots).kind == .absent { return .none }
        let rule = isPlain[Int(field.rawValue)] ? nil : rules[Int(field.rawValue)]
        _ = try withText(field, record, slots) { (text) throws(RejectionReason) -> Bool? in
            if let rule, rule.map.count > 0, let row = rule.map.first(0..<rule.map.count, matching: text) {
                batch.text.append(contentsOf: rule.mapped[row])
                return true
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

    mutating func number(
        _ field: RecordPlan.Field, _ record: Span<UInt8>, _ slots: [FieldSlot], decimals: Int, isSigned: Bool = false
    ) throws(RejectionReason) -> Int64? {
        let found = slot(field, slots)
        let value: Int64?
        if found.kind == .count {
            value = (0..<decimals).reduce(Int64(found.start)) { value, _ in value * 10 }
        } else if isJSON, isStrict || found.kind == .number {
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
}
