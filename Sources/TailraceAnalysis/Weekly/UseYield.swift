public import TailracePipeline

/// How much of what each stage made others used within fourteen days, over four weeks; in order of stage.
///
/// The four weeks end two weeks before this one does: what was made later still has time. Where no read was ever logged
/// nobody can tell.
public func useYields(_ week: ClosedWeek) -> [MeasureValue] {
    var sums: [Int: (made: Int64, used: Int64, unread: Int64)] = [:]
    for row in week.stageWeeks.joined() where row.assetsMade + row.assetsUnread > 0 {
        let sum = sums[row.stage] ?? (0, 0, 0)
        sums[row.stage] = (sum.made + row.assetsMade, sum.used + row.assetsUsed, sum.unread + row.assetsUnread)
    }
    return sums.sorted { $0.key < $1.key }.map { stage, sum in
        share(.useYield, week.window, stage, sum.used, of: sum.made)
    }
}
