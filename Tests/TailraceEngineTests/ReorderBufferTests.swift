import TailracePipeline
import TestSupport
import Testing

@testable import TailraceEngine

/// A source's records come out in one order, however the source was cut into batches and wherever reading was broken
/// off and taken up again.
struct ReorderBufferTests {
    /// Milliseconds.
    private static let lateness: Int64 = 600_000

    /// Records ten bytes long: mostly in order, some behind by less and by more than the lateness, rejections, and
    /// clocks that jump.
    private static func records(_ count: Int, hasJumps: Bool = true, _ random: inout SplitMix64) -> [ScannedRecord] {
        var time: Int64 = 1_772_409_600_000
        return (0..<count).map { number in
            time += Int64(random.below(60_000))
            if hasJumps, random.oneIn(400) { time += 30 * 86_400_000 }
            var event = Event()
            var shown = time
            if random.oneIn(8) { shown -= Int64(random.below(900_000)) }
            if hasJumps, random.oneIn(60) { shown += Int64(1 + random.below(3)) * 86_400_000 * 200 }
            event.time = EventTime(milliseconds: shown)
            return ScannedRecord(
                position: Int64(number * 10), length: 10, rejection: random.oneIn(30) ? .badTime : nil, event: event)
        }
    }

    /// What came out: where it starts, its time, and why it was rejected.
    private struct Taken: Equatable {
        var position: Int64
        var time: Int64
        var rejection: RejectionReason?

        init(_ ref: RecordRef) {
            position = ref.record.position
            time = ref.record.event.time.milliseconds
            rejection = ref.record.rejection
        }
    }

    private static func drain(_ buffer: inout ReorderBuffer, into taken: inout [Taken], atMost limit: Int = .max) {
        var count = 0
        while count < limit, buffer.nextTime != nil {
            taken.append(Taken(buffer.takeNext()))
            count += 1
        }
    }

    private static func append(_ part: ArraySlice<ScannedRecord>, to buffer: inout ReorderBuffer) {
        var batch = ScannedBatch()
        batch.records = Array(part)
        let box = BatchBox(batch, start: Int64(part.startIndex * 10))
        for index in batch.records.indices { buffer.append(RecordRef(box, index, source: 0)) }
    }

    /// All records in batches of some size.
    private static func whole(_ records: [ScannedRecord], batch: Int) -> [Taken] {
        var buffer = ReorderBuffer(lateness: lateness)
        var taken: [Taken] = []
        for start in stride(from: 0, to: records.count, by: batch) {
            append(records[start..<min(start + batch, records.count)], to: &buffer)
            drain(&buffer, into: &taken)
        }
        buffer.finish()
        drain(&buffer, into: &taken)
        return taken
    }

    @Test func theOrderDoesNotDependOnBatches() {
        for seed in 1...20 as ClosedRange<UInt64> {
            var random = SplitMix64(seed: seed)
            let records = Self.records(500, &random)
            let reference = Self.whole(records, batch: 1)
            #expect(reference.count == records.count, "seed \(seed)")
            for batch in [2, 7, 64, 500] { #expect(Self.whole(records, batch: batch) == reference, "seed \(seed)") }
        }
    }

    @Test func whatIsNotLateComesOutByTime() {
        var random = SplitMix64(seed: 99)
        let records = Self.records(2000, hasJumps: false, &random).filter { $0.rejection == nil }
        var latest = Int64.min / 2
        var late: Set<Int64> = []
        for record in records {
            if record.event.time.milliseconds < latest - Self.lateness { late.insert(record.position) }
            latest = max(latest, record.event.time.milliseconds)
        }
        let times = Self.whole(records, batch: 100).filter { !late.contains($0.position) }.map(\.time)
        #expect(times == times.sorted() && times.count > 1500 && !late.isEmpty)
    }

    @Test func aBufferThatIsBrokenOffAndTakenUpAgainGivesTheSameOrder() throws {
        for seed in 1...60 as ClosedRange<UInt64> {
            var random = SplitMix64(seed: seed)
            let records = Self.records(300, &random)
            let reference = Self.whole(records, batch: 16)
            var buffer = ReorderBuffer(lateness: Self.lateness)
            var taken: [Taken] = []
            var read = 0
            var start: Int64 = 0
            // Batches of any size; after some of them everything but the state is forgotten.
            while read < records.count {
                let end = min(records.count, read + 1 + random.below(40))
                Self.append(records[read..<end], to: &buffer)
                read = end
                Self.drain(&buffer, into: &taken, atMost: random.oneIn(3) ? random.below(20) : .max)
                guard random.oneIn(3) else { continue }
                // As long as not everything is here again, nothing was taken.
                let base = buffer.isResuming ? start : buffer.pendingStart?.position ?? Int64(read * 10)
                let state = try ReorderState(encoded: buffer.state(until: Int64(read * 10)).encoded)
                buffer = ReorderBuffer(lateness: Self.lateness, resuming: state)
                read = Int(base / 10)
                start = base
                #expect(buffer.state(until: 0) == state, "seed \(seed)")
            }
            buffer.finish()
            Self.drain(&buffer, into: &taken)
            #expect(taken == reference, "seed \(seed)")
        }
    }
}
