import Testing

@testable import TailraceConfig

struct QuantityTests {
    @Test(arguments: [
        ("45 min", 2_700_000), ("1 day", 86_400_000), ("2 h", 7_200_000), ("90 s", 90_000), ("1h30m", 5_400_000),
        ("1 h 30 min", 5_400_000), ("1.5 h", 5_400_000), ("3 days", 259_200_000), ("2w", 1_209_600_000),
        ("250ms", 250), ("0 s", 0), ("  5 M ", 300_000), ("1d2h3m4s5ms", 93_784_005), ("10 Minutes", 600_000),
        ("3650 d", 315_360_000_000),
    ])
    func `durations are read with their units`(text: String, milliseconds: Int) {
        #expect(parseDuration(text) == .milliseconds(milliseconds))
    }

    @Test(arguments: [
        "", " ", "5", "h", "-5 min", "5 mins ago", "1e3 s", "nan s", "inf h", "30m1h", "5m5m", "1.2.3 h", ".5 h",
        "5. h",
        "3651 d", "9999999999999999999 s", "99999999999999999 w", "1 month", "٣ h", "1 h,",
    ])
    func `what is no duration is refused`(text: String) {
        #expect(parseDuration(text) == nil)
    }

    @Test(arguments: [
        ("256MiB", 268_435_456), ("1GiB", 1_073_741_824), ("1 gb", 1_000_000_000), ("0.5 KiB", 512), ("4096", 4096),
        ("12 bytes", 12), ("1024TiB", 1 << 50),
    ])
    func `sizes are read with binary and decimal units`(text: String, bytes: Int) {
        #expect(parseByteSize(text) == bytes)
    }

    @Test(arguments: ["", "256M", "MiB", "1 GiB 1 MiB", "-1", "1025TiB", "999999999999999999 TiB", "1,5 GiB"])
    func `what is no size is refused`(text: String) {
        #expect(parseByteSize(text) == nil)
    }

    @Test(
        arguments: [
            ("10000", 100_000_000), ("5000.50", 50_005_000), ("0.0001", 1), ("0", 0),
            ("99999999999999.9999", 999_999_999_999_999_999),
        ] as [(String, Int64)])
    func `amounts are read in ten-thousandths`(text: String, amount: Int64) {
        #expect(parseAmount(text) == amount)
    }

    @Test(arguments: ["", "-1", "1.", ".5", "1.00001", "1,000", "1e5", "100000000000000", "1.2.3", "٣"])
    func `what is no amount is refused`(text: String) {
        #expect(parseAmount(text) == nil)
    }

    @Test(arguments: [
        ("40/day", 40.0, Rate.Period.day), ("5/hour", 5, .hour), ("200/week", 200, .week), (" 0.5 / d ", 0.5, .day),
        ("3/H", 3, .hour),
    ])
    func `rates are read with their period`(text: String, amount: Double, period: Rate.Period) {
        #expect(Rate(text)?.amount == amount)
        #expect(Rate(text)?.period == period)
    }

    @Test(arguments: [
        "", "40", "/day", "40/", "40/month", "0/day", "-1/day", "40/day/day", "4 5/day", "4h/day", "2e9/day",
    ])
    func `what is no rate is refused`(text: String) {
        #expect(Rate(text) == nil)
    }

    @Test(arguments: [
        ("stroe", "store"), ("source", "sources"), ("Working-Hours", "working_hours"), ("recievers", "receivers"),
        ("time_zone", "timezone"), ("memroy", "memory"), ("rulez", "rules"),
    ])
    func `a mistyped word finds the one that was meant`(word: String, meant: String) {
        #expect(nearestWord(to: word, among: ConfigurationReader.keys) == meant)
    }

    @Test(arguments: ["", "x", "kafka", "zzzzzz", String(repeating: "store", count: 1000)])
    func `a word that is near none finds none`(word: String) {
        #expect(nearestWord(to: word, among: ConfigurationReader.keys) == nil)
    }
}
