/// People who serve queues: items arrive, wait in order of arrival, are worked on in working hours, move on.
///
/// Nothing about backlog, wait or touch is written down by hand: it follows from arrivals, hours and speeds.
struct QueueSimulation {
    struct Stage {
        let name: String
        let stream: LogEvent.Stream
        /// Mean working seconds per item.
        let touch: Double
        /// Factor on `touch` over the weeks.
        var slowness = Ramp.constant(1)
        /// Share of visits that are waved through within two seconds.
        var stamped = Ramp.constant(0)
        var isAutomated = false
    }

    struct Worker {
        let name: String
        let team: String
        /// Stages served, from a week on.
        let duties: [(stage: Int, weeks: Range<Double>)]
        /// Working spans in epoch seconds, in order.
        let spans: [Range<Int>]
        var pace = Ramp.constant(1)

        /// Index of the span that is running or comes next; `spans.count` when none is left. O(log n).
        func firstSpan(endingAfter moment: Int) -> Int {
            var low = 0
            var high = spans.count
            while low < high {
                let middle = (low + high) / 2
                if spans[middle].upperBound > moment { high = middle } else { low = middle + 1 }
            }
            return low
        }
    }

    struct Job {
        let item: String
        var workCase: String?
        var category: String?
        var origin: LogEvent.Origin?
    }

    struct Arrival {
        let time: Int
        let job: Int
        let stage: Int
    }

    /// A finished stay of a job in a stage.
    struct Visit {
        let job: Int
        let stage: Int
        /// How many times the job was here before.
        let earlierVisits: Int
        let started: Int
        let completed: Int
        let actor: String
        let team: String
        let isStamped: Bool
    }

    /// Where a job goes after a visit.
    struct HandOff {
        let stage: Int
        /// Seconds until it enters the next queue.
        var delay = 60
        /// Sent back by the stage before, instead of scheduled.
        var isReturn = false
        /// Factor on the touch time of this visit.
        var share = 1.0
        var reason: String?
    }

    private enum Entry {
        case arrival(job: Int, HandOff, from: Visit?)
        case free(worker: Int)
        case done(worker: Int, Visit)
    }

    private struct Waiting {
        let job: Int
        let share: Double
        let since: Int
    }

    let stages: [Stage]
    let workers: [Worker]
    let system: LogSystem

    /// Runs until the period ends and logs what happens. `route` says where a job goes after a visit, and may log
    /// what else the visit brought about (an approval, a revision).
    func run(
        jobs: [Job], arrivals: [Arrival], random: inout SplitMix64, log: inout CompanyLog,
        route: (Visit, inout SplitMix64, inout CompanyLog) -> [HandOff]
    ) {
        var agenda = Agenda<Entry>()
        for (index, worker) in workers.enumerated() {
            for span in worker.spans { agenda.add(.free(worker: index), at: span.lowerBound) }
        }
        for arrival in arrivals {
            agenda.add(.arrival(job: arrival.job, HandOff(stage: arrival.stage), from: nil), at: arrival.time)
        }
        var queues = [[Waiting]](repeating: [], count: stages.count)
        var heads = [Int](repeating: 0, count: stages.count)
        var isBusy = [Bool](repeating: false, count: workers.count)
        var lastBusy = [Int](repeating: 0, count: workers.count)
        var visits = [Int](repeating: 0, count: stages.count * jobs.count)

        while let (now, entry) = agenda.takeNext(), now < Period.end {
            switch entry {
            case .arrival(let job, let handOff, let visit):
                log.add(entering(jobs[job], handOff, after: visit, at: now), to: system)
                queues[handOff.stage].append(Waiting(job: job, share: handOff.share, since: now))
            case .free: break
            case .done(let worker, let visit):
                isBusy[worker] = false
                lastBusy[worker] = now
                let handOffs = route(visit, &random, &log)
                log.add(worked("complete", visit, jobs[visit.job], at: now), to: system)
                for handOff in handOffs {
                    agenda.add(.arrival(job: visit.job, handOff, from: visit), at: now + handOff.delay)
                }
                // A short pause before the next piece of work.
                agenda.add(.free(worker: worker), at: now + random.whole(20...120))
                continue
            }
            // Fast people reach for the next item first; among equals, whoever has rested longest.
            let idle = workers.indices.filter { !isBusy[$0] && isPresent($0, at: now) }.sorted {
                let (a, b) = (workers[$0].pace.value(at: now), workers[$1].pace.value(at: now))
                return a != b ? a > b : (lastBusy[$0], $0) < (lastBusy[$1], $1)
            }
            for worker in idle {
                let week = Period.week(of: now)
                let open = workers[worker].duties.filter { duty in
                    duty.weeks.contains(week) && heads[duty.stage] < queues[duty.stage].count
                }
                guard
                    let stage = open.map(\.stage).min(by: {
                        queues[$0][heads[$0]].since < queues[$1][heads[$1]].since
                    })
                else { continue }
                let waiting = queues[stage][heads[stage]]
                heads[stage] += 1
                let slot = stage * jobs.count + waiting.job
                let visit = serve(
                    waiting, stage, by: worker, at: now + random.whole(2...20), earlier: visits[slot], &random)
                visits[slot] += 1
                isBusy[worker] = true
                log.add(worked("start", visit, jobs[waiting.job], at: visit.started), to: system)
                agenda.add(.done(worker: worker, visit), at: visit.completed)
            }
        }
    }

