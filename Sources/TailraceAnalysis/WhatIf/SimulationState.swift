import Glibc

/// Where one run of the simulation stands.
struct SimulationState {
    private let simulation: StageSimulation
    private let stages: [Tracked]
    private var heap = EventHeap()
    /// Draws of each stage, apart by purpose: how much arrives does not move how long work takes.
    private var arrivalDraws: [RandomSource]
    private var workDraws: [RandomSource]
    /// Ready and waiting for a server; in lots.
    private var ready: [Int]
    private var busy: [Int]
    /// In the stage at all, delayed ones among them.
    private var present: [Int]
    /// This week's.
    private var factors: WeekFactors
    /// Level of each stage over that of the fitted weeks.
    private var levels: WeekFactors
    private var levelDraws: RandomSource
    /// Events so far.
    private var events = 0
    private var outcome: SimulationRun
    private var week: SimulationRun.Week

    /// What a stage is to the simulation, in lots and staffed hours.
    private struct Tracked {
        var calendar: WorkCalendar
        var servers: Int
        var service: Double
        var delay: Double
        var spread: Double?
        var kept: Double
        var routes: [StageRoute]
    }

    private static let arrives: UInt32 = 0
    private static let matures: UInt32 = 1
    private static let ends: UInt32 = 2

    init(_ simulation: StageSimulation, run: Int) {
        self.simulation = simulation
        let graph = simulation.graph
        let count = graph.stages.count
        let lot = Double(simulation.lot)
        stages = graph.stages.map { Self.track($0, lot: lot) }
        arrivalDraws = (0..<count).map { RandomSource(seed: simulation.seed, run: run, stream: 2 * $0) }
        workDraws = (0..<count).map { RandomSource(seed: simulation.seed, run: run, stream: 2 * $0 + 1) }
        let zeros = [Double](repeating: 0, count: count)
        (ready, busy, present) = ([Int](repeating: 0, count: count), [], [])
        (busy, present) = (ready, ready)
        factors = WeekFactors(stages: count)
        levels = factors
        levelDraws = RandomSource(seed: simulation.seed, run: run, stream: 2 * count)
        outcome = SimulationRun(
            breach: [Double](repeating: .infinity, count: count), backlog: zeros, finished: zeros, meanBacklog: zeros)
        week = SimulationRun.Week(entered: zeros, finished: zeros, backlog: zeros)
        for place in 0..<count { fill(place, graph.stages[place], lot: lot) }
    }

    private static func track(_ stage: StageNode, lot: Double) -> Tracked {
        // Fewer servers, each as much faster as lots are larger: the capacity is the same.
        let servers = max(1, Int((Double(stage.servers) / lot).rounded()))
        let service = stage.capacityPerHour.map { $0 > 0 ? Double(servers) * lot / $0 : .infinity } ?? 0
        return Tracked(
            calendar: stage.calendar, servers: servers, service: service, delay: stage.delay,
            spread: stage.touchSpread, kept: stage.kept, routes: stage.routes)
    }

    /// What stands in the stage at the beginning: as many as its flow keeps under way are so, the rest wait.
    private mutating func fill(_ place: Int, _ stage: StageNode, lot: Double) {
        let standing = Int((stage.backlog / lot).rounded())
        let flow = stage.finishedPerWeek / Double(stage.calendar.hoursPerWeek) / lot
        let underway = stage.capacityPerDay == nil ? standing : min(standing, Int((flow * stage.delay).rounded()))
        present[place] = standing
        for _ in 0..<underway { mature(place, at: 0) }
        ready[place] = standing - underway
        serve(place, at: 0)
        if stage.limit.map({ stage.backlog > $0 }) ?? false { outcome.breach[place] = 0 }
    }

    /// - Parameters:
    ///   - factors: how this week differs from the mean one; nil if it does not.
    ///   - steps: weeks of wandering since the level was last known.
    mutating func beginWeek(_ factors: WeekFactors?, steps: Double) {
        guard let factors else { return }
        self.factors = factors
        let drift = simulation.graph.drift
        let width = steps.squareRoot()
        for place in stages.indices {
            levels.intake[place] *= exp(drift.intake * width * levelDraws.normal())
            levels.rework[place] *= exp(drift.rework * width * levelDraws.normal())
            levels.pace[place] *= exp(drift.pace * width * levelDraws.normal())
            self.factors.intake[place] *= levels.intake[place]
            self.factors.rework[place] *= levels.rework[place]
            self.factors.pace[place] *= levels.pace[place]
        }
    }

