import Testing
import TestSupport

@testable import TailracePipeline

@Suite struct StageItemTests {
    private static let actions: [Action] = [
        .schedule, .assign, .start, .suspend, .resume, .complete, .return, .withdraw,
    ]

    /// An item, the naive one, and how both came to be.
    private struct Node {
        var item = StageItem(key: Hash128(high: 1, low: 1), stage: 0)
        var naive = NaiveStageItem()
        var path: [(action: Action, time: Int64)] = []
        var time: Int64 = 1000
        var backlog: Int64 = 0
        var waiting: Int64 = 0
    }

    @Test func `Every sequence of up to five actions counts what the meanings of the numbers say`() {
        var failures = 0
        func visit(_ node: Node) {
            guard node.path.count < 5, failures < 5 else { return }
            // At the same time as the event before, or later.
            for gap in node.path.isEmpty ? [0] : [0, 500 + Int64(node.path.count)] {
                for action in StageItemTests.actions {
                    var next = node
                    next.time += gap
                    next.path.append((action, next.time))
                    if check(&next, action) { visit(next) } else { failures += 1 }
                }
            }
        }
        visit(Node())
    }

    private func check(_ node: inout Node, _ action: Action) -> Bool {
        let change = node.item.apply(action, at: node.time)
        let expected = node.naive.apply(action, at: node.time)
        node.backlog += change.backlog
        node.waiting += change.waiting
        let entered = (change.arrival ? 1 : 0) + (change.isReturn ? 1 : 0) as Int64
        let left = (change.completion ? 1 : 0) + (change.withdrawal ? 1 : 0) as Int64
        let isSame =
            change == expected && node.item.state.isOpen == node.naive.isOpen
            && node.backlog == (node.naive.isOpen ? 1 : 0) && node.waiting == (node.naive.place == .waiting ? 1 : 0)
            && change.backlog == entered - left
        if !isSame { Issue.record("\(node.path): \(change), expected \(expected)") }
        return isSame
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `Out of order the past changes nothing, and the number in the queue stays 0 or 1`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<3000 {
            var item = StageItem(key: Hash128(high: 1, low: 1), stage: 0)
            var backlog: Int64 = 0
            for _ in 0..<12 {
                let (before, time) = (item, Int64(generator.below(20)) * 100)
                let change = item.apply(generator.pick(StageItemTests.actions), at: time)
                backlog += change.backlog
                #expect(backlog == (item.state.isOpen ? 1 : 0), "seed \(seed)")
                if time < before.lastChange {
                    #expect(change.backlog == 0 && item.state == before.state && item.lastChange == before.lastChange)
                }
                #expect((change.wait ?? 0) >= 0 && (change.cycle ?? 0) >= 0 && (change.touch ?? 0) >= 0)
            }
        }
    }

    @Test func `Content that was seen before the queue does not make its first event late`() {
        var item = StageItem(key: Hash128(high: 1, low: 1), stage: 0)
        item.endedAt = 10_000
        let change = item.apply(.schedule, at: 9_000)
        #expect(change.arrival && change.backlog == 1)
        #expect(item.apply(.complete, at: 9_500).completion)
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `An item goes on alike after it was written and read at any moment`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<500 {
            var item = StageItem(key: Hash128(high: generator.next(), low: 7), stage: generator.below(9999))
            var other = item
            for time in stride(from: Int64(1000), to: 9000, by: 700) {
                let action = generator.pick(StageItemTests.actions)
                #expect(item.apply(action, at: time) == other.apply(action, at: time), "seed \(seed)")
                var writer = ByteWriter()
                item.write(to: &writer)
                var reader = ByteReader(writer.bytes)
                other = try StageItem(from: &reader)
                #expect(reader.isAtEnd && "\(other)" == "\(item)")
            }
        }
    }

    @Test func `Keys of one item in many stages differ, and of many items in one`() {
        let items = (0..<100).map { Hash128(high: UInt64($0), low: UInt64($0) &* 77) }
        let keys = items.flatMap { item in (0..<100).map { StageItem.key(item: item, stage: $0) } }
        #expect(Set(keys).count == 10_000)
    }
}
