import TailraceAnalysis

/// The rules that people write by hand, each on the same closed hours, with what eight weeks or more have taught.
enum NaiveRule: String, CaseIterable {
    /// One hour's arrivals above the most that was ever finished in an hour.
    case rate = "arrivals > capacity, one hour"
    /// One hour's arrivals above mean + 3 standard deviations of that hour of the week.
    case sigma = "3 sigma on volume"
    /// Items older than half again the trained p99 of the time in the queue eat an error budget of 5 %: six times as
    /// fast over 6 h and 1 h, three times over 24 h and 2 h, or once over 72 h and 6 h (Google, "The Site Reliability
    /// Workbook", 2018, chapter 5).
    case burn = "multi-window burn rate"
    /// Twice the greatest backlog of the training, and a working day of it, for two hours.
    case backlog = "backlog > 2 x trained maximum"

    /// Hours, from the end of the training, in which the rule holds.
    func holds(_ hours: [StageHour], training: Int, perDay: Double) -> [Bool] {
        switch self {
        case .rate:
            let most = hours[..<training].reduce(0) { max($0, $1.completions) }
            return hours[training...].map { $0.arrivals > most }
        case .sigma: return sigma(hours, training)
        case .burn: return burn(hours, training)
        case .backlog:
            let most = hours[..<training].reduce(0.0) { max($0, Double($1.backlog ?? 0)) }
            let over = hours.map { Double($0.backlog ?? 0) > max(2 * most, perDay) }
            return hours.indices[training...].map { over[$0] && over[$0 - 1] }
        }
    }

    private func sigma(_ hours: [StageHour], _ training: Int) -> [Bool] {
        var (sums, squares, counts) = ([Double](), [Double](), [Double]())
        (sums, squares) = (Array(repeating: 0, count: 168), Array(repeating: 0, count: 168))
        counts = sums
        for (place, hour) in hours[..<training].enumerated() {
            let arrived = Double(hour.arrivals)
            sums[place % 168] += arrived
            squares[place % 168] += arrived * arrived
            counts[place % 168] += 1
        }
        return hours.indices[training...].map { place in
            let (mean, count) = (sums[place % 168] / counts[place % 168], counts[place % 168])
            let variance = max(squares[place % 168] / count - mean * mean, mean + 1)
            return Double(hours[place].arrivals) > mean + 3 * variance.squareRoot()
        }
    }

    /// First come, first served: what came in an hour is out when as much has left as had come by then.
    private func burn(_ hours: [StageHour], _ training: Int) -> [Bool] {
        var (arrived, left) = ([Int64](), [Int64]())
        for hour in hours {
            arrived.append((arrived.last ?? 0) + hour.arrivals)
            left.append((left.last ?? 0) + hour.completions + hour.withdrawals)
        }
        var ends = [Int](repeating: hours.count, count: hours.count)
        var place = 0
        for hour in hours.indices {
            while place < hours.count, left[place] < arrived[hour] { place += 1 }
            ends[hour] = max(hour, place)
        }
        var stays = hours.indices[..<training].flatMap { hour in
            Array(repeating: Double(ends[hour] - hour), count: Int(min(hours[hour].arrivals, 200)))
        }.sorted()
        if stays.isEmpty { stays = [1] }
        let limit = Int(1.5 * max(1, stays[Int(0.99 * Double(stays.count - 1))]))
        // An item is late in the hour in which it passes the limit.
        var late = [Double](repeating: 0, count: hours.count)
        for hour in hours.indices where hour + limit < hours.count && ends[hour] > hour + limit {
            late[hour + limit] += Double(hours[hour].arrivals)
        }
        func sums(_ values: [Double]) -> [Double] { values.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) } }
        let (lates, alls) = (sums(late), sums(hours.map { Double($0.arrivals) }))
        func rate(_ end: Int, _ span: Int) -> Double {
            let from = max(0, end - span)
            // Those that could be late by now came a limit ago.
            let (to, since) = (max(0, end - limit), max(0, from - limit))
            return (lates[end] - lates[from]) / max(1, alls[to] - alls[since]) / 0.05
        }
        return (training..<hours.count).map { hour in
            let end = hour + 1
            return rate(end, 6) >= 6 && rate(end, 1) >= 6 || rate(end, 24) >= 3 && rate(end, 2) >= 3
                || rate(end, 72) >= 1 && rate(end, 6) >= 1
        }
    }
}

/// Starts of alerts: what fires again within 24 hours is one.
func starts(of holds: [Bool]) -> [Int] {
    var (found, last): ([Int], Int?) = ([], nil)
    for (hour, isOn) in holds.enumerated() where isOn {
        if last.map({ hour - $0 > 24 }) ?? true { found.append(hour) }
        last = hour
    }
    return found
}
