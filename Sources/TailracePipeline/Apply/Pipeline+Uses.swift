/// What becomes of what is made: is it used by others, within fourteen days?
///
/// Used is what somebody else than its maker reads, clicks, answers or shares, what the content of another item refers
/// to, and what another stage sends, whose own it is from then on.
extension Pipeline {
    private static let useDays: Int64 = 14

    /// An item's first content, or its send from another stage: it is an asset of the stage from now on.
    mutating func makeAsset(_ item: inout Item, _ event: Event, stage: Int, actor: UInt64) {
        if item.stage != Item.unplaced { use(&item, at: event.time.seconds) }
        item.make(by: actor, at: event.time.seconds)
        let week = weekOfMaking(daysAgo: 0, from: event.time.seconds)
        stages[stage].recentAssets.add(week: week, stage: Int(item.stream.rawValue))
    }

    /// Somebody does something with an item.
    mutating func countUse(of key: Hash128, by actor: UInt64, at seconds: Int64) {
        guard var item = items[key], item.stage != Item.unplaced, !item.isUseSettled, !item.isMade(by: actor) else {
            return
        }
        use(&item, at: seconds)
        if item.isUseSettled { items.put(item) }
    }

    private mutating func use(_ item: inout Item, at seconds: Int64) {
        let age = item.age(at: seconds)
        guard !item.isUseSettled, age >= 0 else { return }
        item.isUseSettled = true
        guard age <= Pipeline.useDays else { return }
        let week = weekOfMaking(daysAgo: age, from: seconds)
        stages[Int(item.stage)].recentUses.add(week: week, stage: Int(item.stream.rawValue))
    }

    /// By the noon of the day: only the day of an item is remembered.
    private mutating func weekOfMaking(daysAgo: Int64, from seconds: Int64) -> Int64 {
        weekHolding((seconds / 86_400 - daysAgo) * 86_400 + 43_200).start
    }

    /// Into the rows of a week that closes: what was made two weeks before, whose fourteen days are over now.
    mutating func settleUses(in week: Window) {
        let between = calendar.window(.week, holding: week.start - 1)
        let cohort = calendar.window(.week, holding: between.start - 1).start
        for stage in stages.indices {
            var (made, used, unread) = (Int64(0), Int64(0), Int64(0))
            for stream in hasReads.indices {
                let assets = stages[stage].recentAssets.count(week: cohort, stage: stream)
                guard hasReads[stream] else {
                    unread += assets
                    continue
                }
                made += assets
                used += stages[stage].recentUses.count(week: cohort, stage: stream)
            }
            guard made + unread > 0 else { continue }
            stageWeeks.change(week, (stage, 0), orMake: StageWeekRow(window: week, stage: stage)) {
                ($0.assetsMade, $0.assetsUsed, $0.assetsUnread) = (made, used, unread)
            }
        }
    }
}
