import Testing
import TestSupport

@testable import TailracePipeline

@Suite struct ChunkingTests {
    private static let tail = ",\"stream\":\"ticket\",\"action\":\"schedule\""

    private static let ndjson = [
        "\u{FEFF}{\"time\":1767225600\(tail),\"item\":\"a\"}\r\n\n  \r\n{\"time\":1767225601\(tail),\"item\":\"ü\\u00e9\"}\nbroken",
        "{\"time\":1\(tail),\"item\":\"long\",\"title\":\"\(String(repeating: "x", count: 90))\"}\n"
            + "{\"time\":2\(tail),\"item\":\"b\"}\n{\"time\":3\(tail),\"item\":\"c\"}",
        "\u{0}\n\r\n\r\r\n{}\r\r\n{\"a\":\"\r\"}\n", "", "\u{FEFF}", "\n", "\n\n\n", "x", "é\n",
        "{\"time\":1767225600\(tail),\"item\":\"text\",\"text\":\"one two three four\"}\n",
        String(repeating: "y", count: 140) + "\n" + String(repeating: "z", count: 100) + "\n",
        String(repeating: "y", count: 101), String(repeating: "y", count: 100) + "\n",
        String(repeating: "y", count: 100),
        String(repeating: " ", count: 120) + "\nend",
        String(repeating: "\u{0}", count: 130) + "{\"time\":1\(tail),\"item\":\"a\"}\n\u{0}\u{0}{}\n\u{0}",
        "{\"time\":1\(tail),\"item\":\"a\u{0}b\"}\n{\"torn\":\"x\u{0}\u{0}\u{0}{\"time\":2\(tail),\"item\":\"c\"}\n",
        "{\"time\":1\(tail),\"item\":\"a\"}\r{\"time\":2\(tail),\"item\":\"b\"}\r{\"time\":3\(tail),\"item\":\"c\"}\r",
        "{}\r" + String(repeating: "y", count: 140) + "\r{}\r\n" + String(repeating: "z", count: 140) + "\r\n{}\r",
        "{}\n\u{FEFF}{\"time\":1\(tail),\"item\":\"a\"}\r\n\u{FEFF}\n\u{FEFF}x",
    ]

    private static let csv = [
        "\u{FEFF}time,item,title\r\n1767225600,a,plain\r\n1767225601,\"b\",\"two\nlines \"\"quoted\"\"\"\r\n1767225602,c,\n",
        "time;item;title\n1;a;\"x;y\"\n2;b;\"never closed\n3;c;fine\n4;d;e;f\n5\n",
        "time\titem\ttitle\n1\ta\t5\"\" pipe\n2\tb\ta\"b\n3\tc\t\"\"\n4\td\t\"\"\"\"\n",
        "time|item|\"ti\ntle\"\n1|a|x\n2|b|\"y\"z\n3|c|w\n", "time,item\n", "time,item", "\n\n",
        "time,item\n1,\"\"\n2,\"\n",
        "time,item\n1,\"" + String(repeating: "q\n", count: 80) + "\"\n2,b\n3,c\n",
        "time,item\n1," + String(repeating: "q", count: 120) + ",\"x\ny\"\n2,b\n",
        "time,item\n1,\"a\nb\"," + String(repeating: "q", count: 120) + "\n2,\"b\"\n",
        "time,item\n1,\"a\nb\"," + String(repeating: "q", count: 120) + ",\"x\ny\"\n2,\"b\"\n",
        "time,item\n1,\"a\nb\",\"" + String(repeating: "q", count: 120) + "\n2,\"b\"\n3,c\n",
        "time,item\n1,\"" + String(repeating: "q", count: 97) + "\"\n2,b\n",
        "time,item\n1,\"" + String(repeating: "q", count: 96) + "\"\n2,b\n",
        "time,item\n1,\"" + String(repeating: "q", count: 95) + "\n\"\n2,b\n",
        "time,item\n1,\"" + String(repeating: "q", count: 96) + "\n\"\n2,b\n",
        "time,item\n1,\"" + String(repeating: "q", count: 200),
        "time,item\r1,a\r2,\"b\rc\"\r\r3,d\n4,e\r\n5,f", "\rtime,item\r\r\n1,a\r\r\n", "time,item\r", "time,item\r\n\r",
        "time,item\r1," + String(repeating: "q", count: 120) + "\r2,\"" + String(repeating: "q", count: 120)
            + "\r\"\r3,c",
        "\u{0}\u{0}time,item\n\u{0}1,a\u{0}b\n2,c\u{0}\u{0}3,d\n4,e\r5,f\n6,\"g\"\r7,h\n",
    ]

    private static let documents = [
        "[{\"time\":1\(tail),\"item\":\"a\"},{\"time\":2\(tail),\"item\":\"]}{\\\"\"}]\n[{\"time\":3\(tail),\"item\":\"c\"}]\r\n[]\n",
        "{\n  \"time\": 1\(tail),\n  \"item\": \"a\"\n}\n{\n  \"time\": 2\(tail),\n  \"item\": \"b\"\n}",
        " \u{FEFF}[\r\n  {\r\n    \"time\": 1\(tail),\"item\": \"a\"\r\n  },\r\n  {\"x\": [\r\n    {\"y\": 1}\r\n  ]}\r\n]\r\n",
        // A record that nobody closed, a text that goes over a line end, words between records, and one that is cut off.
        "[\n  {\"time\": 1\(tail),\n    \"item\": {\n  {\"time\":2\(tail),\"item\":\"b\"},\n  {\"a\":\"\n  \"}, word\n  {}",
        "[\n{\"time\":1\(tail),\"item\":\"long\",\"title\":\"\(String(repeating: "x", count: 150))\"},\n"
            + "{\"time\":2\(tail),\"item\":\"b\"},\n{\"time\":3\(tail),\n\"item\":\"c\"\n}\n]", "[", "[\n",
        "[1, 2]\n{}", "{,",
        "[\u{0}\u{0}{\"time\":1\(tail),\"item\":\"a\"}\u{0}\u{0}\n]\u{0}",
    ]

