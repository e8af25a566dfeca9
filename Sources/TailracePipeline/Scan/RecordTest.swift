/// Conditions of a plan, ready to be asked.
struct RecordTest: Sendable {
    private struct Question: Sendable {
        var slot: Int
        /// nil: any value will do.
        var patterns: [TextPattern]?
        var isNegated: Bool
    }

    private let questions: [Question]

    init(_ conditions: [RecordPlan.Condition], _ layout: PlanLayout) {
        questions = conditions.compactMap { condition in
            layout.slot(of: condition.name).map { slot in
                Question(
                    slot: slot, patterns: condition.values.map { $0.map(TextPattern.init) },
                    isNegated: condition.isNegated)
            }
        }
    }

    /// Do all conditions hold?
    ///
    /// - Parameter scratch: for values with escapes; what it holds afterwards means nothing.
    func holds(_ record: Span<UInt8>, _ slots: [FieldSlot], isJSON: Bool, _ scratch: inout [UInt8]) -> Bool {
        for question in questions {
            let slot = slots[question.slot]
            var answer = !slot.isNothing
            if answer, let patterns = question.patterns {
                if slot.isEscaped {
                    slot.unescape(record, isJSON: isJSON, into: &scratch)
                    answer = patterns.contains { $0.matches(scratch.span) }
                } else {
                    let text = record.extracting(slot.textRange(record, isJSON: isJSON))
                    answer = patterns.contains { $0.matches(text) }
                }
            }
            if answer == question.isNegated { return false }
        }
        return true
    }
}

extension FieldSlot {
    /// The bytes of the value as it stands; of CSV without white space around.
    func textRange(_ record: Span<UInt8>, isJSON: Bool) -> Range<Int> {
        var (start, end) = (Int(start), Int(end))
        if kind == .count { return 0..<0 }
        if !isJSON {
            while start < end, record[start] <= 0x20 { start += 1 }
            while start < end, record[end - 1] <= 0x20 { end -= 1 }
        }
        return start..<end
    }

    /// Puts the value into `scratch`, escapes undone.
    func unescape(_ record: Span<UInt8>, isJSON: Bool, into scratch: inout [UInt8]) {
        scratch.removeAll(keepingCapacity: true)
        appendUnescaped(record, isJSON: isJSON, to: &scratch)
    }

    func appendUnescaped(_ record: Span<UInt8>, isJSON: Bool, to output: inout [UInt8]) {
        let range = textRange(record, isJSON: isJSON)
        if !isEscaped {
            record.extracting(range).withUnsafeBufferPointer { output.append(contentsOf: $0) }
        } else if isJSON {
            appendUnescapedJSON(record, from: range.lowerBound, to: range.upperBound, into: &output)
        } else {
            appendUnquotedCSV(record, from: range.lowerBound, to: range.upperBound, isEscaped: true, into: &output)
        }
    }
}