    /// Plans what enters from outside in this hour: a Poisson process, gap by gap.
    mutating func arrive(_ hour: Int) {
        let slot = hour % 168
        for place in simulation.sources {
            // Read field by field: a copy of the stage would count references at every hour.
            let factor = factors.intake[place]
            let perWeek =
                simulation.outsidePerWeek[place] * factor + simulation.handedPerWeek[place] * max(0, factor - 1)
            let rate = perWeek * simulation.profiles[place * 168 + slot] / Double(simulation.lot)
            guard rate > 0 else { continue }
            var time = arrivalDraws[place].exponential() / rate
            while time < 1 {
                heap.push(at: Double(hour) + time, UInt32(place) << 2 | Self.arrives)
                time += arrivalDraws[place].exponential() / rate
            }
        }
    }

    mutating func advance(to end: Double) {
        while events < simulation.mostEvents, let next = heap.next, next.time < end {
            _ = heap.pop()
            events += 1
            let place = Int(next.what >> 2)
            switch next.what & 3 {
            case Self.arrives:
                week.entered[place] += Double(simulation.lot)
                enter(place, at: next.time)
            case Self.matures:
                ready[place] += 1
                serve(place, at: next.time)
            default:
                busy[place] -= 1
                serve(place, at: next.time)
                leave(place, at: next.time)
            }
        }
    }

    private mutating func enter(_ place: Int, at time: Double) {
        if stages[place].kept < 1, workDraws[place].unit() >= stages[place].kept { return }
        present[place] += 1
        mature(place, at: time)
    }

    private mutating func mature(_ place: Int, at time: Double) {
        let pace = factors.pace[place]
        let wait = stages[place].delay > 0 ? workDraws[place].exponential() * stages[place].delay / pace : 0
        // Without a delay too, it is an event of its own: a loop without any time in it must not call itself.
        heap.push(at: stages[place].calendar.time(after: wait, from: time), UInt32(place) << 2 | Self.matures)
    }

    private mutating func serve(_ place: Int, at time: Double) {
        while ready[place] > 0, busy[place] < stages[place].servers || stages[place].service == 0 {
            ready[place] -= 1
            busy[place] += 1
            let service = stages[place].service
            guard service < .infinity else { return }
            let work: Double
            if service == 0 {
                work = 0
            } else if let spread = stages[place].spread {
                work = service * exp(spread * workDraws[place].normal() - spread * spread / 2)
            } else {
                work = service * workDraws[place].exponential()
            }
            let end = stages[place].calendar.time(after: work / factors.pace[place], from: time)
            heap.push(at: end, UInt32(place) << 2 | Self.ends)
        }
    }

    /// Sends a finished item on. One draw serves routes that add up to more than one, too: it meets the running total
    /// at every whole number.
    private mutating func leave(_ place: Int, at time: Double) {
        present[place] -= 1
        week.finished[place] += Double(simulation.lot)
        outcome.finished[place] += Double(simulation.lot)
        guard !stages[place].routes.isEmpty else { return }
        var mark = workDraws[place].unit()
        var total = 0.0
        for route in stages[place].routes {
            total += share(of: route, from: place)
            while mark < total {
                mark += 1
                if route.target != place { week.entered[route.target] += Double(simulation.lot) }
                enter(route.target, at: time)
            }
        }
    }

    /// A route's share in this week: less in a week of small intake. What a week of large intake has more comes from
    /// outside, see `arrive`: multiplied here, a loop would multiply it again and again.
    private func share(of route: StageRoute, from place: Int) -> Double {
        route.target == place
            ? min(route.share * factors.rework[place], max(route.share, 0.98))
            : route.share * min(1, factors.intake[route.target])
    }

    /// Looks at the queues at an hour's end.
    mutating func note(_ hour: Int) {
        let lot = Double(simulation.lot)
        for place in stages.indices {
            let standing = Double(present[place]) * lot
            outcome.meanBacklog[place] += standing
            if standing > simulation.limits[place], outcome.breach[place] == .infinity,
                stages[place].calendar.isJudged[hour % 168]
            {
                outcome.breach[place] = Double(hour + 1)
            }
        }
        guard (hour + 1) % 168 == 0 else { return }
        week.backlog = present.map { Double($0) * lot }
        outcome.weeks.append(week)
        let zeros = [Double](repeating: 0, count: stages.count)
        week = SimulationRun.Week(entered: zeros, finished: zeros, backlog: zeros)
    }

    func result() -> SimulationRun {
        var result = outcome
        result.isWhole = events < simulation.mostEvents
        result.backlog = present.map { Double($0) * Double(simulation.lot) }
        result.meanBacklog = outcome.meanBacklog.map { $0 / Double(max(1, simulation.hours)) }
        return result
    }
}
