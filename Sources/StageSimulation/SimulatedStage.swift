import Glibc
public import TailraceAnalysis

/// A simulated stage: first come, first served, several servers, office hours or round the clock.
///
/// Arrivals: Poisson clusters on a weekly profile, days that differ, monthly bursts of most of a day's volume in three
/// hours, holidays. Service: log-normal with squared variation 1.5, at a speed that differs from day to day.
public struct SimulatedStage: Sendable {
    public enum Size: Int, CaseIterable, Sendable {
        /// Items a week: 35, 700, 14,000, 16,800,000.
        case small, medium, large, huge

        /// Nil for a size that no item is simulated of, too.
        public init?(name: String) {
            guard let size = Size.allCases.first(where: { "\($0)" == name }), size != .huge else { return nil }
            self = size
        }

        public var itemsPerWeek: Double { [35, 700, 14_000, 16_800_000][rawValue] }
    }

    public private(set) var hours: [StageHour] = []
    /// Every item's stay, in order of arrival, where they were asked for and the items are simulated one by one.
    public private(set) var visits: [Visit] = []
    /// The hour at which demand first passes capacity; nil when it never does.
    public private(set) var overloadHour: Int?
    public let itemsPerWeek: Double
    public let capacityPerWeek: Double
    /// Staffed hours of the week.
    public let staffedPerWeek: Double

    public init(
        size: Size, load: Double, weeks: Int, course: Course, courseStartsWeek: Int = 0,
        behaviour: Behaviour = .plain, keepsVisits: Bool = false, noise: inout SeededNoise
    ) {
        let isOffice = size != .huge && noise.unit() < 0.7
        itemsPerWeek = size.itemsPerWeek
        capacityPerWeek = itemsPerWeek / load
        let servers =
            switch size {
            case .small: 1 + noise.whole(below: 2)
            case .medium: 4 + noise.whole(below: 5)
            case .large: 20 + noise.whole(below: 21)
            case .huge: 200
            }
        let count = weeks * 168
        var rate = [Double](repeating: 0, count: count)
        var speed = [Double](repeating: 0, count: count)
        staffedPerWeek = isOffice ? 40 : 168
        var profile = [Double](repeating: 0, count: 168)
        for hour in 0..<168 {
            let (day, clock) = (hour / 24, Double(hour % 24))
            let isStaffed = !isOffice || (day < 5 && clock >= 9 && clock < 17)
            profile[hour] =
                isOffice
                ? (isStaffed ? 0.85 / 40 * (1 + 0.3 * sin((clock - 9) / 8 * .pi)) : 0.15 / 128)
                : (1 + 0.6 * sin((clock - 8) / 12 * .pi)) * (day < 5 ? 1 : 0.5)
        }
        let whole = profile.reduce(0, +)
        var arrivalDay = 1.0
        var speedDay = 1.0
        var isHoliday = false
        for hour in 0..<count {
            if hour % 24 == 0 {
                arrivalDay = max(0.3, 1 + 0.15 * noise.normal())
                speedDay = min(max(1 + 0.1 * noise.normal(), 0.6), 1.3)
                isHoliday = isOffice && hour / 24 % 7 < 5 && noise.unit() < 10.0 / 260
            }
            let factors = course.factors(after: Double(hour - courseStartsWeek * 168) / 168)
            if overloadHour == nil, course != .calm, load * factors.arrivals / factors.speed >= 1 {
                overloadHour = hour
            }
            let week = hour % 168
            let isStaffed = !isOffice || (week < 120 && week % 24 >= 9 && week % 24 < 17)
            rate[hour] =
                itemsPerWeek * profile[week] / whole * factors.arrivals * arrivalDay * (isHoliday ? 0.3 : 1)
            speed[hour] = isStaffed && !isHoliday ? speedDay * factors.speed : 0
        }
        for _ in 0..<noise.poisson(Double(weeks) * 7 / 30) {
            let start = noise.whole(below: count - 3)
            let factor = course.factors(after: Double(start - courseStartsWeek * 168) / 168).arrivals
            for hour in start..<start + 3 { rate[hour] += 0.75 * itemsPerWeek / 21 * factor }
        }
        for hour in 0..<count { rate[hour] /= 1 + 0.75 / 30 }
        if size == .huge || behaviour != .plain {
            flow(rate: rate, speed: speed, servers: servers, behaviour, noise: &noise)
        } else {
            let meanBatch = size == .small || noise.unit() < 0.5 ? 1.0 : 3.0
            serve(
                rate: rate, speed: speed, servers: servers, meanBatch: meanBatch,
                work: Double(servers) * staffedPerWeek / capacityPerWeek, keepsVisits: keepsVisits, noise: &noise)
        }
    }

