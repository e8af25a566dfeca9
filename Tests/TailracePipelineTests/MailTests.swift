import Testing
import TestSupport

@testable import TailracePipeline

@Suite struct MailTests {
    private static let names = [
        "subject", "text", "from.address", "thread", "parent", "attachments", "recipients", "date", "x-mailer",
    ]

    /// The values of one message, counts and times as they stand.
    private func read(_ message: String) throws -> [String: String] { try read(Array(message.utf8)) }

    private func read(_ message: [UInt8]) throws -> [String: String] {
        let bytes = Array("From a@b Mon Mar  2 09:15:00 2026\n".utf8) + message
        var arena: [UInt8] = []
        var slots = Array(repeating: FieldSlot(), count: MailTests.names.count)
        try MailRecord(names: MailTests.names).read(bytes.span, from: 0, to: bytes.count, into: &arena, &slots)
        var values: [String: String] = [:]
        for (name, slot) in zip(MailTests.names, slots) where slot.kind != .absent {
            values[name] =
                slot.kind == .count
                ? String(slot.start) : String(decoding: arena[Int(slot.start)..<Int(slot.end)], as: UTF8.self)
        }
        return values
    }

    @Test(arguments: [
        ("=?utf-8?B?R3LDvMOfZQ==?=", "Grüße"), ("=?ISO-8859-1?Q?Gr=FC=DFe_an_alle?=", "Grüße an alle"),
        ("=?utf-8?q?a?=  =?utf-8?q?b?= c", "ab c"), ("=?utf-8?q?M=C3?=\n =?utf-8?q?=A4rz?=", "März"),
        ("=?koi8-r?B?8NLJ18XU?=", "Привет"), ("=?iso-2022-jp?B?GyRCJDMkcyRLJEEkTxsoQg==?=", "こんにちは"),
        ("=?utf-8*de?q?x?=", "x"), ("=?none-such?q?=41?=", "A"), ("=?utf-8?x?abc?=", "=?utf-8?x?abc?="),
        ("=?utf-8?q?open", "=?utf-8?q?open"), ("plain =?= ? =", "plain =?= ? ="),
        ("two\n lines\n\tof it", "two lines of it"),
        ("Grüße", "Grüße"),
    ])
    func `Encoded words are undone, and what is none stays`(raw: String, text: String) throws {
        #expect(try read("Subject: \(raw)\n\n")["subject"] == text)
    }

    @Test(arguments: [
        ("Mon, 2 Mar 2026 10:15:00 +0100 (CET)", 1_772_442_900), ("2 Mar 26 09:15 GMT", 1_772_442_900),
        ("Mon,  2 Mar 2026 04:15:00 EST", 1_772_442_900), ("Mon Mar  2 09:15:00 2026", 1_772_442_900),
        ("02-Mar-2026 09:15:00.250 -0000", 1_772_442_900), ("Tue, 14 Mar 1995 11:06:41 +1100", 795_139_601),
        ("Mon, 2 Mar 2026 09:15:00 ZZZ", 1_772_442_900), ("Mon, 2 Mar 2026 14:45:00 +0530", 1_772_442_900),
    ])
    func `Dates are read in the forms in which mails have them`(raw: String, seconds: Int64) throws {
        #expect(try read("Date: \(raw)\n\n")["date"] == String(seconds))
    }

    @Test(arguments: [
        "someday", "2 Foo 2026 10:00", "Mon, 2 Mar 2026", "32 Mar 2026 10:00", "2 Mar 2026 25:00", "::", "",
    ])
    func `What is no date is not taken for one`(raw: String) throws {
        let bytes = Array(raw.utf8)
        #expect(MailDate(bytes.span, from: 0, to: bytes.count) == nil)
    }

    @Test func `Addresses are counted and found, whatever stands in names and remarks`() throws {
        let values = try read(
            """
            From: "Doe, J. <j@x>" (desk, the@one) <jane@example.org>
            To: a@b, "x, y" <c@d>,, undisclosed-recipients:;
            Cc: (nobody@x) e@f; <g@h>
            Subject: x

            """)
        #expect(values["from.address"] == "jane@example.org")
        #expect(values["recipients"] == "4")
        #expect(try read("From: jane at example.org\n\n")["from.address"] == nil)
        #expect(try read("From: jane@example.org (Jane)\n\n")["from.address"] == "jane@example.org")
    }

    @Test func `An answer is of the thread and answers the message that its headers say`() throws {
        let both = try read("References: <1@x>\n <2@x>\nIn-Reply-To: <9@x>\nMessage-ID: <3@x>\n\n")
        #expect(both["thread"] == "1@x" && both["parent"] == "2@x")
        let one = try read("In-Reply-To: Your message of \"today\" <2@x>\nMessage-ID: <3@x>\n\n")
        #expect(one["thread"] == "2@x" && one["parent"] == "2@x")
        let none = try read("Message-ID: <3@x>\n\n")
        #expect(none["thread"] == "3@x" && none["parent"] == nil)
    }

    private func multipart(_ kind: String, _ parts: [String]) -> String {
        "Content-Type: multipart/\(kind);\n boundary=\"=_x\"\n\npreamble\n"
            + parts.map { "--=_x\n\($0)\n" }.joined() + "--=_x--\nepilogue\n"
    }

