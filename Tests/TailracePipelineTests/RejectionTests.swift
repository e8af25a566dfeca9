import Testing
import TestSupport

@testable import TailracePipeline

@Suite struct RejectionTests {
    private static func record(_ changes: [String: String?] = [:]) -> String {
        var fields: [String: String?] = [
            "time": "1767225600", "stream": "\"ticket\"", "action": "\"schedule\"", "item": "\"T-1\"",
        ]
        for (name, value) in changes { fields[name] = value }
        let pairs = fields.compactMap { name, value in value.map { "\"\(name)\":\($0)" } }.sorted()
        return "{" + pairs.joined(separator: ",") + "}"
    }

    private static func nested(_ depth: Int) -> String {
        String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }

    @Test(
        arguments: [
            ("{\"time\":1", .syntax), ("[]", .syntax), ("x", .syntax), ("\u{1}", .syntax), ("{} {}", .syntax),
            ("{\"a\":01}", .syntax), ("{\"a\":1.}", .syntax), ("{\"a\":-}", .syntax), ("{\"a\":+1}", .syntax),
            ("{\"a\":\"\t\"}", .syntax), ("{\"a\":\"\\x\"}", .syntax), ("{\"a\":\"\\u12g4\"}", .syntax),
            ("{\"a\":tru}", .syntax), ("{\"a\":1,}", .syntax), ("{'a':1}", .syntax), ("{a:1}", .syntax),
            (record(["x": nested(64)]), .nesting), (record(["x": nested(63)]), nil),
            ("{\"x\":" + String(repeating: "{\"a\":", count: 100_000), .nesting),
            (record(["time": nil]), .missingTime), (record(["time": "null"]), .missingTime),
            (record(["time": "\"\""]), .missingTime), (record(["time": "\"yesterday\""]), .badTime),
            (record(["time": "\"1767225600\""]), .badTime), (record(["time": "\"2026-02-29T00:00:00Z\""]), .badTime),
            (record(["time": "\"2026-01-01T00:00:00\""]), .badTime), (record(["time": "1e400"]), .badTime),
            (record(["time": "-1"]), .badTime), (record(["time": "true"]), .badField),
            (record(["time": "{}"]), .badField),
            (record(["time": "\"2100-01-01T00:00:00Z\""]), .timeOutOfRange),
            (record(["time": "\"1969-12-31T23:59:59.999Z\""]), .timeOutOfRange), (record(["time": "0"]), nil),
            (record(["time": "\"2099-12-31T23:59:59.999Z\""]), nil),
            (record(["stream": nil]), .missingStream), (record(["stream": "\"Ticket\""]), .unknownStream),
            (record(["stream": "7"]), .badField), (record(["action": nil]), .missingAction),
            (record(["action": "\"teleport\""]), .unknownAction), (record(["action": "[]"]), .badField),
            (record(["item": nil]), .missingItem), (record(["item": "\"\""]), .missingItem),
            (record(["item": "null"]), .missingItem), (record(["item": "12"]), .badField),
            (record(["bytes": "-1"]), .badField), (record(["bytes": "\"12\""]), .badField),
            (record(["bytes": "1e30"]), .badField), (record(["bytes": "1.4"]), nil),
            (record(["effort": "-0.1"]), .badField),
            (record(["amount": "-5.5"]), nil), (record(["amount": "true"]), .badField),
            (record(["recipients": "99999999999"]), nil), (record(["text": "1"]), .badField),
            (record(["origin": "\"alien\""]), nil), (record(["stage": "null"]), nil),
            (record(["unknown": "{\"deep\":[1,2,{\"a\":null}]}"]), nil), ("  \t", nil),
        ] as [(String, RejectionReason?)])
    func `Each broken record is rejected for its own reason, and only that one`(
        text: String, reason: RejectionReason?
    ) {
        let good = RejectionTests.record()
        let expected: [RejectionReason?] = text.allSatisfy(\.isWhitespace) ? [nil, nil] : [nil, reason, nil]
        #expect(rejections("\(good)\n\(text)\n\(good)\n") == expected, "\(text.prefix(200))")
    }

