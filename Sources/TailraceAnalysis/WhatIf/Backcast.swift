/// How well the graph would have foretold what came: fitted to the weeks before each Monday, run for the weeks after
/// it, and compared with what was counted. Whatever the fit is given ends before what is foretold begins.
public struct Backcast: Sendable {
    /// What is foretold of a stage and week.
    public enum Figure: String, Sendable, CaseIterable { case arrivals, completions, backlog }

    /// One comparison.
    public struct Point: Sendable {
        public var figure: Figure
        public var stage: Int
        /// The week that is foretold: its place among the records' weeks, and how many weeks after the fit (from 1).
        public var week: Int
        public var ahead: Int
        /// What the middle eighty of a hundred runs lie between.
        public var spread: Spread
        public var counted: Double

        public var isWithin: Bool { spread.low <= counted && counted <= spread.high }
    }

    public let points: [Point]

    public init(points: [Point]) { self.points = points }

    /// Foretells from one Monday.
    ///
    /// - Parameters:
    ///   - weeks: those that are fitted.
    ///   - ahead: how many weeks after them are compared; as many must have been counted.
    ///   - runs: replications.
    /// Stages that cannot be judged, and those that finish under `leastPerWeek` items, are passed over: their intervals
    /// are "0 to 2", which is hard to miss.
    public static func from(
        _ records: [StageRecord], handoffs: [StageHandoffs], weeks: Range<Int>, ahead: Int, runs: Int, seed: UInt64,
        leastPerWeek: Double = 5
    ) -> [Point] {
        let graph = StageGraph(fitting: records, handoffs: handoffs, weeks: weeks)
        let places = graph.stages.indices.filter {
            graph.stages[$0].missing == nil && graph.stages[$0].finishedPerWeek >= leastPerWeek
        }
        guard !places.isEmpty else { return [] }
        let simulation = StageSimulation(graph, hours: ahead * 168, seed: seed)
        let results = (0..<runs).map { simulation.run($0) }
        var points: [Point] = []
        for step in 0..<ahead {
            let week = weeks.upperBound + step
            let hours = week * 168..<week * 168 + 168
            for place in places {
                let record = records[place]
                func add(_ figure: Figure, _ counted: Double, _ value: (SimulationRun.Week) -> [Double]) {
                    let spread = Spread(results.map { value($0.weeks[step])[place] })
                    points.append(
                        Point(
                            figure: figure, stage: place, week: week, ahead: step + 1, spread: spread, counted: counted)
                    )
                }
                add(.arrivals, hours.reduce(0) { $0 + Double(record.entered[$1]) }) { $0.entered }
                add(.completions, hours.reduce(0) { $0 + Double(record.finished[$1]) }) { $0.finished }
                if let backlog = record.backlog[hours].last, backlog >= 0 {
                    add(.backlog, Double(backlog)) { $0.backlog }
                }
            }
        }
        return points
    }

    /// Share of the comparisons that fell into their interval; nil where there are none.
    public func coverage(_ isMeant: (Point) -> Bool = { _ in true }) -> Double? {
        let meant = points.filter(isMeant)
        return meant.isEmpty ? nil : Double(meant.count { $0.isWithin }) / Double(meant.count)
    }
}
