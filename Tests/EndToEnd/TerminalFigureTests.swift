import Testing

@testable import tailrace

@Suite("Numbers as people read them")
struct TerminalFigureTests {
    @Test(
        "Counts have their thousands apart",
        arguments: [
            (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1000, "-1,000"), (-999, "-999"),
            (Int64.min, "-9,223,372,036,854,775,808"),
        ])
    func counts(value: Int64, text: String) {
        #expect(Figure.count(value) == text)
    }

    @Test("What is not measurable is never shown as 0")
    func unknownIsNotZero() {
        #expect(Figure.count(nil) == "–")
        #expect(Figure.number(nil) == "–")
        #expect(Figure.number(.nan) == "–")
        #expect(Figure.share(.infinity) == "–")
        #expect(Figure.days(nil) == "–")
        #expect(Figure.bytes(nil) == "–")
        #expect(Figure.duration(Double?.none) == "–")
    }

    @Test(
        "Numbers keep three digits that matter",
        arguments: [
            (0.0, "0"), (4.0, "4"), (4.56, "4.56"), (4.60, "4.6"), (38.04, "38"), (12.34, "12.3"), (99.96, "100"),
            (1240.4, "1,240"), (0.0471, "0.047"), (-4.56, "-4.56"), (9.999, "10"), (0.00012, "0.00012"),
            (1e300, "1e+300"),
        ])
    func numbers(value: Double, text: String) {
        #expect(Figure.number(value) == text)
    }

    @Test(
        "Sizes take the unit that leaves a short number",
        arguments: [
            (0, "0 B"), (999, "999 B"), (1000, "1 kB"), (999_400, "999 kB"), (999_600, "1 MB"),
            (45_600_000, "45.6 MB"), (Int64.max, "9.22 EB"),
        ])
    func sizes(value: Int64, text: String) {
        #expect(Figure.bytes(value) == text)
    }

    @Test(
        "Durations name their two largest units",
        arguments: [
            (0.0, "0 s"), (0.45, "450 ms"), (3.21, "3.2 s"), (9.96, "10 s"), (95, "95 s"), (720, "12 min"),
            (7199.0, "2 h"),
            (7100.0, "118 min"), (19_200, "5 h 20 min"), (7200, "2 h"), (172_800, "2 d"), (356_400, "4 d 3 h"),
            (6_480_000, "75 d"), (-95, "-95 s"),
        ])
    func durations(seconds: Double, text: String) {
        #expect(Figure.duration(seconds) == text)
    }

    @Test("A share of little is not a share of nothing")
    func smallShares() {
        #expect(Figure.share(0.00047) == "0.047 %")
        #expect(Figure.share(0.385) == "38.5 %")
        #expect(Figure.share(0) == "0 %")
        #expect(Figure.days(0.004) == "0.00")
        #expect(Figure.days(4.56) == "4.6")
        #expect(Figure.days(0) == "0.0")
    }

    @Test("A series shows its peak, its zeros and its gaps apart")
    func sparkline() {
        #expect(Sparkline.text([0, 1, 50, 100, nil], width: 10) == "▁▂▅█·")
        #expect(Sparkline.text([], width: 10) == "")
        #expect(Sparkline.text([0, 0], width: 10) == "▁▁")
        #expect(Sparkline.text([nil, nil, 5], width: 1) == "█")
        // No peak is lost by shortening.
        var values = [Double?](repeating: 1, count: 97)
        values[41] = 1000
        let line = Sparkline.text(values, width: 10)
        #expect(line.count == 10)
        #expect(line.contains("█"))
    }

    @Test("A bar is as long as its share")
    func bar() {
        #expect(Bar.text(0, width: 4) == "")
        #expect(Bar.text(0.5, width: 4) == "██")
        #expect(Bar.text(1.0 / 32, width: 4) == "▏")
        #expect(Bar.text(7, width: 4) == "████")
        #expect(Bar.text(-1, width: 4) == "")
        #expect(Bar.text(.nan, width: 4) == "")
    }

    @Test("JSON keeps the order of its members and escapes what a terminal would obey")
    func json() {
        let value = JSONValue.object([
            ("b", .integer(1)), ("a", .array([.real(0.5), .real(.nan), .null, .bool(true)])),
            ("t\"\\", .string("x\n\u{1B}\u{9B}é")),
        ])
        #expect(value.text == #"{"b": 1, "a": [0.5, null, null, true], "t\"\\": "x\n\u001b\u009bé"}"#)
        #expect(JSONValue.array([]).lines == "[]")
        #expect(JSONValue.array([.integer(1), .integer(2)]).lines == "[\n  1,\n  2\n]")
    }
}
