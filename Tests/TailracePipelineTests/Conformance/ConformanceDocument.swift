import Testing

@testable import TailracePipeline

/// One line that the reader of JSON records meets, and what has to become of it.
///
/// Where RFC 8259 leaves the choice to the reader (half a surrogate pair, a number out of range, a key that appears
/// twice, a byte order mark), the document says what ours does.
struct ConformanceDocument: Sendable, CustomTestStringConvertible {
    var line: [UInt8]
    /// What becomes of it, record by record: a reason, or nil for an event. Nearly always one; none of a blank line.
    var outcomes: [RejectionReason?] = [nil]
    /// The decoded title of the event; nil: not looked at.
    var title: String?
    /// The event's amount in ten-thousandths; nil: not looked at.
    var amount: Int64?

    var testDescription: String {
        let head = line.prefix(100).map { (0x20..<0x7F).contains($0) ? String(Unicode.Scalar($0)) : "<\($0)>" }
        return head.joined() + (line.count > 100 ? "… (\(line.count) bytes)" : "")
    }

    /// A whole line.
    static func line(_ text: String, _ outcomes: RejectionReason?...) -> ConformanceDocument {
        ConformanceDocument(line: Array(text.utf8), outcomes: outcomes)
    }

    /// An event with these members behind the required ones.
    static func members(
        _ text: String, title: String? = nil, amount: Int64? = nil, _ outcome: RejectionReason? = nil
    ) -> ConformanceDocument {
        ConformanceDocument(line: record(Array(text.utf8)), outcomes: [outcome], title: title, amount: amount)
    }

    /// A value, as it stands in the record, of a field that nobody asks for.
    static func value(_ text: String, _ outcome: RejectionReason? = nil) -> ConformanceDocument {
        members("\"x\":" + text, outcome)
    }

    /// A title between its quotes, and what it means.
    static func title(_ text: String, means title: String) -> ConformanceDocument {
        members("\"title\":\"\(text)\"", title: title)
    }

    /// A title between its quotes that is no string.
    static func badTitle(_ text: String) -> ConformanceDocument { members("\"title\":\"\(text)\"", .syntax) }

    /// An amount, and how many ten-thousandths it is; nil: too large for 64 bits.
    static func amount(_ text: String, means amount: Int64?) -> ConformanceDocument {
        members("\"amount\":" + text, amount: amount, amount == nil ? .badField : nil)
    }

    /// Bytes inside of a string, well-formed UTF-8 or not.
    static func bytes(_ bytes: [UInt8], _ outcome: RejectionReason? = nil) -> ConformanceDocument {
        ConformanceDocument(
            line: record(Array("\"title\":\"".utf8) + bytes + Array("\"".utf8)), outcomes: [outcome],
            title: outcome == nil ? String(decoding: bytes, as: UTF8.self) : nil)
    }

    /// The required fields.
    static let required = #""time":1767225600,"stream":"ticket","action":"schedule","item":"T-1""#
    static let good = "{\(required)}"

    private static func record(_ members: [UInt8]) -> [UInt8] {
        Array("{\(required),".utf8) + members + Array("}".utf8)
    }
}
