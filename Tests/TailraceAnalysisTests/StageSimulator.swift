import Glibc
import TailraceAnalysis

/// SplitMix64 (Steele, Lea, Flood 2014): small, seeded, the same everywhere.
struct SeededNoise {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func bits() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Uniform over (0, 1).
    mutating func unit() -> Double { (Double(bits() >> 11) + 0.5) / 9_007_199_254_740_992 }

    mutating func uniform(_ low: Double, _ high: Double) -> Double { low + (high - low) * unit() }

    mutating func whole(below n: Int) -> Int { Int(unit() * Double(n)) }

    mutating func normal() -> Double { sqrt(-2 * log(unit())) * cos(2 * .pi * unit()) }

    /// Poisson by Knuth's product for small means, by the normal limit for large ones.
    mutating func poisson(_ mean: Double) -> Int {
        if mean > 40 { return max(0, Int((mean + sqrt(mean) * normal()).rounded())) }
        let limit = exp(-mean)
        var product = unit()
        var count = 0
        while product > limit {
            product *= unit()
            count += 1
        }
        return count
    }

    /// Geometric on 1, 2, 3, … with the given mean.
    mutating func batch(mean: Double) -> Int {
        mean <= 1 ? 1 : 1 + Int(log(unit()) / log(1 - 1 / mean))
    }
}

/// What happens to a simulated stage.
enum Course: String, CaseIterable {
    /// Nothing: every alert is false.
    case calm
    /// +30 % volume over two weeks that the stage absorbs: every alert is false.
    case absorbed
    /// +10 %, +30 % volume over two weeks, which it does not.
    case more10, more30
    /// Three times the volume, at once or over six weeks.
    case tripleAtOnce, tripleInSixWeeks
    /// Three servers of ten go.
    case slower30
    /// +30 % for ten weeks, then as before.
    case more30Ends

    /// Factors on arrivals and on speed, `weeks` after the course began.
    func factors(after weeks: Double) -> (arrivals: Double, speed: Double) {
        guard weeks >= 0 else { return (1, 1) }
        func ramp(_ top: Double, over span: Double) -> Double { 1 + (top - 1) * min(weeks / span, 1) }
        return switch self {
        case .calm: (1, 1)
        case .absorbed, .more30: (ramp(1.3, over: 2), 1)
        case .more10: (ramp(1.1, over: 2), 1)
        case .tripleAtOnce: (3, 1)
        case .tripleInSixWeeks: (ramp(3, over: 6), 1)
        case .slower30: (1, 0.7)
        case .more30Ends: (weeks > 10 ? 1 : ramp(1.3, over: 2), 1)
        }
    }
}

/// A simulated stage: first come, first served, several servers, office hours or round the clock.
///
/// Arrivals: Poisson clusters on a weekly profile, days that differ, monthly bursts of most of a day's volume in three
/// hours, holidays. Service: log-normal with squared variation 1.5, at a speed that differs from day to day.
struct SimulatedStage {
    enum Size: Int, CaseIterable {
        /// Items a week: 35, 700, 14,000, 16,800,000.
        case small, medium, large, huge

        var itemsPerWeek: Double { [35, 700, 14_000, 16_800_000][rawValue] }
    }

    var hours: [StageHour] = []
    /// The hour at which demand first passes capacity; nil when it never does.
    var overloadHour: Int?
    var itemsPerWeek: Double
    var capacityPerWeek: Double

    init(
        size: Size, load: Double, weeks: Int, course: Course, courseStartsWeek: Int = 0, noise: inout SeededNoise
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
        let staffedPerWeek: Double = isOffice ? 40 : 168
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
        if size == .huge {
            flow(rate: rate, speed: speed, servers: servers, noise: &noise)
        } else {
            let meanBatch = size == .small || noise.unit() < 0.5 ? 1.0 : 3.0
            serve(
                rate: rate, speed: speed, servers: servers, meanBatch: meanBatch,
                work: Double(servers) * staffedPerWeek / capacityPerWeek, noise: &noise)
        }
    }

    /// Service far shorter than an hour: hourly volumes are enough.
    private mutating func flow(rate: [Double], speed: [Double], servers: Int, noise: inout SeededNoise) {
        var waiting = 0.0
        for hour in rate.indices {
            let arrived = max(0, (rate[hour] + sqrt(2 * rate[hour]) * noise.normal()).rounded())
            let capacity = capacityPerWeek / 168 * speed[hour]
            let possible = max(1, (capacity + sqrt(1.5 * capacity) * noise.normal()).rounded())
            let done = min(waiting + arrived, possible)
            waiting += arrived - done
            let inService = (Double(servers) * done / possible).rounded()
            append(
                hour: hour, arrivals: Int(arrived), completions: Int(done), backlog: Int(waiting + inService),
                least: Int(waiting + inService), workers: servers)
        }
        balance()
    }

    /// In-service items at an hour's end are drawn from its load, so the books are settled on the completions.
    private mutating func balance() {
        var previous: Int64 = 0
        for hour in hours.indices {
            let backlog = hours[hour].backlog ?? 0
            hours[hour].completions = max(0, previous + hours[hour].arrivals - backlog)
            previous = backlog
        }
    }

    /// Item by item, on a working clock that stands still while nobody is there.
    private mutating func serve(
        rate: [Double], speed: [Double], servers: Int, meanBatch: Double, work: Double, noise: inout SeededNoise
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
                guard finish < clock[count] else { continue }
                // Finishes are nearly in order: look from a little before the last one.
                var ended = max(hour, finishHour)
                while ended > hour, clock[ended] >= finish { ended -= 1 }
                while clock[ended + 1] <= finish { ended += 1 }
                finishHour = ended
                done[ended] += 1
                seen[ended] |= 1 << UInt64(server & 63)
                changes[ended].append(((finish - clock[ended]) / max(speed[ended], 1e-9), -1))
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
        hour: Int, arrivals: Int, completions: Int, backlog: Int, least: Int, workers: Int
    ) {
        // 2024-01-01 00:00 UTC was a Monday.
        hours.append(
            StageHour(
                start: 1_704_067_200 + Int64(hour) * 3600, localHour: hour % 24, localWeekday: hour / 24 % 7,
                arrivals: Int64(arrivals), completions: Int64(completions), backlog: Int64(backlog),
                minimumBacklog: Int64(least), workers: workers))
    }
}
