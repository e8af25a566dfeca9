import Foundation

@testable import TailracePipeline

/// The counts of a log of events in order of time: dictionaries, one pass, no windows that open or close.
struct NaivePipeline {
    /// `stage|window start|grain` and what else tells a row → name of the count → number.
    var flow: [String: [String: Int64]] = [:]
    var work: [String: [String: Int64]] = [:]
    var output: [String: [String: Int64]] = [:]
    var engagement: [String: [String: Int64]] = [:]
    var outcomes: [String: Int64] = [:]
    /// Events of people, and contents: the first text of an item.
    var teams: [String: [Int64]] = [:]
    private var compared: Set<String> = []
    /// `stage|second` at the end of each hour → in the system, waiting.
    var backlog: [String: (system: Int64, waiting: Int64)] = [:]
    private var calendar = Calendar(identifier: .iso8601)

    private struct ItemState {
        var origin = Origin.unknown
        var stream: TailracePipeline.Stream
        var madeIn: String?
        var isSent = false
    }
    private var items: [String: ItemState] = [:]
    private var stageItems: [String: [String: NaiveStageItem]] = [:]
    private var outputs: Set<String> = []
    private var starts: [Int64: [(Grain, Int64)]] = [:]

    init(_ events: [LogEvent], zone: String, hours: [Window]) {
        calendar.timeZone = TimeZone(identifier: zone) ?? .current
        var next = 0
        for hour in hours.sorted() {
            while next < events.count, events[next].time < hour.end * 1000 {
                take(events[next])
                next += 1
            }
            for (stage, items) in stageItems {
                backlog["\(stage)|\(hour.end)"] = (
                    Int64(items.values.count { $0.isOpen }), Int64(items.values.count { $0.place == .waiting })
                )
            }
        }
    }

    /// Starts of the four windows that hold a moment.
    private mutating func windows(_ time: Int64) -> [(Grain, Int64)] {
        let hour = time / 3_600_000 * 3600
        if let known = starts[hour] { return known }
        let date = Date(timeIntervalSince1970: Double(hour))
        let units: [(Grain, Calendar.Component)] = [(.day, .day), (.week, .weekOfYear), (.month, .month)]
        starts[hour] =
            [(.hour, hour)]
            + units.map { grain, unit in
                (grain, Int64(calendar.dateInterval(of: unit, for: date)?.start.timeIntervalSince1970 ?? 0))
            }
        return starts[hour] ?? []
    }

    private mutating func take(_ event: LogEvent) {
        var item = items[event.item] ?? ItemState(stream: event.stream)
        if item.origin == .unknown, let origin = event.origin { item.origin = origin }
        items[event.item] = item
        let places = windows(event.time)
        let isContent = event.action.isContent && event.text != nil && !compared.contains(event.item)
        if event.action.isContent, event.text != nil { compared.insert(event.item) }
        if event.action.isQueue { queue(event, item.origin, places) }
        if event.action.isContent { content(event, item.origin, places) }
        if event.action.isAttention || event.action.isHarm || event.action == .send { engage(event, places) }
        for (grain, start) in places {
            let place = "\(event.stage)|\(start)|\(grain)"
            if event.action == .approve { work["\(place)|\(item.origin)", default: [:]]["approvals", default: 0] += 1 }
            if event.action == .outcome { outcomes["\(place)|\(event.result ?? "")", default: 0] += 1 }
            guard let team = event.team, event.actor != nil || isContent else { continue }
            var counts = teams["\(team)|\(start)|\(grain)"] ?? [0, 0]
            counts[0] += event.actor != nil ? 1 : 0
            counts[1] += isContent ? 1 : 0
            teams["\(team)|\(start)|\(grain)"] = counts
        }
    }

    private mutating func queue(_ event: LogEvent, _ origin: Origin, _ places: [(Grain, Int64)]) {
        var item = stageItems[event.stage, default: [:]][event.item] ?? NaiveStageItem()
        let change = item.apply(event.action, at: event.time)
        stageItems[event.stage, default: [:]][event.item] = item
        let touch = change.touch ?? (change.completion ? event.effort.map { $0 * 1000 } : nil)
        var counts: [String: Int64] = [:]
        if change.duplicate {
            counts["duplicates"] = 1
        } else {
            counts = [
                "arrivals": change.arrival ? 1 : 0, "starts": change.start ? 1 : 0,
                "completions": change.completion ? 1 : 0, "first": change.firstCompletion ? 1 : 0,
                "returns": change.isReturn ? 1 : 0, "withdrawals": change.withdrawal ? 1 : 0,
                "unscheduled": change.unscheduled ? 1 : 0, "extra": change.extraCompletion ? 1 : 0,
                "rework": change.reworkCycle ? 1 : 0, "schedule": event.action == .schedule ? 1 : 0,
                "complete": event.action == .complete ? 1 : 0, "return": event.action == .return ? 1 : 0,
            ]
        }
        for (grain, start) in places {
            flow["\(event.stage)|\(start)|\(grain)", default: [:]].merge(counts, uniquingKeysWith: +)
            if change.duplicate { continue }
            let part = [
                "arrivals": change.arrival ? 1 : 0, "completions": change.completion ? 1 : 0,
                "returns": change.isReturn ? 1 : 0, "touch": touch ?? 0, "touches": touch == nil ? 0 : 1,
                "wait": change.wait ?? 0, "waits": change.wait == nil ? 0 : 1,
            ]
            work["\(event.stage)|\(start)|\(grain)|\(origin)", default: [:]].merge(part, uniquingKeysWith: +)
        }
    }

    private mutating func content(_ event: LogEvent, _ origin: Origin, _ places: [(Grain, Int64)]) {
        if event.action == .send, items[event.item]?.isSent == false {
            items[event.item]?.isSent = true
            items[event.item]?.madeIn = event.stage
        } else if items[event.item]?.madeIn == nil {
            items[event.item]?.madeIn = event.stage
        }
        guard outputs.insert("\(event.item)|\(event.stage)").inserted else { return }
        for (grain, start) in places {
            let key = "\(event.stage)|\(start)|\(grain)|\(event.stream)|\(origin)"
            output[key, default: [:]].merge(["items": 1, "bytes": event.bytes ?? 0], uniquingKeysWith: +)
        }
    }

    private mutating func engage(_ event: LogEvent, _ places: [(Grain, Int64)]) {
        let target = items[event.action == .send ? event.item : event.refersTo ?? event.item]
        let stage = event.stage.isEmpty ? target?.madeIn ?? "" : event.stage
        let stream = event.action == .send ? event.stream : target?.stream ?? event.stream
        var counts: [String: Int64] = [event.action.name: 1]
        if event.action == .send { counts["recipients"] = event.recipients ?? 1 }
        for (grain, start) in places {
            let key = "\(stage)|\(start)|\(grain)|\(stream)|\(target?.origin ?? .unknown)"
            engagement[key, default: [:]].merge(counts, uniquingKeysWith: +)
        }
    }
}
