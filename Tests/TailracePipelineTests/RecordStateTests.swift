import Testing

@testable import TailracePipeline

@Suite struct RecordStateTests {
    private static let key = Hash128(high: 1, low: 2)

    private func state(_ action: Action, stage: UInt16 = 0, returns: Int32 = 0) -> RecordState {
        var state = RecordState(key: RecordStateTests.key)
        (state.action, state.stage, state.returns) = (action, stage, returns)
        return state
    }

    private func changes(_ from: RecordState?, _ to: RecordState) -> [RecordState.Change] {
        var changes: [RecordState.Change] = []
        to.changes(since: from) { changes.append($0) }
        return changes
    }

    @Test func `A new record enters its queue and is then in its state`() {
        #expect(changes(nil, state(.schedule)) == [.entered])
        #expect(changes(nil, state(.start)) == [.entered, .reached])
        #expect(changes(nil, state(.complete)) == [.entered, .reached])
    }

    @Test func `What has not changed is no event`() {
        for action in [Action.schedule, .start, .suspend, .complete, .withdraw] {
            #expect(changes(state(action), state(action)) == [])
        }
        #expect(changes(state(.complete), state(.withdraw)) == [], "one end that follows another")
        #expect(changes(state(.complete), state(.complete, stage: 1)) == [], "who did it is put right")
    }

    @Test func `A risen counter is a return, also where the record is open or has ended again`() {
        #expect(changes(state(.complete), state(.start, returns: 1)) == [.returned, .reached])
        #expect(changes(state(.complete), state(.complete, returns: 1)) == [.returned, .reached])
        #expect(changes(state(.start), state(.start, returns: 2)) == [.returned])
        #expect(changes(state(.complete), state(.schedule, stage: 1, returns: 0)) == [.returned])
        #expect(changes(state(.start, returns: -1), state(.start, returns: 3)) == [], "nobody had counted before")
    }

    @Test func `Another stage is a hand-over, and work is not begun there until the state says so`() {
        #expect(changes(state(.start), state(.start, stage: 1)) == [.handedOver, .entered])
        #expect(changes(state(.suspend), state(.start, stage: 1)) == [.handedOver, .entered, .reached])
        #expect(changes(state(.start), state(.complete, stage: 1)) == [.handedOver, .entered, .reached])
    }

    /// All histories of four looks: a record is open in the stage that its state names, and nowhere else.
    @Test func `After every look exactly the record's own stage has it in its queue`() {
        let looks = [Action.schedule, .start, .suspend, .complete, .withdraw].flatMap { action in
            [0, 1].flatMap { stage in [0, 1].map { rise in (action, UInt16(stage), Int32(rise)) } }
        }
        var histories = 0
        func go(_ depth: Int, _ before: RecordState?, _ places: [StageItem]) {
            if depth == 4 { return }
            for (action, stage, rise) in looks {
                histories += 1
                let now = state(action, stage: stage, returns: (before?.returns ?? 0) + rise)
                var places = places
                now.changes(since: before) { change in
                    let at = change == .handedOver ? Int(before?.stage ?? 0) : Int(stage)
                    let step: Action =
                        switch change {
                        case .entered: .schedule
                        case .handedOver: .complete
                        case .returned: .return
                        case .reached: action
                        }
                    _ = places[at].apply(step, at: Int64(depth + 1) * 1000)
                }
                let open = places.indices.filter { places[$0].state.isOpen }
                let isWrong = open != (now.isEnded ? [] : [Int(stage)])
                if isWrong { Issue.record("\(String(describing: before)) → \(now): open in \(open)") }
                // A record that ended keeps the stage it ended in for whoever opens it again.
                go(depth + 1, now, places)
            }
        }
        go(0, nil, [0, 1].map { StageItem(key: RecordStateTests.key, stage: $0) })
        #expect(histories > 100_000)
    }

    @Test func `A state survives the store`() throws {
        var state = state(.suspend, stage: 7, returns: 3)
        state.seenAt = 1_774_600_000_123
        var writer = ByteWriter()
        state.write(to: &writer)
        var reader = ByteReader(writer.bytes)
        #expect(try RecordState(from: &reader) == state)
    }
}