    /// Service far shorter than an hour, or habits that a queue of items would have to act out one by one: hourly
    /// volumes are enough.
    private mutating func flow(
        rate: [Double], speed: [Double], servers: Int, _ behaviour: Behaviour, noise: inout SeededNoise
    ) {
        var waiting = 0.0
        var aside: [Double] = []
        var share = 1.0
        let perDay = capacityPerWeek / (staffedPerWeek == 40 ? 5 : 7)
        for hour in rate.indices {
            if hour % 168 == 0, behaviour == .shared { share = min(max(1 + 0.2 * noise.normal(), 0.6), 1.3) }
            var arrived = max(0, count(rate[hour], spread: 2, &noise))
            if behaviour == .priorities {
                let laid = (arrived * 0.1).rounded()
                arrived -= laid
                aside.append(laid)
                if aside.count > 3 * 168 { arrived += aside.removeFirst() }
            }
            let isPressed = waiting > perDay
            let faster = behaviour == .fasterUnderLoad && isPressed ? min(1.33, 1 + waiting / perDay / 15) : 1
            let capacity = capacityPerWeek / staffedPerWeek * speed[hour] * faster * share
            let possible = max(speed[hour] > 0 ? 1 : 0, count(capacity, spread: 1.5, &noise))
            let done = min(waiting + arrived, possible)
            waiting += arrived - done
            var left = 0.0
            if behaviour == .abandoned, isPressed {
                left = min(waiting, Double(noise.poisson(waiting / 50)))
                waiting -= left
            }
            let inService = possible > 0 ? (Double(servers) * done / possible).rounded() : 0
            let standing = Int(waiting + inService + aside.reduce(0, +))
            append(
                hour: hour, arrivals: Int(arrived), completions: Int(done), backlog: standing, least: standing,
                workers: done > 0 ? servers : 0, withdrawals: Int(left))
        }
        balance()
    }

    private func count(_ mean: Double, spread: Double, _ noise: inout SeededNoise) -> Double {
        mean < 40 ? Double(noise.poisson(mean)) : (mean + sqrt(spread * mean) * noise.normal()).rounded()
    }

    /// In-service items at an hour's end are drawn from its load, so the books are settled on the completions.
    private mutating func balance() {
        var previous: Int64 = 0
        for hour in hours.indices {
            let backlog = hours[hour].backlog ?? 0
            hours[hour].completions = max(0, previous + hours[hour].arrivals - hours[hour].withdrawals - backlog)
            previous = backlog
        }
    }

    /// Item by item, on a working clock that stands still while nobody is there.
    private mutating func serve(
        rate: [Double], speed: [Double], servers: Int, meanBatch: Double, work: Double, keepsVisits: Bool,
        noise: inout SeededNoise
    ) {
        let count = rate.count
        var clock = [Double](repeating: 0, count: count + 1)
        for hour in 0..<count { clock[hour + 1] = clock[hour] + speed[hour] }
        let spread = sqrt(log(2.5))
        var free = [Double](repeating: 0, count: servers)
        var arrived = [Int](repeating: 0, count: count)
        var done = [Int](repeating: 0, count: count)
        var seen = [UInt64](repeating: 0, count: count)
        /// Change of backlog at a moment; sorted within the hour to find its least backlog.
        var changes = [[(Double, Int)]](repeating: [], count: count)
        var finishHour = 0
        for hour in 0..<count {
            var moments: [Double] = []
            for _ in 0..<noise.poisson(rate[hour] / meanBatch) {
                let moment = noise.unit()
                for _ in 0..<noise.batch(mean: meanBatch) { moments.append(moment) }
            }
            moments.sort()
            for moment in moments {
                arrived[hour] += 1
                changes[hour].append((moment, 1))
                let at = clock[hour] + moment * speed[hour]
                var server = 0
                for other in 1..<max(1, servers) where free[other] < free[server] { server = other }
                let start = max(at, free[server])
                let effort = work * exp(spread * noise.normal() - spread * spread / 2)
                free[server] = start + effort
                let finish = start + effort
                if keepsVisits {
                    visits.append(Visit(arrivedAt: Visit.moment(hour, moment), finishedAt: nil, server: server))
                }
                guard finish < clock[count] else { continue }
                // Finishes are nearly in order: look from a little before the last one.
                var ended = max(hour, finishHour)
                while ended > hour, clock[ended] >= finish { ended -= 1 }
                while clock[ended + 1] <= finish { ended += 1 }
                finishHour = ended
                done[ended] += 1
                seen[ended] |= 1 << UInt64(server & 63)
                let share = (finish - clock[ended]) / max(speed[ended], 1e-9)
                changes[ended].append((share, -1))
                if keepsVisits { visits[visits.count - 1].finishedAt = Visit.moment(ended, share) }
            }
        }
        var backlog = 0
        for hour in 0..<count {
            changes[hour].sort { $0.0 != $1.0 ? $0.0 < $1.0 : $0.1 > $1.1 }
            var least = backlog
            for (_, change) in changes[hour] {
                backlog += change
                least = min(least, backlog)
            }
            append(
                hour: hour, arrivals: arrived[hour], completions: done[hour], backlog: backlog, least: least,
                workers: seen[hour].nonzeroBitCount)
        }
    }

    private mutating func append(
        hour: Int, arrivals: Int, completions: Int, backlog: Int, least: Int, workers: Int, withdrawals: Int = 0
    ) {
        hours.append(
            StageHour(
                start: SimulatedStage.start + Int64(hour) * 3600, localHour: hour % 24, localWeekday: hour / 24 % 7,
                arrivals: Int64(arrivals), completions: Int64(completions), withdrawals: Int64(withdrawals),
                backlog: Int64(backlog),
                minimumBacklog: Int64(least), workers: workers))
    }
}
