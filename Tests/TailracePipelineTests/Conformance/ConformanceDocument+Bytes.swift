@testable import TailracePipeline

extension ConformanceDocument {
    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    private static let record = Array(good.utf8)

    private static func raw(_ line: [UInt8], _ outcomes: RejectionReason?...) -> ConformanceDocument {
        ConformanceDocument(line: line, outcomes: outcomes)
    }

    /// Encodings, and lines that are not one record.
    static let bytes: [ConformanceDocument] =
        wellFormed.map { .bytes($0) } + illFormed.map { .bytes($0, .encoding) }
        + [
            // Wherever it stands: in a key, between tokens, behind the record; it is told before the syntax is.
            raw(Array("{\"a".utf8) + [0xFF] + Array("\":1}".utf8), .encoding), raw(record + [0x80], .encoding),
            raw([0xC0] + record, .encoding), raw([0xFF], .encoding), raw([0xFE, 0xFF] + record, .encoding),
            raw([0xFF, 0xFE] + record, .encoding), raw(mark + record, nil), raw(mark + mark + record, nil),
            raw(record + mark, .syntax), raw([0xEF, 0xBB] + record, .encoding), raw(mark + [0x78], .syntax),
            // UTF-16 inside of a file that is none.
            raw(record.flatMap { [$0, 0] }, .syntax), raw(record.flatMap { [0, $0] }, .syntax),
            raw([0xFF, 0xFE] + record.flatMap { [$0, 0] }, .encoding),
            raw([0xFE, 0xFF] + record.flatMap { [0, $0] }, .encoding),
            // Zero bytes before a record, holes behind one, and records that a hole or a return joins.
            raw([0, 0, 0] + record, nil), raw([0] + record, nil), raw(record + [0, 0], nil),
            raw(record + [0, 0, 0] + record, nil, nil), raw(record + [0] + record, .syntax),
            raw(Array(record.prefix(20)) + [0, 0] + record, .syntax, nil), raw([0, 0], /* nothing */ ),
            raw(record + [13] + record, nil, nil), raw(record + [13, 13] + record, nil, nil),
            raw(record + [13] + Array("x".utf8) + [13] + record, nil, .syntax, nil), raw([13] + record, nil),
            raw(record + [13] + mark + record, nil, nil),
            raw(Array("\"a".utf8) + [13] + Array("b\"".utf8), .syntax, .syntax),
            // A line feed in a string ends the record all the same.
            raw(Array("{\"title\":\"a".utf8) + [10] + Array("b\"}".utf8), .syntax, .syntax),
            raw(record + [10, 10, 13, 10] + record, nil, nil), raw(record + [10, 13] + record, nil, nil),
            raw([], /* nothing */ ), raw([32], /* nothing */ ), raw([9, 32, 11, 12, 13], /* nothing */ ),
        ]

    /// The first and the last of each length, and around the surrogates.
    private static let wellFormed: [[UInt8]] = [
        [0x7F], [0xC2, 0x80], [0xDF, 0xBF], [0xE0, 0xA0, 0x80], [0xED, 0x9F, 0xBF], [0xEE, 0x80, 0x80],
        [0xEF, 0xBF, 0xBF],
        [0xF0, 0x90, 0x80, 0x80], [0xF3, 0xBF, 0xBF, 0xBF], [0xF4, 0x8F, 0xBF, 0xBF], [0x61, 0xCC, 0x81],
    ]

    private static let illFormed: [[UInt8]] = [
        // Continuations without a lead; a lead without its continuations.
        [0x80], [0xBF], [0xC3, 0xA9, 0xA9], [0xC2], [0xDF, 0x41], [0xC3, 0x28], [0xE2], [0xE2, 0x82],
        [0xE2, 0x28, 0xA1],
        [0xE2, 0x82, 0x28], [0xF0], [0xF0, 0x9F], [0xF0, 0x9F, 0x98], [0xF0, 0x28, 0x8C, 0xBC],
        [0xF0, 0x90, 0x28, 0xBC],
        [0xF0, 0x90, 0x8C, 0x28], [0xC3, 0xC3, 0xA9], [0xE2, 0x82, 0xC3, 0xA9],
        // Overlong forms.
        [0xC0, 0x80], [0xC0, 0xAF], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xE0, 0x80, 0xAF], [0xE0, 0x9F, 0xBF],
        [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x80, 0x80, 0xAF], [0xF0, 0x8F, 0xBF, 0xBF],
        // Surrogates, alone and in pairs (CESU-8).
        [0xED, 0xA0, 0x80], [0xED, 0xAF, 0xBF], [0xED, 0xB0, 0x80], [0xED, 0xBF, 0xBF],
        [0xED, 0xA0, 0xB4, 0xED, 0xB4, 0x9E],
        // Beyond U+10FFFF, and leads that there are not.
        [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xF7, 0xBF, 0xBF, 0xBF], [0xF8, 0x88, 0x80, 0x80, 0x80],
        [0xFC, 0x84, 0x80, 0x80, 0x80, 0x80], [0xFE], [0xFF], [0xFF, 0xFF],
        // Latin-1 and Windows-1252.
        [0x63, 0x61, 0x66, 0xE9], [0xA0], [0x93, 0x61, 0x94],
    ]
}