    @Test func `Bytes that are not UTF-8 are rejected as such`() {
        let bad: [[UInt8]] = [
            [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0x80],
            [0xF0, 0x80, 0x80, 0x80],
        ]
        for bytes in bad {
            let line = Array("{\"a\":\"".utf8) + bytes + Array("\"}\n".utf8)
            #expect(scan(line, .tailrace()).count == 1)
            #expect(scan(line, .tailrace())[0].contains(" encoding at 0 "))
        }
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `The check of UTF-8 agrees with that of the standard library`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<3000 {
            var bytes = Array(String(generator.pick(Array("aäß€𝄞\u{7FF}\u{800}\u{FFFF}\u{10FFFF}"))).utf8)
            bytes += Array("é".utf8)
            for _ in 0..<generator.below(3) { bytes[generator.below(bytes.count)] ^= 1 << UInt8(generator.below(8)) }
            let isValid = String(validating: bytes, as: UTF8.self) != nil
            #expect(isValidUTF8(bytes.span, from: 0, to: bytes.count) == isValid, "seed \(seed): \(bytes)")
        }
    }

    @Test func `A rejection tells its place, its source's last good time, and its shape without its content`() {
        let good = RejectionTests.record()
        let batch = scanBatch("\(good)\n{\"secret\":\"Ab9-é\"\u{1}\n")
        let record = batch.records[1]
        #expect(record.position == Int64(good.utf8.count + 1))
        #expect(record.length == 20)
        #expect(record.event.time.seconds == 1_767_225_600)
        #expect(String(decoding: batch.bytes(record.sample), as: UTF8.self) == "{\"aaaaaa\":\"Aa9-??\"?")
    }

    @Test func `A scan that begins in the middle knows the last good time before it`() {
        var scanner = RecordScanner(
            plan: .tailrace(), settings: ScanSettings(), lastTime: EventTime(milliseconds: 1_767_225_600_000))
        var batch = ScannedBatch()
        _ = scanner.scan(Array("broken\n".utf8).span, position: 500, isFinal: true, into: &batch)
        #expect(batch.records.map(\.event.time.seconds) == [1_767_225_600])
    }

    @Test func `A sample is cut and a rejected record leaves nothing else behind`() {
        let text = String(repeating: "content ", count: 100)
        let batch = scanBatch(RejectionTests.record(["title": "\"a title\"", "text": "\"\(text)\"", "bytes": "-1"]))
        #expect(batch.records.map(\.rejection) == [.badField])
        #expect(batch.text.count == 120)
        #expect(batch.hashes.isEmpty)
    }

    @Test func `The rest of a record that damage cut off is one rejection`() {
        var scanner = RecordScanner(plan: .tailrace(), settings: ScanSettings(recordLimitBytes: 100))
        var batch = ScannedBatch()
        let rest = Array("{\"time\":".utf8)
        scanner.tear(rest.span, position: 50, into: &batch)
        scanner.tear([UInt8]().span, position: 58, into: &batch)
        #expect(batch.records.map { describe($0, in: batch) } == ["50+8 torn at 0 |{\"aaaa\":|"])
        // Inside a record that is too long already, it is that one that ends here.
        batch.removeAll()
        let long = [UInt8](repeating: 65, count: 101)
        #expect(scanner.scan(long.span, position: 58, isFinal: false, into: &batch) == 101)
        scanner.tear([1, 2, 3].span, position: 159, into: &batch)
        #expect(batch.records.map { describe($0, in: batch) } == ["58+104 oversize at 0 ||"])
    }

    @Test func `Every reason has a name of its own`() {
        #expect(Set(RejectionReason.allCases.map(\.name)).count == RejectionReason.allCases.count)
    }
}
