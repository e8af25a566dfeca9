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
    private static let wanted = [
        "a", "b", "time", "A", "ä", "title", "a.b", "b.a", "a.a.b", "a[0]", "b[1]", "a[*].b", "b[*].a.b", "a[0].a",
        "b[a=b].b", "count(a)", "count(a.b)", "a[*][0]",
    ]

    enum Value: Equatable {
        case text(String), number(Double), other, count(Int)
    }

    /// The wanted fields as the reader finds them; nil where it rejects the record.
    private func ours(_ bytes: [UInt8]) -> [String: Value]? {
        let paths = JSONOracleTests.wanted.enumerated().compactMap { slot, text in
            (try? FieldPath(text)).map { (path: $0, slot: slot) }
        }
        let record = JSONRecord(tree: PathTree(paths))
        var slots = Array(repeating: FieldSlot(), count: JSONOracleTests.wanted.count)
        guard isValidUTF8(bytes.span, from: 0, to: bytes.count) else { return nil }
        do {
            try record.read(bytes.span, from: 0, to: bytes.count, into: &slots)
        } catch {
            return nil
        }
        var values: [String: Value] = [:]
        for (name, slot) in zip(JSONOracleTests.wanted, slots) {
            let range = Int(slot.start)..<Int(max(slot.start, slot.end))
            switch slot.kind {
            case .absent: continue
            case .string:
                var text: [UInt8] = []
                appendUnescapedJSON(bytes.span, from: range.lowerBound, to: range.upperBound, into: &text)
                #expect(slot.isEscaped || text == Array(bytes[range]))
                values[name] = .text(String(decoding: text, as: UTF8.self))
            case .number: values[name] = Double(String(decoding: bytes[range], as: UTF8.self)).map(Value.number)
            case .other: values[name] = .other
            case .count: values[name] = .count(Int(slot.start))
            }
        }
        return values
    }

    private func theirs(_ bytes: [UInt8]) -> [String: Value]? {
        guard let object = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] else { return nil }
        var values: [String: Value] = [:]
        for name in JSONOracleTests.wanted {
            guard let path = try? FieldPath(name) else { continue }
            values[name] = value(at: path.steps[...], of: object, isCount: path.isCount)
        }
        return values
    }

    /// A path as its description says it, step by step over Foundation's values.
    private func value(at steps: ArraySlice<FieldPath.Step>, of any: Any, isCount: Bool) -> Value? {
        guard let step = steps.first else {
            if isCount { return (any as? [Any]).map { .count($0.count) } }
            switch any {
            case is NSNull: return nil
            case let text as String: return .text(text)
            case let number as NSNumber: return isBoolean(number) ? .other : .number(number.doubleValue)
            default: return .other
            }
        }
        let rest = steps.dropFirst()
        switch step {
        case .key(let key): return (any as? [String: Any])?[key].flatMap { value(at: rest, of: $0, isCount: isCount) }
        case .index(let index):
            guard let array = any as? [Any], index < array.count else { return nil }
            return value(at: rest, of: array[index], isCount: isCount)
        case .any:
            return (any as? [Any])?.lazy.compactMap { value(at: rest, of: $0, isCount: isCount) }.first
        case .element(let key, let wanted):
            let found = (any as? [Any])?.last { (($0 as? [String: Any])?[key] as? String) == wanted }
            return found.flatMap { value(at: rest, of: $0, isCount: isCount) }
        case .each: return nil
        }
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
