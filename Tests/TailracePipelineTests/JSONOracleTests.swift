import Foundation
import Testing
import TestSupport

@testable import TailracePipeline

/// The reader of records against Foundation's.
///
/// Agreed differences: a record is an object; nesting ends at 64; half a surrogate pair is U+FFFD and no error;
/// numbers beyond a Double are no concern of a reader that keeps them as text; a comma before a closing brace, which
/// Foundation lets pass, is an error.
@Suite struct JSONOracleTests {
    private static let wanted = ["a", "b", "time", "A", "ä", "title"]

    enum Value: Equatable {
        case text(String), number(Double), other
    }

    /// The wanted fields as the reader finds them; nil where it rejects the record.
    private func ours(_ bytes: [UInt8]) -> [String: Value]? {
        let record = JSONRecord(keys: KeyTable(bindings: JSONOracleTests.wanted.map { [$0] }))
        var slots = Array(repeating: FieldSlot(), count: JSONOracleTests.wanted.count)
        guard isValidUTF8(bytes.span, from: 0, to: bytes.count) else { return nil }
        do {
            try record.read(bytes.span, from: 0, to: bytes.count, into: &slots)
        } catch {
            return nil
        }
        var values: [String: Value] = [:]
        for (name, slot) in zip(JSONOracleTests.wanted, slots) {
            let range = Int(slot.start)..<Int(slot.end)
            switch slot.kind {
            case .absent: continue
            case .string:
                var text: [UInt8] = []
                appendUnescapedJSON(bytes.span, from: range.lowerBound, to: range.upperBound, into: &text)
                #expect(slot.isEscaped || text == Array(bytes[range]))
                values[name] = .text(String(decoding: text, as: UTF8.self))
            case .number: values[name] = Double(String(decoding: bytes[range], as: UTF8.self)).map(Value.number)
            case .other: values[name] = .other
            }
        }
        return values
    }

    private func theirs(_ bytes: [UInt8]) -> [String: Value]? {
        guard let object = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] else { return nil }
        var values: [String: Value] = [:]
        for name in JSONOracleTests.wanted {
            switch object[name] {
            case nil, is NSNull: continue
            case let text as String: values[name] = .text(text)
            case let number as NSNumber: values[name] = isBoolean(number) ? .other : .number(number.doubleValue)
            default: values[name] = .other
            }
        }
        return values
    }

    private func isBoolean(_ number: NSNumber) -> Bool { number.objCType.pointee == CChar(UInt8(ascii: "c")) }

    /// Is this one of the agreed differences? Half a pair, a number beyond a Double, a comma before a closing brace.
    private func isAgreed(_ bytes: [UInt8]) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self)
            .replacing("\\\\", with: "").replacing("\\ud834\\udd1e", with: "")
        return text.contains(/\\ud|[eE][+\-]?[0-9]{3,}|,\s*\}/)
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `Well-formed records give the values that Foundation gives`(seed: UInt64) {
        var documents = JSONDocuments(generator: SplitMix64(seed: seed))
        for _ in 0..<400 {
            let text = documents.object()
            let found = ours(Array(text.utf8))
            guard found != nil, found == theirs(Array(text.utf8)) else {
                Issue.record("seed \(seed): \(text)\n\(String(describing: found))")
                return
            }
        }
    }

    @Test(arguments: 11...18 as ClosedRange<UInt64>)
    func `Damaged records are accepted where Foundation accepts them and rejected where it rejects`(seed: UInt64) {
        var documents = JSONDocuments(generator: SplitMix64(seed: seed))
        var accepted = 0
        for _ in 0..<1500 {
            let bytes = documents.damaged()
            if isAgreed(bytes) { continue }
            let (a, b) = (ours(bytes), theirs(bytes))
            accepted += a == nil ? 0 : 1
            guard a == b else {
                let text = String(decoding: bytes, as: UTF8.self)
                Issue.record("seed \(seed): \(text)\n\(String(describing: a))\n\(String(describing: b))")
                return
            }
        }
        #expect(accepted > 100)
    }
}
