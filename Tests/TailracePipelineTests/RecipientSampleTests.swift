import TestSupport
import Testing

@testable import TailracePipeline

@Suite struct RecipientSampleTests {
    /// The recipients with the smallest hashes, counted one by one.
    private func naive(_ messages: [UInt64]) -> [UInt64: Int64] {
        let counts = messages.reduce(into: [UInt64: Int64]()) { $0[$1, default: 0] += 1 }
        let kept = Set(counts.keys.sorted().prefix(RecipientSample.limit))
        return counts.filter { kept.contains($0.key) }
    }

    private func counts(_ sample: RecipientSample) -> [UInt64: Int64] {
        sample.entries.reduce(into: [:]) { $0[$1.key] = $1.count }
    }

    @Test(arguments: [0, 1, 500, 1024, 1025, 5000]) func `The counts of the sample are exact, in any order and parts`(
        recipients: Int
    ) throws {
        var generator = SplitMix64(seed: 17)
        let known = (0..<recipients).map { _ in generator.next() }
        let messages = known + (0..<3 * recipients).map { _ in generator.pick(known) }
        let expected = naive(messages)
        for parts in [1, 2, 7] {
            var samples = Array(repeating: RecipientSample(), count: parts)
            for message in messages.shuffled(using: &generator) { samples[generator.below(parts)].add(message) }
            var whole = RecipientSample()
            for sample in samples.shuffled(using: &generator) {
                // Through the stored form.
                var writer = ByteWriter()
                sample.encode(into: &writer)
                var reader = ByteReader(writer.bytes)
                whole.merge(try RecipientSample(from: &reader))
            }
            #expect(counts(whole) == expected)
            let next = Set(messages).sorted().dropFirst(RecipientSample.limit).first
            #expect(whole.bound == next ?? .max)
        }
    }

    @Test func `Damage of a stored sample is told`() {
        var sample = RecipientSample()
        for number in 0..<2000 { sample.add(UInt64(number) &* 0x9E37_79B9_7F4A_7C15) }
        var writer = ByteWriter()
        sample.encode(into: &writer)
        var generator = SplitMix64(seed: 29)
        for _ in 0..<300 {
            var bytes = Array(writer.bytes.prefix(generator.below(writer.bytes.count + 1)))
            if !bytes.isEmpty { bytes[generator.below(bytes.count)] ^= UInt8(1 + generator.below(255)) }
            var reader = ByteReader(bytes)
            do throws(StateDamage) {
                let read = try RecipientSample(from: &reader)
                #expect(read.entries.count <= RecipientSample.limit)
            } catch { #expect(!error.description.isEmpty) }
        }
    }

    @Test func `A week's row has the messages of a stage by recipient, and none that name no recipient`() throws {
        let events = (0..<60).map { number in
            var event = LogEvent(
                time: 1_767_571_200_000 + Int64(number) * 3_600_000, action: number % 10 == 9 ? .read : .send,
                item: "m\(number)", stream: .email, stage: "outreach")
            event.recipient = number % 6 == 5 ? nil : "r\(number % 4)"
            return event
        }
        let expected = events.filter { $0.action == .send }.compactMap(\.recipient)
            .reduce(into: [String: Int64]()) { $0[$1, default: 0] += 1 }
        let row = try #require(try run(events).stageWeeks.byID.values.first)
        #expect(row.contacts.entries.map(\.count).sorted() == expected.values.sorted())
    }
}
