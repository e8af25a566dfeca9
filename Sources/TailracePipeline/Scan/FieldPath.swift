/// Where a record of JSON holds a value: keys and places in arrays, from the outside in.
///
/// ```
/// issue.user.login                 a key inside a key
/// labels[0].name                   the first element's
/// recipients[*].email              of the first element that has one
/// parameters[name=doc_id].value    of the element whose `name` is `doc_id`
/// count(recipients)                how many elements
/// events[].name                    of the element that is an event of its own (`each: events`)
/// a\.b                             a key with a point in it
/// ```
public struct FieldPath: Sendable, Hashable {
    public enum Step: Sendable, Hashable {
        case key(String)
        case index(Int)
        /// The first element that holds what the rest of the path wants.
        case any
        /// The first element whose key has the value.
        case element(key: String, value: String)
        /// The element that is an event of its own.
        case each
    }

    public var steps: [Step]
    /// The number of elements is meant, not a value.
    public var isCount: Bool

    /// What is wrong with a text that is no path.
    public struct Fault: Error {
        public var message: String
    }

    public init(_ text: String) throws(Fault) {
        var rest = Array(text.utf8)[...]
        isCount = text.hasPrefix("count(") && text.hasSuffix(")")
        if isCount { rest = rest.dropFirst(6).dropLast() }
        steps = []
        var isKeyDue = true
        while let byte = rest.first {
            if byte == UInt8(ascii: "[") {
                guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else {
                    throw Fault(message: "`[` is not closed")
                }
                steps.append(try FieldPath.bracket(rest[(rest.startIndex + 1)..<end]))
                rest = rest[(end + 1)...]
                isKeyDue = false
            } else if byte == UInt8(ascii: "."), !isKeyDue {
                rest = rest.dropFirst()
                isKeyDue = true
            } else {
                guard isKeyDue else { throw Fault(message: "a `.` is missing behind `]`") }
                steps.append(.key(try FieldPath.key(&rest)))
                isKeyDue = false
            }
        }
        if isKeyDue { throw Fault(message: steps.isEmpty ? "it is empty" : "nothing follows the last `.`") }
        let count = steps.filter { $0 == .each }.count
        if count > 1 { throw Fault(message: "`[]` can stand once") }
    }

    private static func key(_ rest: inout ArraySlice<UInt8>) throws(Fault) -> String {
        var key: [UInt8] = []
        while let byte = rest.first, byte != UInt8(ascii: "."), byte != UInt8(ascii: "[") {
            rest = rest.dropFirst()
            if byte == UInt8(ascii: "\\") {
                guard let next = rest.popFirst() else { throw Fault(message: "nothing follows the last `\\`") }
                key.append(next)
            } else {
                key.append(byte)
            }
        }
        if key.isEmpty { throw Fault(message: "a key is empty") }
        return String(decoding: key, as: UTF8.self)
    }

    private static func bracket(_ inner: ArraySlice<UInt8>) throws(Fault) -> Step {
        let text = String(decoding: inner, as: UTF8.self)
        if text.isEmpty { return .each }
        if text == "*" { return .any }
        if let index = Int(text), index >= 0, index < 1000 { return .index(index) }
        let parts = text.split(separator: "=", maxSplits: 1)
        guard parts.count == 2 else {
            throw Fault(message: "`[\(text)]` is no place in an array: write a number, `*`, `key=value`, or nothing")
        }
        return .element(key: String(parts[0]), value: String(parts[1]))
    }
}
