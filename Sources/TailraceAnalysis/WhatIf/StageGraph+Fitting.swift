extension StageGraph {
    /// Fits a graph to some whole weeks of what was counted. O(stages × hours + hand-offs).
    ///
    /// Flows balance: what enters a stage is what its predecessors hand over, what comes back, and the rest, which is
    /// taken to come from outside. So the graph, left as it is, carries the flow that was counted.
    ///
    /// - Parameter weeks: weeks of the records; not empty.
    public init(fitting records: [StageRecord], handoffs: [StageHandoffs], weeks: Range<Int>) {
        let spans = records.map { StageSpan($0, weeks: weeks) }
        var stages = zip(records, spans).map { StageNode(fitting: $0, $1, weeks: weeks) }
        var given = [[Int: Double]](repeating: [:], count: records.count)
        var received = [Double](repeating: 0, count: records.count)
        for row in handoffs where weeks.contains(row.week) && row.from != row.to {
            given[row.from][row.to, default: 0] += row.cases
            received[row.to] += row.cases
        }
        for place in stages.indices where spans[place].finished > 0 {
            for (target, cases) in given[place].sorted(by: { $0.key < $1.key }) {
                // Repeated schedules hand over more than enters; what enters counts.
                let believed = cases * min(1, spans[target].entered / received[target])
                stages[place].routes.append(StageRoute(target: target, share: believed / spans[place].finished))
            }
            // What comes back is charged to the stage that had finished it. Short of endless.
            let share = min(spans[place].returned / spans[place].finished, 0.98)
            if share > 0 { stages[place].routes.append(StageRoute(target: place, share: share)) }
        }
        for place in stages.indices {
            let explained = min(received[place], spans[place].entered)
            stages[place].outsidePerWeek = (spans[place].entered - explained) / spans[place].weeks
        }
        self.init(stages: stages)
        fitWeeks(records, spans, weeks: weeks)
    }
}

/// Sums of one stage over the weeks that a graph is fitted to.
struct StageSpan {
    var entered = 0.0
    var returned = 0.0
    var finished = 0.0
    var withdrawn = 0.0
    var unscheduled = 0.0
    var approvals = 0.0
    var touched = 0.0
    var touchSeconds = 0.0
    /// Weeks since the stage was first seen, within the span; at least 1.
    var weeks = 1.0
    /// The first hour of these.
    var firstHour: Int
    var hours: Range<Int>

    /// The sum of an hourly series over one week.
    static func sum(_ series: [Int32], week: Int) -> Double {
        series[week * 168..<week * 168 + 168].reduce(0) { $0 + Double($1) }
    }

    init(_ record: StageRecord, weeks: Range<Int>) {
        let all = weeks.lowerBound * 168..<weeks.upperBound * 168
        let first = all.first { record.entered[$0] > 0 || record.finished[$0] > 0 || record.backlog[$0] > 0 }
        // Whole weeks: a stage that began on a Thursday has its first days in a full week's rate, which is little.
        firstHour = (first ?? all.lowerBound) / 168 * 168
        hours = firstHour..<all.upperBound
        self.weeks = Double(hours.count / 168)
        for hour in hours {
            entered += Double(record.entered[hour])
            returned += Double(record.returned[hour])
            finished += Double(record.finished[hour])
        }
        for week in record.weeks[weeks] {
            withdrawn += week.withdrawn
            unscheduled += week.unscheduled
            approvals += week.approvals
            touched += week.touched
            touchSeconds += week.touchSeconds
        }
    }
}
