@testable import TailracePipeline

extension ConformanceDocument {
    /// Numbers as RFC 8259 writes them, what they come to, and what only looks like one.
    static let numbers: [ConformanceDocument] =
        [
            .amount("0", means: 0), .amount("-0", means: 0), .amount("0.0", means: 0), .amount("-0.0", means: 0),
            .amount("1", means: 10_000), .amount("-1", means: -10_000), .amount("10", means: 100_000),
            .amount("0.5", means: 5000), .amount("-0.5", means: -5000), .amount("1.0000", means: 10_000),
            .amount("1e0", means: 10_000), .amount("1E0", means: 10_000), .amount("1e+0", means: 10_000),
            .amount("1e-0", means: 10_000), .amount("1E+2", means: 1_000_000), .amount("1e-2", means: 100),
            .amount("1e-4", means: 1), .amount("1.25e1", means: 125_000), .amount("125e-1", means: 125_000),
            .amount("0e5", means: 0), .amount("0.0e-5", means: 0), .amount("0E99999999999999999999", means: 0),
            .amount("1e007", means: 100_000_000_000), .amount("1e-0000000000000000000000002", means: 100),
            // Half a unit of the last place goes away from zero.
            .amount("0.00005", means: 1), .amount("-0.00005", means: -1), .amount("0.00004999999999", means: 0),
            .amount("1e-5", means: 0), .amount("9e-5", means: 1), .amount("1e-999999999", means: 0),
            .amount("0.000000000000000000000000000000000000005e35", means: 5),
            .amount("0." + String(repeating: "0", count: 12_000) + "1e12001", means: 10_000),
            .amount("1" + String(repeating: "0", count: 12_000) + "e-12000", means: 10_000),
            // As far as 64 bits go, to the last digit.
            .amount("922337203685477.5807", means: .max), .amount("-922337203685477.5807", means: -.max),
            .amount("922337203685477.5806", means: .max - 1),
            .amount("123456789012345.6789", means: 1_234_567_890_123_456_789),
            .amount("900719925474099.3001", means: 9_007_199_254_740_993_001),
            .amount("922337203685477.5808", means: nil), .amount("9223372036854775807", means: nil),
            .amount("1e15", means: nil), .amount("-1e15", means: nil), .amount("1e400", means: nil),
            .amount("1e99999999999999999999", means: nil), .amount(String(repeating: "9", count: 5000), means: nil),
            // Nobody has to hold the number of a field that nobody asks for.
            .value("1e400"), .value("-1e99999999999999999999"), .value(String(repeating: "9", count: 5000)),
            .value("0." + String(repeating: "1", count: 5000)), .value("[0,-0,1.5e-3]"), .value("123 "),
        ] + noNumbers.map { .value($0, .syntax) }
        + noNumbers.map { .members("\"amount\":\($0)", .syntax) }
        + [
            .members("\"amount\":\"1\"", .badField), .members("\"amount\":true", .badField),
            .members("\"amount\":[1]", .badField), .members("\"amount\":null", amount: .min),
            .members("\"bytes\":-0"), .members("\"bytes\":-1", .badField), .members("\"bytes\":1099511627776"),
            .members("\"bytes\":1099511627777", .badField),
            .members("\"effort\":1e9"), .members("\"effort\":1000000000.001", .badField),
            .members("\"bytes\":9223372036854775808", .badField), .members("\"recipients\":1e18"),
        ]

    private static let noNumbers = [
        "01", "-01", "00", "-00", "1.", "-1.", ".5", "-.5", "0.e1", "1.e5", "-", "+", "+1", "--1", "-+1", "- 1", "1e",
        "1e+", "1e-", "1E", "1.5e", "1e+-1", "1e 5", "1e1.5", "1e5e5", "1.2.3", "1 .5", "1 2", "1-1", "1+1", "0x10",
        "0b1", "0o7", "1_000", "1,000", "1'000", "1f", "1L", "1n", "1a", "NaN", "-NaN", "nan", "Infinity", "-Infinity",
        "inf", "∞", "½", "١", "１", "$1", "1%", "(1)", "1/2",
    ]
}
