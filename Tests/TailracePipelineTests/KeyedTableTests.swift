import Testing
import TestSupport

@testable import TailracePipeline

@Suite struct KeyedTableTests {
    private func entry(_ key: UInt64, _ generator: inout SplitMix64) -> WorkCase {
        // Few low bits, so that keys collide and runs grow and shrink.
        var entry = WorkCase(key: Hash128(high: key, low: key % 700))
        entry.completedAt = Int64(generator.below(1000))
        entry.lastSeen = UInt32(generator.below(100))
        entry.stage = UInt16(generator.below(5))
        return entry
    }

    private func same(_ a: WorkCase?, _ b: WorkCase?) -> Bool {
        a?.key == b?.key && a?.completedAt == b?.completedAt && a?.lastSeen == b?.lastSeen && a?.stage == b?.stage
    }

    private func snapshot<Entry>(_ table: KeyedTable<Entry>) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        table.snapshot { pieces.append($0) }
        return pieces
    }

    /// All of the dictionary and nothing else is in the table.
    private func isEqual(_ table: KeyedTable<WorkCase>, _ dictionary: [Hash128: WorkCase]) -> Bool {
        var count = 0
        table.forEach { _ in count += 1 }
        return table.count == dictionary.count && count == dictionary.count
            && dictionary.allSatisfy { same(table[$0.key], $0.value) }
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `A table is a dictionary, whatever is put, expired, drained and loaded`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        var table = KeyedTable<WorkCase>(capacity: 100_000)
        var dictionary: [Hash128: WorkCase] = [:]
        var segments: [[UInt8]] = []
        for _ in 0..<2500 {
            switch generator.below(100) {
            case 0:
                let age = Int64(generator.below(100))
                var told: [Hash128] = []
                table.expire(closedBefore: age, openBefore: age) { told.append($0.key) }
                #expect(told == dictionary.values.filter { $0.lastUse < age }.map(\.key).sorted())
                for key in told { dictionary[key] = nil }
            case 1, 2:
                if let segment = table.drainSegment() { segments.append(segment) }
                #expect(table.drainSegment() == nil)
            case 3:
                if let segment = table.drainSegment() { segments.append(segment) }
                var loaded = KeyedTable<WorkCase>(capacity: 100_000)
                for segment in segments { try loaded.load(segment: segment) }
                guard isEqual(loaded, dictionary) else {
                    Issue.record("seed \(seed): the segments give another table")
                    return
                }
                #expect(loaded.drainSegment() == nil, "what was loaded is stored")
                var copy = KeyedTable<WorkCase>(capacity: 100_000)
                let pieces = snapshot(table)
                for piece in pieces { try copy.load(segment: piece) }
                #expect(isEqual(copy, dictionary))
                // From now on the loaded one is used: it must go on alike.
                if generator.oneIn(2) { table = loaded } else { (table, segments) = (copy, pieces) }
            default:
                let entry = entry(UInt64(generator.below(2000)) + 1, &generator)
                table.put(entry)
                dictionary[entry.key] = entry
            }
        }
        #expect(isEqual(table, dictionary), "seed \(seed)")
        #expect(table[Hash128(high: 99_999_999, low: 1)] == nil)
    }

    @Test func `Beyond the capacity the oldest closed entries leave first, then the oldest open ones`() {
        var generator = SplitMix64(seed: 9)
        var table = KeyedTable<StageItem>(capacity: 1024)
        var all: [StageItem] = []
        for number in 1...UInt64(3000) {
            var item = StageItem(key: Hash128(high: generator.next(), low: generator.next()), stage: 0)
            _ = item.apply(.schedule, at: Int64(number) * 1000)
            if number % 2 == 0 { _ = item.apply(.complete, at: Int64(number) * 1000) }
            table.put(item)
            all.append(item)
        }
        var left: Set<Hash128> = []
        table.expire(closedBefore: .min, openBefore: .min) { left.insert($0.key) }
        #expect(table.count <= 1024 && table.count >= 900)
        let closed = all.filter(\.isClosed).map(\.key)
        #expect(left.isSuperset(of: closed))
        let open = all.filter { !$0.isClosed }.map(\.key)
        #expect(left.subtracting(closed) == Set(open.prefix(left.count - closed.count)))
    }

    /// What tells that there is nothing to look for must not hide an entry that grew old, was closed, or was loaded.
    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `Closed entries leave at one age and open ones at another`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        var table = KeyedTable<StageItem>(capacity: 100_000)
        var all: [Hash128: StageItem] = [:]
        for now in 1...Int64(400) {
            for _ in 0..<5 {
                let key = Hash128(high: UInt64(generator.below(300)) + 1, low: 7)
                var item = all[key] ?? StageItem(key: key, stage: 0)
                _ = item.apply(generator.oneIn(2) ? .schedule : .complete, at: now * 1000)
                table.put(item)
                all[key] = item
            }
            guard generator.oneIn(5) else { continue }
            if generator.oneIn(4) {
                let pieces = snapshot(table)
                table = KeyedTable<StageItem>(capacity: 100_000)
                for piece in pieces { try table.load(segment: piece) }
            }
            var told: [Hash128] = []
            table.expire(closedBefore: now - 20, openBefore: now - 60) { told.append($0.key) }
            let wanted = all.values.filter { $0.lastUse < ($0.isClosed ? now - 20 : now - 60) }.map(\.key).sorted()
            #expect(told == wanted, "seed \(seed), at \(now)")
            for key in wanted { all[key] = nil }
        }
    }

    @Test func `A damaged segment is an error and never a crash`() throws {
        var generator = SplitMix64(seed: 10)
        var table = KeyedTable<StageItem>(capacity: 100)
        for key in 1...UInt64(20) { table.put(StageItem(key: Hash128(high: key, low: key), stage: 1)) }
        let segment = snapshot(table)[0]
        for _ in 0..<500 {
            var bytes = Array(segment.prefix(generator.below(segment.count + 1)))
            if !bytes.isEmpty { bytes[generator.below(bytes.count)] ^= UInt8(1 + generator.below(255)) }
            var other = KeyedTable<StageItem>(capacity: 100)
            do throws(StateDamage) { try other.load(segment: bytes) } catch { #expect(!error.description.isEmpty) }
        }
    }

    @Test func `Entries keep every field through their stored form`() throws {
        var item = Item(key: Hash128(high: 1, low: 2))
        (item.sentAt, item.row, item.family, item.reads, item.lastSeen, item.stage) = (3, 4, 5, 6, 7, 8)
        (item.origin, item.stream, item.relation, item.containment) = (.assisted, .document, .near, 931)
        (item.hasContent, item.isLeader) = (true, true)
        item.make(by: .max, at: 20_000 * 86_400)
        #expect(item.sentAt == 3 && item.isMade(by: .max) && !item.isMade(by: 7) && !item.isMade(by: 0))
        #expect([19_999, 20_000, 20_014, 21_000].map { item.age(at: $0 * 86_400 + 5) } == [-1, 0, 14, 1000])
        var writer = ByteWriter()
        item.write(to: &writer)
        var reader = ByteReader(writer.bytes)
        let read = try Item(from: &reader)
        #expect(reader.isAtEnd)
        #expect("\(read)" == "\(item)")
        #expect(MemoryLayout<Item>.stride <= 48 && MemoryLayout<StageItem>.stride <= 48)
    }
}