    private func serve(
        _ waiting: Waiting, _ stage: Int, by worker: Int, at start: Int, earlier: Int, _ random: inout SplitMix64
    ) -> Visit {
        let isStamped = random.happens(stages[stage].stamped.value(at: start))
        let mean = stages[stage].touch * stages[stage].slowness.value(at: start) * waiting.share
        let touch = isStamped ? random.whole(1...2) : max(30, Int(mean * random.workload()))
        let working = isStamped ? touch : max(5, Int(Double(touch) / workers[worker].pace.value(at: start)))
        return Visit(
            job: waiting.job, stage: stage, earlierVisits: earlier, started: start,
            completed: finish(working, by: worker, from: start), actor: workers[worker].name,
            team: workers[worker].team, isStamped: isStamped)
    }

    /// Nobody begins a piece of work in the last two minutes of a shift.
    private func isPresent(_ worker: Int, at now: Int) -> Bool {
        let spans = workers[worker].spans
        let next = workers[worker].firstSpan(endingAfter: now)
        return next < spans.count && spans[next].lowerBound <= now && now < spans[next].upperBound - 120
    }

    /// The moment at which `seconds` of work that began at `start` are done, nights and weekends left out.
    private func finish(_ seconds: Int, by worker: Int, from start: Int) -> Int {
        var left = seconds
        for span in workers[worker].spans[workers[worker].firstSpan(endingAfter: start)...] {
            let begin = max(span.lowerBound, start)
            if begin + left <= span.upperBound { return begin + left }
            left -= span.upperBound - begin
        }
        return Period.end + left
    }

    private func entering(_ job: Job, _ handOff: HandOff, after visit: Visit?, at now: Int) -> LogEvent {
        let stage = stages[handOff.stage]
        var event = LogEvent(now, stage.stream, handOff.isReturn ? "return" : "schedule", job.item, stage: stage.name)
        event.workCase = job.workCase
        event.category = job.category
        if visit == nil { event.origin = job.origin }
        event.reason = handOff.reason
        if handOff.isReturn, let visit { event = event.by(visit.actor, of: visit.team) }
        return event
    }

    private func worked(_ action: String, _ visit: Visit, _ job: Job, at now: Int) -> LogEvent {
        let stage = stages[visit.stage]
        var event = LogEvent(now, stage.stream, action, job.item, stage: stage.name).by(visit.actor, of: visit.team)
        event.workCase = job.workCase
        if stage.isAutomated { event.actorKind = .automated }
        return event
    }
}
