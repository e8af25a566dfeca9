import Testing

@testable import TailraceEngine

@Suite struct FleetQueueTests {
    @Test func `What is finished where nobody saw it come leaves the fleet's queue`() {
        var queue = FleetQueue()
        #expect(queue.close(net: 7, unscheduled: 0, left: 0) == FleetQueue.Level(backlog: 7, minimum: 0))
        #expect(queue.close(net: 2, unscheduled: 3, left: 0) == FleetQueue.Level(backlog: 6, minimum: 6))
        #expect(queue.close(net: -1, unscheduled: 3, left: 1) == FleetQueue.Level(backlog: 2, minimum: 2))
    }

    @Test func `Items that stood there before the logs began make the queue unknown until they have faded`() {
        var queue = FleetQueue()
        // Forty old items are finished, then the fleet is in balance.
        #expect(queue.close(net: 0, unscheduled: 40, left: 0) == nil)
        #expect(queue.close(net: 10, unscheduled: 4, left: 0) == nil)
        var hours = 2
        while queue.close(net: 4, unscheduled: 4, left: 0) == nil, hours < 1000 { hours += 1 }
        // A tenth of what left within a week, some days on.
        #expect((60...240).contains(hours), "\(hours) hours")
        // The old ones took no place of new ones.
        #expect(queue.close(net: 0, unscheduled: 0, left: 0)?.backlog == 6)
    }

    @Test func `A queue never falls below nothing, and counts on from there`() {
        var queue = FleetQueue()
        _ = queue.close(net: 1, unscheduled: 3, left: 0)
        #expect(queue.close(net: 5, unscheduled: 1, left: 0)?.backlog == 4)
    }
}