    @Test func `The text is that of the parts which people read`() throws {
        let plain = "Content-Type: text/plain\n\none"
        let html = "Content-Type: text/html\n\n<p>two</p>"
        let file = "Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\nAAAA"
        let attached = "Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nthree"
        let mixed = try read(multipart("mixed", [plain, html, file, attached]))
        #expect(mixed["text"]?.split(separator: "\n") == ["one", "two"] && mixed["attachments"] == "2")
        #expect(try read(multipart("alternative", [plain, html]))["text"] == "one")
        #expect(try read(multipart("alternative", [html, plain]))["text"] == "one")
        #expect(
            try read(multipart("alternative", ["Content-Type: text/plain\n\n  ", html]))["text"]?.hasPrefix("two")
                == true)
        // Nothing is said of the part, and its boundary is that of no other.
        #expect(try read(multipart("mixed", ["\nbare\n--=_y\n--=_xx"]))["text"] == "bare\n--=_y\n--=_xx")
        #expect(
            try read(multipart("mixed", ["Content-Type: message/rfc822\n\nSubject: x\n\ninner"]))["attachments"] == "1")
    }

    @Test func `Transfer encodings and charsets are undone, and what is cut off ends there`() throws {
        func body(_ encoding: String, _ charset: String, _ text: String) throws -> String? {
            try read("Content-Type: text/plain; charset=\(charset)\nContent-Transfer-Encoding: \(encoding)\n\n\(text)")[
                "text"]
        }
        #expect(try body("base64", "utf-8", "R3LD\nvMOf\nZQ==") == "Grüße")
        #expect(try body("BASE64", "utf-8", "R3LDvMO") == "Gr\u{FC}\u{FFFD}")
        #expect(try body("quoted-printable", "iso-8859-15", "10 =A4 = \nmore=\n.=ZZ =4") == "10 € more.=ZZ =4")
        #expect(try body("8bit", "x-nobody-knows", "Grüße") == "Grüße")
        #expect(try body("7bit", "utf-8", ">From here\n>>From there\n> From") == "From here\n>From there\n> From")
        let unlabelled = try read(Array("Subject: x\n\nGr".utf8) + [0xFC, 0xDF] + Array("e".utf8))
        #expect(unlabelled["text"] == "Grüße")
    }

    @Test(arguments: [
        ("a &amp; b&nbsp;&lt;c&gt; &#228;&#xE4;&euro;&unknown; &", "a & b <c> ää€&unknown; &"),
        ("<style>p {x}</style><script>if (a<b) {}</script>x<!-- <p> -->y", "xy"),
        ("a<br>b<p>c</p>d  \n e", "a\nb\nc\nd e"),
        ("<a title=\"x > y\">link</a> 1 < 2", "link 1 < 2"), ("open <b", "open "), ("<script>never closed", ""),
        ("<a title=\"never closed>text", "text"),
    ])
    func `HTML is read as people see it`(html: String, text: String) {
        var output: [UInt8] = []
        HTMLText.append(Array(html.utf8).span, to: &output)
        #expect(String(decoding: output, as: UTF8.self) == text)
    }

    @Test func `A message that was made to break readers is a rejection and its neighbours are read`() throws {
        var deep = ""
        for level in 0..<60 { deep += "Content-Type: multipart/mixed; boundary=b\(level)\n\n--b\(level)\n" }
        #expect(throws: RejectionReason.nesting) { try read(deep) }
        let many = String(repeating: "--b\n\nx\n", count: 5000)
        #expect(throws: RejectionReason.nesting) { try read("Content-Type: multipart/mixed; boundary=b\n\n" + many) }
        #expect(throws: RejectionReason.syntax) { try read("no header at all\n") }
        let long = try read("Subject: \(String(repeating: "=?utf-8?q?abc?= ", count: 70_000))\n\nText")
        #expect(long["text"] == "Text" && (long["subject"]?.utf8.count ?? 0) <= EncodedWords.limitBytes)
        let brackets = try read(
            "References: \(String(repeating: "<", count: 1_000_000))\nTo: \(String(repeating: "(", count: 1_000_000))\n\nText"
        )
        #expect(brackets["text"] == "Text" && brackets["recipients"] == "0")
    }

    /// Bytes that were mails, cut and mixed: whatever they are, reading them ends and stays inside of them.
    @Test(arguments: 1...6 as ClosedRange<UInt64>) func `Whatever the bytes are, they are read to an end`(seed: UInt64)
    {
        var generator = SplitMix64(seed: seed)
        let pieces = [
            "Content-Type: ", "multipart/mixed; boundary=", "\"", "--a", "a", "\n", "\r\n", "\n\n", " ", "text/html",
            "<", ">",
            "&", "=?utf-8?q?", "?=", "=", "=3D", "base64\n\n", "QUJD", "Content-Transfer-Encoding: ",
            "quoted-printable", "(",
            "From: ", "To: ", "Date: ", "2 Mar 2026 10:00 +0100", "Message-ID: ", "charset=utf-16; ", "\u{0}", "ü", ";",
            "<script>",
        ]
        for _ in 0..<400 {
            var bytes: [UInt8] = []
            for _ in 0..<generator.below(60) {
                bytes += Array(generator.pick(pieces).utf8)
                if generator.oneIn(20) { bytes.append(UInt8(generator.below(256))) }
            }
            _ = try? read(bytes)
        }
    }
}