    private static let envelope = "From a@b Mon Mar  2 09:15:00 2026\n"
    private static let mbox = [
        envelope + "Message-ID: <1>\n\nText\n\n" + envelope + "Message-ID: <2>\n\nFrom here\n>From there\n" + envelope
            + "no header\n",
        "A preamble\nof lines\n" + envelope
            + "Subject: x\r\n\r\nText\r\n\r\nFrom a@b Mon Mar  2 09:15:01 2026\r\nX: y\r\n\r\n",
        envelope + "Subject: long\n\n" + String(repeating: "words and lines\n", count: 30) + envelope + "A: b\n\nend",
        envelope + "Subject: a\n\n" + String(repeating: "x", count: 300) + "\n" + envelope + "A: b\n\nFrom a",
        envelope, "From a\n", "From a@b 9:15 2026", "\n\n" + envelope + "A: b",
        "\u{0}\u{0}" + envelope + "A: b\n\n\u{0}\u{0}",
    ]

    private static let mboxPlan = RecordPlan(
        kind: .mbox,
        bindings: [
            .init(field: .time, names: ["envelope.date"]), .init(field: .item, names: ["message-id", "envelope"]),
            .init(field: .title, names: ["subject"]), .init(field: .text, names: ["text"]),
            .init(field: .stream, names: [], fallback: "email"), .init(field: .action, names: [], fallback: "send"),
        ])

    private static let csvPlan = RecordPlan(
        kind: .csv(separator: nil),
        bindings: [
            .init(field: .time, names: ["time"]), .init(field: .item, names: ["item"]),
            .init(field: .title, names: ["title", "ti\ntle"]),
            .init(field: .stream, names: [], fallback: "ticket"),
            .init(field: .action, names: [], fallback: "complete"),
        ])

    @Test(arguments: ndjson)
    func `Lines are the same records whatever the pieces they come in`(text: String) { compare(text, .tailrace()) }

    @Test(arguments: documents)
    func `JSON over lines is the same records whatever the pieces they come in`(text: String) {
        compare(text, .tailrace())
    }

    @Test(arguments: mbox)
    func `Messages are the same records whatever the pieces they come in`(text: String) {
        compare(text, ChunkingTests.mboxPlan)
    }

    @Test(arguments: csv)
    func `Rows are the same records whatever the pieces they come in`(text: String) {
        compare(text, ChunkingTests.csvPlan)
    }

    /// Every size of piece, then random ones; a limit of 100 bytes lets records be too long.
    private func compare(_ text: String, _ plan: RecordPlan) {
        let bytes = Array(text.utf8)
        for limit in [100, 4 << 20] {
            let whole = scan(bytes, plan, limit: limit)
            for size in 1...max(1, bytes.count) {
                let pieces = scan(bytes, plan, limit: limit) { _ in size }
                #expect(pieces == whole, "pieces of \(size), limit \(limit): \(text)")
                if pieces != whole { return }
            }
            for seed in 1...20 as ClosedRange<UInt64> {
                var generator = SplitMix64(seed: seed)
                let pieces = scan(bytes, plan, limit: limit) { _ in 1 + generator.below(40) }
                #expect(pieces == whole, "seed \(seed), limit \(limit): \(text)")
            }
        }
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func `Random rows full of quotes are the same records whatever the pieces`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<40 {
            let body = (0..<generator.below(120)).map { _ in
                generator.pick(["\"", "\"\"", ",", "\n", "\r\n", "a", "bc", "\"x\"", ",\"", "\",", ";"])
            }
            let bytes = Array(("time,item\n" + body.joined()).utf8)
            let whole = scan(bytes, ChunkingTests.csvPlan, limit: 30)
            for size in [1, 2, 3, 5, 8, 13, 21, 31, 32, 60] {
                let pieces = scan(bytes, ChunkingTests.csvPlan, limit: 30) { _ in size }
                #expect(pieces == whole, "seed \(seed), pieces of \(size): \(body.joined())")
                if pieces != whole { return }
            }
        }
    }

    @Test func `A record beyond four mebibytes is one rejection and its neighbours are read`() {
        let good = "{\"time\":1\(ChunkingTests.tail),\"item\":\"a\"}\n"
        let long = "{\"text\":\"" + String(repeating: "w ", count: 2_200_000) + "\"}\n"
        let bytes = Array((good + long + good).utf8)
        let whole = scan(bytes, .tailrace())
        #expect(whole.count == 3)
        #expect(whole[1] == "\(good.utf8.count)+\(long.utf8.count) oversize at 1000 ||")
        #expect(scan(bytes, .tailrace()) { _ in 300_007 } == whole)
        // Without a line end behind it, too.
        let cut = Array((good + long.dropLast()).utf8)
        #expect(scan(cut, .tailrace()) == scan(cut, .tailrace()) { _ in 1_000_000 })
        #expect(scan(cut, .tailrace()).last == "\(good.utf8.count)+\(long.utf8.count - 1) oversize at 1000 ||")
    }
}
