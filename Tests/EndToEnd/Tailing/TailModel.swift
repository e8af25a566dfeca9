/// What must be in the store, and what may be.
struct TailModel {
    private(set) var next = 0
    /// Numbers of events that must be there, each once.
    private(set) var required: Set<Int> = []
    /// Numbers of events that may be there, once.
    private(set) var allowed: Set<Int> = []
    /// Events without a number that must be there.
    var noise = 0
    /// Items that nobody wrote: what damage makes of lines.
    var strangers = 0
    var rejected = 0...0

    /// New numbers.
    mutating func take(_ count: Int) -> Range<Int> {
        defer { next += count }
        return next..<next + count
    }

    mutating func require(_ numbers: some Sequence<Int>) {
        for number in numbers {
            required.insert(number)
            allowed.remove(number)
        }
    }

    /// These may be missing from now on.
    mutating func excuse(_ numbers: some Sequence<Int>) {
        for number in numbers {
            required.remove(number)
            allowed.insert(number)
        }
    }

    mutating func mayReject(_ count: Int) { rejected = rejected.lowerBound...rejected.upperBound + count }
    mutating func mustReject(_ count: Int) {
        rejected = rejected.lowerBound + count...rejected.upperBound + count
    }

    /// Everything that is required may be there by now.
    func isPlausible(_ content: StoreContent) -> Bool {
        content.events >= required.count + noise && content.rejected >= rejected.lowerBound
    }

    /// What is wrong; empty where all is well.
    func problems(_ content: StoreContent) -> [TailProblem] {
        var problems: [TailProblem] = []
        let lost = required.filter { NumberedEvent.isContent($0) }.subtracting(content.items).sorted()
        if !lost.isEmpty { problems.append(.lost(lost)) }
        let queued = required.count { !NumberedEvent.isContent($0) }
        let queuedMore = allowed.count { !NumberedEvent.isContent($0) }
        if content.arrivals < queued { problems.append(.fewArrivals(content.arrivals, queued)) }
        if content.arrivals > queued + queuedMore + strangers {
            problems.append(.manyArrivals(content.arrivals, queued + queuedMore))
        }
        let extra = content.items.subtracting(required).subtracting(allowed).sorted()
        if extra.count > strangers { problems.append(.extra(extra)) }
        let once = content.items.count + content.foreignItems + content.arrivals + noise
        if content.events > once + strangers || content.duplicates > strangers {
            problems.append(.repeated(content.events - once, content.duplicates))
        } else if content.events < once - strangers {
            problems.append(.fewEvents(content.events, once))
        }
        if content.foreignItems > strangers { problems.append(.foreign(content.foreignItems)) }
        if content.outputs != content.items.count + content.foreignItems {
            problems.append(.outputs(content.outputs, content.items.count))
        }
        if content.rejected < rejected.lowerBound { problems.append(.fewRejections(content.rejected, rejected)) }
        if content.rejected > rejected.upperBound { problems.append(.manyRejections(content.rejected, rejected)) }
        return problems
    }
}

/// One way in which a store differs from what was written.
enum TailProblem: CustomStringConvertible {
    case lost([Int]), extra([Int]), foreign(Int)
    case fewArrivals(Int, Int), manyArrivals(Int, Int)
    case repeated(Int, Int), fewEvents(Int, Int), outputs(Int, Int)
    case fewRejections(Int, ClosedRange<Int>), manyRejections(Int, ClosedRange<Int>)

    /// Waiting does not help: what is there too often never goes away.
    var isFinal: Bool {
        switch self {
        case .extra, .foreign, .manyArrivals, .repeated, .manyRejections: true
        case .lost, .fewArrivals, .fewEvents, .outputs, .fewRejections: false
        }
    }

    /// What is wrong in one word: two failures with a word in common are taken for the same.
    var kind: String {
        switch self {
        case .lost, .fewArrivals: "lost"
        case .repeated, .manyArrivals: "repeated"
        case .extra, .foreign: "extra"
        case .fewEvents, .outputs: "uneven"
        case .fewRejections, .manyRejections: "rejections"
        }
    }

    var description: String {
        switch self {
        case .lost(let numbers): "\(numbers.count) lost: \(runs(numbers))"
        case .extra(let numbers): "\(numbers.count) that should not be there: \(runs(numbers))"
        case .foreign(let count): "\(count) items that nobody wrote"
        case .fewArrivals(let found, let wanted): "\(found) arrivals instead of \(wanted)"
        case .manyArrivals(let found, let wanted): "\(found) arrivals, at most \(wanted) wanted"
        case .repeated(let events, let arrivals): "\(events) events repeated, \(arrivals) of them arrivals"
        case .fewEvents(let found, let wanted): "v1_sources counts \(found) events, the rest of the store \(wanted)"
        case .outputs(let found, let wanted): "v1_output counts \(found) items, v1_items lists \(wanted)"
        case .fewRejections(let found, let wanted), .manyRejections(let found, let wanted):
            "\(found) rejected instead of \(wanted.lowerBound)...\(wanted.upperBound)"
        }
    }

    /// Numbers as ranges, the first few.
    private func runs(_ numbers: [Int]) -> String {
        var runs: [ClosedRange<Int>] = []
        for number in numbers {
            if let last = runs.last, last.upperBound + 1 == number {
                runs[runs.count - 1] = last.lowerBound...number
            } else {
                runs.append(number...number)
            }
        }
        let shown = runs.prefix(6).map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
        return shown.joined(separator: ", ") + (runs.count > 6 ? ", …" : "")
    }
}
