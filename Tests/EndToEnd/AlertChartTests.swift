import Testing

@testable import tailrace

/// The picture of an alert: what is high looks high, the threshold stands where it is, and nothing is wider than asked.
@Suite struct AlertChartTests {
    private func chart(
        _ values: [Double?], threshold: Double? = nil, firedAt: Int? = nil, columns: Int = 80, isASCII: Bool = false
    ) -> [String] {
        var terminal = Terminal(columns: columns)
        terminal.isASCII = isASCII
        return AlertChart(
            values: values, labels: values.indices.map { "d\($0)" }, threshold: threshold, firedAt: firedAt, height: 4
        ).lines(terminal)
    }

    @Test func aSeriesRisesThroughItsThreshold() {
        #expect(
            chart([0, 2, 4, 8], threshold: 4, firedAt: 3)
                == [
                    " 8 ┤   █", " 4 ┼╌╌╌█  threshold", "   │  ██", "   │ ███", " 0 └────", "        ^ fired",
                    "     d0  d3",
                ].map { $0.hasPrefix("     d0") ? "    d0  d3" : $0.hasPrefix("        ^") ? "       ^ fired" : $0 })
    }

    @Test func whatIsNotMeasurableIsADotAndNoZero() {
        let lines = chart([1, nil, 1])
        #expect(lines[lines.count - 2] == " 0 └─·─")
    }

    @Test func withoutUTF8ItIsDrawnInASCII() {
        let text = chart([0, 2, nil, 8], threshold: 4, firedAt: 3, isASCII: true).joined(separator: "\n")
        #expect(text.unicodeScalars.allSatisfy { $0.isASCII })
        #expect(text.contains("|---#  threshold"))
        #expect(text.contains("+--.-"))
    }

    @Test(arguments: [40, 80, 100]) func itFitsAndLosesNoPeak(columns: Int) {
        var values = [Double?](repeating: 1, count: 500)
        values[333] = 1000
        let lines = chart(values, threshold: 500, firedAt: 333, columns: columns)
        #expect(lines.allSatisfy { $0.count <= columns })
        #expect(lines[0].contains("█"))
    }

    @Test func whatHasNoHeightIsNotDrawn() {
        #expect(chart([]) == [])
        #expect(chart([1]) == [])
        #expect(chart([0, 0, 0]) == [])
        #expect(chart([nil, nil]) == [])
    }
}
