import TailracePipeline
import Testing

@testable import TailraceConfig

struct HostileYAMLTests {
    @Test(arguments: [
        ("a:\n\tb: c\n", "2:1 not YAML: found character that cannot start any token; indent with spaces"),
        ("store: \"a\0b\"\n", "1:10 not YAML: control characters are not allowed; the file must be UTF-8 text"),
        (
            "store: a: b\n",
            "1:9 not YAML: mapping values are not allowed in this context; put a text with `: ` in quotes"
        ),
        ("store: [\n", "2:1 not YAML: did not find expected node content"),
        ("x: 1\nstore: \"open\n", "2:8 not YAML: found unexpected end of stream; close the quote"),
        (
            "sources: [{paths: [*.gz]}]\n",
            "1:21 not YAML: did not find expected alphabetic or numeric character; "
                + "put a text that begins with `*` or `&` in quotes"
        ),
        ("%YAML 9.9\n---\nstore: a\n", "1:1 not YAML: found incompatible YAML document"),
        ("store: a\n---\nstore: b\n", "2:1 a second document begins here; one file holds one document"),
        ("store: !!binary aGk=\n", "1:8 tags (`!`) are not read; leave the tag out"),
        ("store: &a b\n", "1:8 anchors (`&`) are not read; write the value out"),
        ("store: *a\n", "1:8 aliases (`*`) are not read; write the value out, or put it in quotes"),
        ("? [a, b]\n: c\n", "1:3 a key must be a single value, not a list"),
    ])
    func `what is no plain YAML is told with its place`(text: String, problem: String) {
        #expect(problems(text).contains(problem), "\(problems(text))")
    }

    @Test func `bytes that are no UTF-8 are told with line and column`() {
        var bytes = Array("store: /x\n# é".utf8)
        bytes += [0xFF, 0x0A]
        #expect(
            faults(bytes) == ["t.yaml:2:4: error: not YAML: invalid leading UTF-8 octet; the file must be UTF-8 text"])
        #expect(!faults([0xFF, 0xFE, 0x61, 0x00]).isEmpty)
        #expect(!faults([0xC3]).isEmpty)
    }

    @Test func `a byte order mark and carriage returns change nothing`() {
        #expect(faults(Array("\u{FEFF}store: a\r\nmemory: 1GiB\r\n".utf8)) == [])
        #expect(problems("store: a\r\nstroe: b\r\n").first?.hasPrefix("2:1 ") == true)
    }

    @Test func `a file beyond the limit is refused unread and one at the limit is read`() {
        let comment = Array(repeating: UInt8(ascii: "#"), count: YAMLTree.limitBytes)
        #expect(faults(comment) == [])
        #expect(
            faults(comment + [10]) == [
                "t.yaml:1:1: error: the file has 1048577 bytes; at most 1048576 are read; "
                    + "is it a log? Name logs under `sources`"
            ])
    }

    @Test func `nesting stops at the limit however deep the file goes`() {
        for depth in [33, 500, 5000, 500_000] {
            let text = "x: " + String(repeating: "[", count: depth)
            #expect(
                problems(text).contains { $0.hasPrefix("1:35 nested deeper than 32 levels") || $0.contains("not YAML") }
            )
        }
        let good = "x: " + String(repeating: "[", count: 31) + String(repeating: "]", count: 31)
        #expect(problems(good).count == 1 && problems(good)[0].contains("unknown key \"x\""))
        let block = (0..<400).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
        #expect(problems(block).contains { $0.contains("nested deeper") })
    }

    @Test func `an alias bomb costs no more than its length`() {
        var text = "a0: &a0 [x, x]\n"
        for level in 1...60 {
            text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n"
        }
        // As a key such a tree would have to be hashed.
        text += "? *a60\n: 1\n"
        let found = problems(text)
        #expect(found.count == ProblemList.limit + 1)
        #expect(found.contains { $0.contains("anchors") })
    }

    @Test func `a file with endless mistakes ends with a hundred and a notice`() {
        let found = problems((0..<20_000).map { "key\($0): 1\n" }.joined())
        #expect(found.count == 101)
        #expect(found.last?.contains("too many problems") == true)
    }

    @Test func `long maps and lists of good values are read whole`() throws {
        let receivers = (0..<20_000).map { "  - {name: r\($0), journald: }\n" }.joined()
        #expect(try Configuration.parse(text: "receivers:\n" + receivers, file: "t.yaml").receivers.count == 20_000)
        let map = (0..<20_000).map { "      k\($0): start\n" }.joined()
        let text = "format: a\nrecord: csv\nfields:\n  time: t\n  item: i\n  action:\n    from: x\n    map:\n" + map
        let definition = try FormatDefinition.parse(text: text + "constants: {stream: email}\n", file: "t.yaml")
        #expect(definition.plan.bindings.contains { $0.map.count == 20_000 })
    }

    @Test func `a huge key is shown cut off and on one line`() {
        let found = problems("\"\(String(repeating: "k\\n", count: 5000))\": 1\n")
        #expect(found.count == 1)
        #expect(found.allSatisfy { $0.count < 400 && !$0.contains("\n") })
    }

    @Test func `random bytes are refused or read but never end the program`() {
        let seed: UInt64 = 20_260_302
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "store", ": ", "\n", "  ", "- ", "[", "]", "{", "}", "&a", "*a", "'", "\"", "|", ">", "#", "\t", "!", "é",
            "?",
        ]
        for round in 0..<3000 {
            let text = (0..<Int.random(in: 0...40, using: &generator))
                .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            for problem in problems(text) {
                #expect(problem.contains(":"), "seed \(seed), round \(round): \(text.debugDescription)")
            }
            _ = formatProblems(text)
            let bytes = (0..<30).map { _ in UInt8.random(in: 0...255, using: &generator) }
            _ = faults(bytes)
        }
    }

    private func faults(_ bytes: [UInt8]) -> [String] {
        do throws(ConfigurationFault) {
            _ = try Configuration.parse(bytes: bytes, file: "t.yaml")
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }
}
