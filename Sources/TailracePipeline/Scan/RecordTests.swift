/// All conditions of a plan, ready to be asked: each test is a list of questions that all have to be answered with yes.
///
/// A class, and flat arrays: a test is asked for every rule of every record, and copying one would cost the counts of its
/// arrays each time.
final class RecordTests: Sendable {
    private struct Question: Sendable {
        var slot: Int
        var firstPattern: Int
        /// -1: any value will do.
        var patternCount: Int
        var isNegated: Bool
    }

    private let tests: [Range<Int>]
    private let questions: [Question]
    private let patterns: PatternTable

    init(_ tests: [[RecordPlan.Condition]], _ layout: PlanLayout) {
        var ranges: [Range<Int>] = []
        var questions: [Question] = []
        var patterns = PatternTable()
        for conditions in tests {
            let first = questions.count
            for condition in conditions {
                guard let slot = layout.slot(of: condition.name) else { continue }
                questions.append(
                    Question(
                        slot: slot, firstPattern: patterns.count, patternCount: condition.values?.count ?? -1,
                        isNegated: condition.isNegated))
                for value in condition.values ?? [] { patterns.append(value) }
            }
            ranges.append(first..<questions.count)
        }
        (self.tests, self.questions, self.patterns) = (ranges, questions, patterns)
    }

    /// Do all conditions of a test hold?
    ///
    /// - Parameter scratch: for values with escapes; what it holds afterwards means nothing.
    func holds(
        _ test: Int, _ record: Span<UInt8>, _ slots: [FieldSlot], isJSON: Bool, _ scratch: inout [UInt8]
    ) -> Bool {
        for index in tests[test] {
            let question = questions[index]
            let slot = slots[question.slot]
            var answer = !slot.isNothing
            if answer, question.patternCount >= 0 {
                let range = question.firstPattern..<question.firstPattern + question.patternCount
                if slot.isEscaped {
                    slot.unescape(record, isJSON: isJSON, into: &scratch)
                    answer = patterns.first(range, matching: scratch.span) != nil
                } else {
                    let text = record.extracting(slot.textRange(record, isJSON: isJSON))
                    answer = patterns.first(range, matching: text) != nil
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
