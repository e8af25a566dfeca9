import Testing
import TestSupport

@testable import TailracePipeline

@Suite struct EventFieldTests {
    private func scanned(_ fields: String, settings: ScanSettings = ScanSettings()) -> (Event, ScannedBatch)? {
        let text = "{\"time\":1767225600.5,\"stream\":\"email\",\"action\":\"send\",\"item\":\"M-1\"\(fields)}"
        let batch = scanBatch(text, settings: settings)
        #expect(batch.records.map(\.rejection) == [nil], "\(fields)")
        return batch.records.first.map { ($0.event, batch) }
    }

    @Test func `Every field arrives where it belongs`() throws {
        let text = """
            ,"case":"C","stage":"s","actor":"ann","team":"t","origin":"assisted","actor_kind":"human",\
            "refers_to":"M-0","recipient":"a@b.c","title":"T","bytes":12,"recipients":3,"effort":1.5,\
            "amount":-2.25,"limit":10,"currency":"EUR","category":"c","result":"won","reason":"r"
            """
        let (event, batch) = try #require(scanned(text))
        func name(_ range: TextRange) -> String { String(decoding: batch.bytes(range), as: UTF8.self) }
        #expect(event.time.milliseconds == 1_767_225_600_500)
        #expect((event.stream, event.action, event.origin, event.actorKind) == (.email, .send, .assisted, .human))
        #expect(name(event.itemName) == "M-1" && name(event.stage) == "s" && name(event.actor) == "ann")
        #expect(name(event.team) == "t" && name(event.title) == "T" && name(event.category) == "c")
        #expect(name(event.result) == "won" && name(event.reason) == "r" && name(event.currency) == "EUR")
        #expect((event.bytes, event.recipients, event.effort) == (12, 3, 1500))
        #expect((event.amount, event.limit) == (-22_500, 100_000))
        #expect(Set([event.item, event.workCase, event.refersTo]).count == 3)
        #expect(event.recipient != 0 && event.fingerprint == nil)
    }

    @Test func `Absent fields have their stand-ins`() throws {
        let (event, _) = try #require(scanned(""))
        #expect(event.workCase == event.item && event.refersTo == event.item)
        #expect((event.bytes, event.recipients, event.effort) == (-1, -1, -1))
        #expect((event.amount, event.limit, event.recipient) == (.min, .min, 0))
        #expect((event.origin, event.actorKind) == (.unknown, .unknown))
        #expect(event.stage.isEmpty && event.team.isEmpty && event.title.isEmpty)
    }

    @Test func `A recipient leaves a keyed hash and no trace of the address`() throws {
        let field = ",\"recipient\":\"zoe@example.org\""
        let (event, batch) = try #require(scanned(field))
        #expect(!String(decoding: batch.text, as: UTF8.self).contains("zoe"))
        let other = try #require(scanned(field, settings: ScanSettings(recipientKey: SipKey(k0: 1, k1: 2))))
        #expect(event.recipient != other.0.recipient)
        #expect(try #require(scanned(field)).0.recipient == event.recipient)
    }

    @Test func `Text becomes a fingerprint, its size, and nothing else`() throws {
        let (event, batch) = try #require(scanned(",\"text\":\"a \\u00e9 b\""))
        #expect(event.bytes == 6)
        #expect(event.fingerprint != nil && batch.hashes.isEmpty)
        #expect(String(decoding: batch.text, as: UTF8.self) == "M-1")
        #expect(try #require(scanned(",\"text\":\"abc\",\"bytes\":99")).0.bytes == 99)
        #expect(try #require(scanned(",\"text\":\"\"")).0.fingerprint == nil)
    }

    @Test func `Titles are kept only where they may be`() throws {
        let hidden = ScanSettings(keepsTitles: false)
        #expect(try #require(scanned(",\"title\":\"T\"", settings: hidden)).0.title.isEmpty)
    }

    @Test func `A long name is cut between two characters, and the cut name is the key`() throws {
        let name = String(repeating: "a", count: 199) + "é"
        let (a, batch) = try #require(scanned(",\"stage\":\"\(name)tail\",\"case\":\"\(name)1\""))
        #expect(batch.bytes(a.stage).elementsEqual(String(repeating: "a", count: 199).utf8))
        #expect(try #require(scanned(",\"case\":\"\(name)2\"")).0.workCase == a.workCase)
    }

    @Test func `A key with escapes names its field like any other`() throws {
        let (event, batch) = try #require(scanned(",\"st\\u0061ge\":\"s\""))
        #expect(batch.bytes(event.stage).elementsEqual("s".utf8))
    }

    @Test func `Of two names for a field the first listed wins, a null being none, whatever their order`() {
        let plan = RecordPlan(
            kind: .json,
            bindings: RecordPlan.tailrace().bindings.map {
                var binding = $0
                if binding.field == .item { binding.names = ["first", "second"] }
                return binding
            })
        let head = "{\"time\":1,\"stream\":\"email\",\"action\":\"send\","
        for (fields, expected) in [
            ("\"first\":\"a\",\"second\":\"b\"", "a"), ("\"second\":\"b\",\"first\":\"a\"", "a"),
            ("\"first\":null,\"second\":\"b\"", "b"), ("\"second\":\"b\",\"first\":null", "b"),
            ("\"second\":null,\"first\":\"a\"", "a"), ("\"first\":\"a\",\"first\":\"c\"", "c"),
            ("\"first\":\"a\",\"second\":null", "a"),
        ] {
            let batch = scanBatch(head + fields + "}", plan)
            #expect(
                batch.records.map { batch.bytes($0.event.itemName).elementsEqual(expected.utf8) } == [true], "\(fields)"
            )
        }
    }

    /// An escaped text was taken as it stood: `"\\u003f"` became a stage of that name where `"?"` meant none.
    @Test func `A word that means absent does so with escapes too`() {
        let plan = RecordPlan(
            kind: .json,
            bindings: RecordPlan.tailrace().bindings.map {
                var binding = $0
                if binding.field == .stage { (binding.absent, binding.fallback) = (["?", "n/a"], "desk") }
                return binding
            })
        for (stage, expected) in [("?", "desk"), (#"\u003f"#, "desk"), (#"n\/a"#, "desk"), (#"\u003f\u003f"#, "??")] {
            let text = "{\(ConformanceDocument.required),\"stage\":\"\(stage)\"}"
            let batch = scanBatch(text, plan)
            #expect(batch.records.map { String(decoding: batch.bytes($0.event.stage), as: UTF8.self) } == [expected])
        }
    }

    @Test func `Aliases of actions mean what they stand for`() {
        for (alias, action) in [("enqueue", Action.schedule), ("reopen", .return), ("soft_bounce", .defer)] {
            let text = "{\"time\":1,\"stream\":\"ticket\",\"action\":\"\(alias)\",\"item\":\"i\"}"
            #expect(scanBatch(text).records.map(\.event.action) == [action])
        }
    }

    @Test func `SipHash gives the numbers of its paper`() {
        let key = SipKey(bytes: Array(0..<16)).map { key in
            [UInt8](0..<15).withUnsafeBytes { sipHash($0, key: key) }
        }
        #expect(key == 0xA129_CA61_49BE_45E5)
    }
}
