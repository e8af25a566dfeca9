import Testing

@testable import TailracePipeline

/// Sums of the largest numbers that records may carry. Two records with sizes near 2^63 ended the program where they
/// were added up, one copy where its size was multiplied, and an amount of 900 trillion over a limit of minus as much.
@Suite struct LargestNumberTests {
    private func applied(_ lines: [String]) -> (Pipeline, [ClosedHour]) {
        let batch = scanBatch(lines.joined(separator: "\n"))
        #expect(batch.records.allSatisfy { $0.rejection == nil })
        var pipeline = Pipeline(settings: PipelineSettings())
        for record in batch.records { pipeline.apply(record.event, from: batch) }
        var hours: [ClosedHour] = []
        pipeline.finish {
            hours.append($0)
            return [:]
        }
        return (pipeline, hours)
    }

    private func line(_ fields: String) -> String {
        #"{"time":1767225600,"stream":"document",\#(fields)}"#
    }

    @Test func `Sizes and efforts at their limits are added up exactly`() {
        let text = (0..<60).map { "word\($0)" }.joined(separator: " ")
        var lines: [String] = []
        for number in 0..<2000 {
            lines.append(
                line(#""action":"publish","item":"\#(number)","bytes":1099511627776,"text":"\#(text)","effort":1e9"#))
            lines.append(line(#""action":"schedule","item":"\#(number)","effort":1e9"#))
            lines.append(line(#""action":"complete","item":"\#(number)","effort":1e9"#))
        }
        var (pipeline, hours) = applied(lines)
        let output = pipeline.drain()
        let day = output.rows.output.filter { $0.window.grain == .day }
        #expect(day.map(\.bytes) == [2000 << 40])
        #expect(day.map(\.redundantBytes) == [1999 << 40])
        #expect(hours.flatMap(\.flow).map(\.touch.sum) == [2_000_000_000_000_000])
    }

    @Test func `An excess that 64 bits cannot hold is the largest that they can`() {
        let field = #""action":"approve","item":"a","amount":922337203685477.5807,"limit":-922337203685477.5807"#
        let (_, hours) = applied([line(field), line(field)])
        #expect(hours.flatMap(\.excesses).map(\.sum) == [.max])
        #expect(hours.flatMap(\.excesses).map(\.count) == [2])
    }

    /// Each was looked for among all others.
    @Test func `Many currencies in an hour are told apart, in the order in which they came`() {
        let lines = (0..<10_000).map {
            line(#""action":"approve","item":"a","amount":2,"limit":1,"currency":"\#($0 % 5000)""#)
        }
        let (_, hours) = applied(lines)
        #expect(hours.flatMap(\.excesses).map(\.currency) == (0..<5000).map(String.init))
        #expect(hours.flatMap(\.excesses).allSatisfy { $0.count == 2 && $0.sum == 20_000 })
    }
}
