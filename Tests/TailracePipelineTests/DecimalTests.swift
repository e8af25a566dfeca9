import Foundation
import Testing
import TestSupport

@testable import TailracePipeline

@Suite struct DecimalTests {
    private func ours(_ text: String, _ decimals: Int) -> Int64? {
        parseDecimal(Array(text.utf8).span, decimals: decimals)
    }

    /// Foundation's Decimal, scaled and rounded half away from zero.
    private func theirs(_ text: String, _ decimals: Int) -> Int64? {
        guard var value = Decimal(string: text, locale: Locale(identifier: "en_US_POSIX")) else { return nil }
        for _ in 0..<decimals { value *= 10 }
        var rounded = Decimal()
        NSDecimalRound(&rounded, &value, 0, .plain)
        return Int64(NSDecimalNumber(decimal: rounded).stringValue)
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `Random numbers are those of Foundation's Decimal`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<1500 {
            var text = generator.pick(["", "-"]) + String(generator.next() >> UInt64(8 + generator.below(54)))
            if generator.oneIn(2) {
                text += "." + (0..<1 + generator.below(7)).map { _ in String(generator.below(10)) }.joined()
            }
            if generator.oneIn(4) {
                text += generator.pick(["e", "E"]) + generator.pick(["", "+", "-"]) + String(generator.below(6))
            }
            for decimals in [0, 3, 4] {
                let expected = theirs(text, decimals)
                let found = ours(text, decimals)
                // Foundation's own digits end.
                guard found == expected || text.filter(\.isNumber).count > 15 else {
                    Issue.record("seed \(seed): \(text) × 10^\(decimals) = \(String(describing: found))")
                    return
                }
            }
        }
    }

    /// The nineteenth digit was cut off (9223372036854775807 came out as 9223372036854775800), and an exponent took back
    /// no more than 10,000 zeros.
    @Test func `Numbers count to the last digit that 64 bits hold, however many zeros stand around them`() {
        for (text, expected) in [
            ("9223372036854775807", .max), ("-9223372036854775807", -.max), ("9223372036854775808", nil),
            ("-9223372036854775808", nil), ("1844674407370955161", 1_844_674_407_370_955_161),
            ("922337203685477580.74", 922_337_203_685_477_581), ("92233720368547758064e-1", .max - 1),
            ("18446744073709551616", nil), ("99999999999999999999", nil),
            ("0." + String(repeating: "0", count: 20_000) + "7e20001", 7),
            ("7" + String(repeating: "0", count: 20_000) + "e-20000", 7),
        ] as [(String, Int64?)] {
            #expect(ours(text, 0) == expected, "\(text.prefix(40))")
        }
    }

    @Test func `Halves are rounded away from zero, and only what is a number is one`() {
        for (text, expected) in [
            ("0.4", 0), ("0.5", 1), ("-0.5", -1), ("1.4999999999999999999999", 1), ("2.5", 3), ("-2.5", -3), ("1e0", 1),
            ("05", 5), ("+7", 7), (".5", 1), ("3.", 3), ("1E3", 1000), ("12345e-2", 123), ("1e-30", 0), ("0e99999", 0),
            ("0.0000000000000000000000000000001e31", 1), ("999999999999999999", 999_999_999_999_999_999),
            ("9999999999999999999", nil), ("1e18", 1_000_000_000_000_000_000), ("1e19", nil), ("1e99999999999", nil),
            ("", nil), ("-", nil), (".", nil), ("e5", nil), ("1e", nil), ("1e+", nil), ("1 ", nil), (" 1", nil),
            ("1.2.3", nil), ("1,5", nil), ("0x10", nil), ("--1", nil), ("inf", nil), ("nan", nil),
            ("00000000000000000000000000000000000001", 1),
        ] as [(String, Int64?)] {
            #expect(ours(text, 0) == expected, "\(text)")
        }
    }
}
