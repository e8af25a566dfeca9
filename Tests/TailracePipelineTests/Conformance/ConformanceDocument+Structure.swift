@testable import TailracePipeline

extension ConformanceDocument {
    private static func nested(_ depth: Int, _ open: String = "[", _ inner: String = "", _ close: String = "]")
        -> String
    {
        String(repeating: open, count: depth) + inner + String(repeating: close, count: depth)
    }

    /// Objects, arrays, words, white space, keys, depth.
    static let structure: [ConformanceDocument] =
        [
            .value("true"), .value("false"), .value("null"), .value("{}"), .value("[]"), .value("[[]]"), .value("[{}]"),
            .value("{\"\":{}}"), .value("[ ]"), .value("{ }"), .value("[1,\"a\",null,true,{\"b\":[]}]"),
            .value("\t{ \"a\" :\t[ 1 ,\r2 ] } "), .value("\r[\r]\r"), .line(" \t\r \(good)\t \r", nil),
            .line("\(good)\r\r", nil),
            // Keys: whole, to the letter, of the record itself; the last of equal ones counts.
            .members("\"title\":\"a\",\"title\":\"b\"", title: "b"),
            .members("\"title\":\"a\",\"title\":null", title: ""),
            .members("\"title\":null,\"title\":\"b\"", title: "b"), .members("\"title\":1,\"title\":\"b\"", title: "b"),
            .members("\"title\":\"a\",\"title\":1", .badField), .members("\"x\":1,\"x\":2"),
            .members(#""\u0074itle":"a""#, title: "a"), .members(#""\u0074\u0069\u0074\u006c\u0065":"a""#, title: "a"),
            .members(#""title":"a","titl\u0065":"b""#, title: "b"), .members(#""title\u0000":"a""#, title: ""),
            .members("\"title\0\":\"a\"", title: ""), .members(#""\\u0074itle":"a""#, title: ""),
            .members("\"Title\":\"a\"", title: ""), .members("\"titl\":\"a\",\"titles\":\"b\"", title: ""),
            .members("\" title\":\"a\"", title: ""), .members("\"\":\"a\"", title: ""), .members("\"\":1,\"\":2"),
            .members(#""\ud834":1,"é":2,"𝄞":3,"\ud834\udd1e":4"#, title: ""),
            .members("\"x\":{\"title\":\"a\"},\"y\":[{\"title\":\"b\"}]", title: ""),
            .members((0..<1000).map { "\"k\($0)\":\($0)" }.joined(separator: ",") + ",\"title\":\"a\"", title: "a"),
            .members("\"\(String(repeating: "k", count: 10_000))\":1"), .members("\"action\":\"complete\""),
            .members(#""\u0061ction":"teleport""#, .unknownAction), .members(#""st\u0072eam":null"#, .missingStream),
            // The record is the first level of 64.
            .value(nested(63)), .value(nested(63, "{\"a\":", "1", "}")), .value(nested(31, "[{\"a\":", "[]", "}]")),
            .value(nested(64), .nesting), .value(nested(64, "{\"a\":", "1", "}"), .nesting),
            .value(nested(32, "[{\"a\":", "1", "}]"), .nesting), .value(nested(100_000), .nesting),
            .value(String(repeating: "[", count: 100_000), .nesting),
            .value(String(repeating: "[", count: 63), .syntax),
            .value(String(repeating: "{\"a\":", count: 100_000), .nesting), .value(nested(63) + "]", .syntax),
            .value("[" + Array(repeating: nested(62), count: 100).joined(separator: ",") + "]"),
        ] + noValues.map { .value($0, .syntax) } + noRecords.map { .line($0, .syntax) }
        + [.line("{}", .missingTime), .line(" { } ", .missingTime), .line("{\"\":0}", .missingTime)]

    private static let noValues = [
        "", "tru", "truee", "True", "TRUE", "t", "fals", "False", "nul", "nulll", "Null", "NULL", "None", "undefined",
        "yes", "a", "'a'", "`a`", "true false", "[", "]", "{", "}", "[1", "[1,", "[1,]", "[,1]", "[,]", "[1,,2]",
        "[1 2]",
        "[1:2]", "[1;2]", "[1}", "{]", "[}", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{,}",
        "{\"a\"}", "{\"a\":}", "{:1}", "{\"a\" 1}", "{\"a\",1}", "{\"a\"::1}", "{\"a\"=1}", "{\"a\"=>1}", "{a:1}",
        "{'a':1}", "{1:1}", "{null:1}", "{[]:1}", "{\"a\":1 \"b\":2}", "{\"a\":1,,\"b\":2}", "{\"a\":1;\"b\":2}",
        "{\"a\":1]", "{...}", "[...]", "(1)", "<1>", "1 // one", "/* one */ 1", "# one", "1,", ",1", "1:1", "\\n",
        "\"a\"\"b\"",
        "[1]]", "[]\u{B}", "[]\u{C}", "[]\u{0}", "[]\u{1}", "[]\u{7F}", "[]\u{85}", "[]\u{A0}", "[]\u{2028}",
        "[]\u{3000}",
        "[]\u{FEFF}", "\u{FEFF}1", "\u{200B}1",
    ]

    private static let noRecords = [
        "{", "}", "{{}}", "[]", "[\(good)]", "1", "-", "\"a\"", "null", "true", "x", "\"", "\\", ",", ":", "{,}",
        "\(good),",
        "\(good)}", "\(good)]", "\(good) x", "\(good)\(good)", "\(good) \(good)", "\(good),\(good)", "\(good);",
        "\(good)\"",
        "\(good) // end", "x\(good)", "0\(good)", ",\(good)", "({})", "json=\(good)", "data: \(good)", "<\(good)>",
        "\u{1E}\(good)", "\(good)\u{B}", "\(good)\u{85}", "\u{C}\(good)", "\(good)\0", "{\0}", "{\"time\"\0:1}",
    ]
}
