@testable import TailracePipeline

extension ConformanceDocument {
    /// Escapes, surrogates, and what may not stand bare in a string.
    static let strings: [ConformanceDocument] =
        [
            .title(#"\""#, means: "\""), .title(#"\\"#, means: "\\"), .title(#"\/"#, means: "/"),
            .title(#"\b"#, means: "\u{8}"), .title(#"\f"#, means: "\u{C}"), .title(#"\n"#, means: "\n"),
            .title(#"\r"#, means: "\r"), .title(#"\t"#, means: "\t"), .title("/", means: "/"),
            .title("", means: ""), .title(" ", means: " "), .title(#"\\\\"#, means: #"\\"#),
            .title(#"\\\""#, means: #"\""#), .title(#"\\n"#, means: #"\n"#), .title(#"\\u0041"#, means: #"\u0041"#),
            .title(#"{}[],:'#"#, means: "{}[],:'#"), .title(#"a\u0062c"#, means: "abc"),
            // By code point; hexadecimal digits of either case.
            .title(#"\u0041"#, means: "A"), .title(#"\u00e9\u00E9"#, means: "éé"), .title(#"\u20aC"#, means: "€"),
            .title(#"\u0000"#, means: "\0"), .title(#"\u001f"#, means: "\u{1F}"), .title(#"\u0022"#, means: "\""),
            .title(#"\u005c"#, means: "\\"), .title(#"\u005cn"#, means: #"\n"#), .title(#"\u007f"#, means: "\u{7F}"),
            .title(#"\u0080"#, means: "\u{80}"), .title(#"\u07ff\u0800"#, means: "\u{7FF}\u{800}"),
            .title(#"\ud7ff\ue000"#, means: "\u{D7FF}\u{E000}"), .title(#"\ufffe\uffff"#, means: "\u{FFFE}\u{FFFF}"),
            .title(#"\ufeff"#, means: "\u{FEFF}"), .title(#"\u2028\u2029"#, means: "\u{2028}\u{2029}"),
            .title(#"e\u0301"#, means: "e\u{301}"), .title(#"\u00410"#, means: "A0"),
            // Pairs, and halves of them: a half is U+FFFD.
            .title(#"\ud834\udd1e"#, means: "𝄞"), .title(#"\uD834\uDD1E"#, means: "𝄞"),
            .title(#"\ud800\udc00"#, means: "\u{10000}"), .title(#"\udbff\udfff"#, means: "\u{10FFFF}"),
            .title(#"\ud834\udd1e\ud834\udd1e"#, means: "𝄞𝄞"), .title(#"\ud834"#, means: "\u{FFFD}"),
            .title(#"\udd1e"#, means: "\u{FFFD}"), .title(#"\udd1e\ud834"#, means: "\u{FFFD}\u{FFFD}"),
            .title(#"\ud834\ud834"#, means: "\u{FFFD}\u{FFFD}"), .title(#"\udd1e\udd1e"#, means: "\u{FFFD}\u{FFFD}"),
            .title(#"\ud834\ud834\udd1e"#, means: "\u{FFFD}𝄞"), .title(#"\udd1e\ud834\udd1e"#, means: "\u{FFFD}𝄞"),
            .title(#"\ud834x"#, means: "\u{FFFD}x"), .title(#"\ud834\n"#, means: "\u{FFFD}\n"),
            .title(#"\ud834\u0041"#, means: "\u{FFFD}A"), .title(#"\ud834\\udd1e"#, means: #"\#u{FFFD}\udd1e"#),
            .title(#"\udbff\ue000"#, means: "\u{FFFD}\u{E000}"), .title(#"x\udc00"#, means: "x\u{FFFD}"),
            // Bare characters that a strict reader may doubt, but that need no escape.
            .title("\u{7F}", means: "\u{7F}"), .title("\u{80}\u{9F}", means: "\u{80}\u{9F}"),
            .title("\u{2028}\u{2029}", means: "\u{2028}\u{2029}"), .title("a\u{FEFF}b", means: "a\u{FEFF}b"),
            .title("\u{FFFD}\u{FFFF}", means: "\u{FFFD}\u{FFFF}"), .title("👩‍👩‍👧", means: "👩‍👩‍👧"),
            // A bare zero byte is a slip of the writer, not of the record (docs/formats.md).
            .title("a\0b", means: "a\0b"), .title("\\n\0\\n", means: "\n\0\n"),
        ] + badEscapes.map(ConformanceDocument.badTitle) + [
            .members("\"title\":\"open", .syntax), .members(#""title":"open\""#, .syntax),
            .members("\"title\":\"", .syntax), .members("\"title\":'single'", .syntax),
            .members("\"title\":“curly”", .syntax), .members("\"title\":\"a\"b\"", .syntax),
            .members(#""ti\tle":1"#), .members("\"ti\tle\":1", .syntax), .members(#""ti\qle":1"#, .syntax),
            .members(#""x":{"\q":1}"#, .syntax), .members(#""x":["\u12"]"#, .syntax), .members(#"\u0022x":1"#, .syntax),
        ]

    private static let badEscapes: [String] =
        [
            #"\x41"#, #"\U00000041"#, #"\a"#, #"\v"#, #"\e"#, #"\0"#, #"\101"#, #"\'"#, #"\ "#, #"\é"#, #"\😀"#,
            #"\N"#, #"\T"#, #"\u"#, #"\u1"#, #"\u12"#, #"\u123"#, #"\u123 "#, #"\u12g4"#, #"\ug123"#, #"\u 123"#,
            #"\u+123"#, #"\u-123"#, #"\u0x41"#, #"\u{41}"#, #"\u１２３４"#, #"\ud834\"#, #"\ud834\u"#,
            #"\ud834\udd1"#, #"\ud834\udd1g"#, #"\\\"#, "\\\u{1}",
        ] + ["\u{1}", "\u{8}", "\t", "\u{B}", "\u{C}", "\u{1B}", "\u{1F}"].map { "a\($0)b" }
}
