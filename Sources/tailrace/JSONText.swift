import TailracePipeline

/// A JSON value whose objects keep their order.
enum JSONValue: Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case real(Double)
    case string(String)
    case array([JSONValue])
    case object([(String, JSONValue)])

    init(_ value: RowValue) {
        switch value {
        case .null: self = .null
        case .integer(let value): self = .integer(value)
        case .real(let value): self = .real(value)
        case .text(let text): self = .string(text)
        case .blob(let bytes): self = .string(bytes.map { JSONValue.hex($0, digits: 2) }.joined())
        }
    }

    init(_ value: Int64?) { self = value.map(JSONValue.integer) ?? .null }
    init(_ value: Double?) { self = value.map(JSONValue.real) ?? .null }
    init(_ value: String?) { self = value.map(JSONValue.string) ?? .null }

    /// The value in one line. A number that JSON cannot hold (infinite, not a number) is null.
    var text: String {
        var text = ""
        write(to: &text)
        return text
    }

    /// As `text`, but an array has one element a line, which `grep` and a diff can use.
    var lines: String {
        guard case .array(let elements) = self, !elements.isEmpty else { return text }
        return "[\n" + elements.map { "  " + $0.text }.joined(separator: ",\n") + "\n]"
    }

    private func write(to text: inout String) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        case .real(let value): text += value.isFinite ? "\(value)" : "null"
        case .string(let value): JSONValue.write(value, to: &text)
        case .array(let elements):
            text += "["
            for (index, element) in elements.enumerated() {
                if index > 0 { text += ", " }
                element.write(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { text += ", " }
                JSONValue.write(member.0, to: &text)
                text += ": "
                member.1.write(to: &text)
            }
            text += "}"
        }
    }

    /// RFC 8259, 7; besides what it demands, DEL and the C1 controls, which terminals obey.
    private static func write(_ string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{0}"..<" ", "\u{7F}"..."\u{9F}": text += "\\u" + hex(scalar.value, digits: 4)
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }

    private static func hex(_ value: some BinaryInteger, digits: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
