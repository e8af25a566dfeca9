public import TailracePipeline

/// A measure of one stage over one week that follows from sums alone.
public enum WeeklyMeasure: Int, CaseIterable, Sendable {
    case reworkRate, replyRate, unsubscribeRate, softBounceRate, redundantShare, automatedShare
    case zombieShare, effectiveContents, rawRedundantShare
    case effectiveCategories, timeToSend, timeToSendTouch, topShare, effectiveServers, speedSpread, quickApprovals
    case activeTeams, decisionLatency, escalationRate, assignmentRate, unrevisedShare, suspendedShare
    case suspendedByReason, repeatReturns, repeatReturnsByCategory
    case chargedReturns, chargedHumanReturns, chargedAssistedReturns, chargedAutomatedReturns
    case useYield, contacts, contactsHigh, touchEstimate, touchEstimateCoverage

    /// The stable name in the store.
    public var name: String {
        switch self {
        case .reworkRate: "rework_rate"
        case .replyRate: "reply_rate"
        case .unsubscribeRate: "unsubscribe_rate"
        case .softBounceRate: "soft_bounce_rate"
        case .redundantShare: "redundant_share"
        case .automatedShare: "automated_share"
        case .zombieShare: "zombie_share"
        case .effectiveContents: "effective_contents"
        case .rawRedundantShare: "raw_redundant_share"
        case .effectiveCategories: "effective_categories"
        case .timeToSend: "time_to_send_p85"
        case .timeToSendTouch: "time_to_send_touch_share"
        case .topShare: "top_finisher_share"
        case .effectiveServers: "effective_servers"
        case .speedSpread: "speed_spread"
        case .quickApprovals: "quick_approval_share"
        case .activeTeams: "active_teams"
        case .decisionLatency: "decision_latency_p50"
        case .escalationRate: "escalations_per_decision"
        case .assignmentRate: "assignments_per_decision"
        case .unrevisedShare: "assisted_sends_unrevised_share"
        case .suspendedShare: "suspended_share"
        case .suspendedByReason: "suspended_share_by_reason"
        case .repeatReturns: "repeat_return_share"
        case .repeatReturnsByCategory: "repeat_return_share_by_category"
        case .useYield: "use_yield"
        case .touchEstimate: "touch_estimate"
        case .touchEstimateCoverage: "touch_estimate_coverage"
        case .contacts: "contacts_per_recipient"
        case .contactsHigh: "contacts_per_recipient_p95"
        case .chargedReturns: "charged_return_rate"
        case .chargedHumanReturns: "charged_return_rate_human"
        case .chargedAssistedReturns: "charged_return_rate_assisted"
        case .chargedAutomatedReturns: "charged_return_rate_automated"
        }
    }

    /// Unit of value and interval.
    public var unit: String {
        switch self {
        case .unsubscribeRate, .softBounceRate: "per mille"
        case .reworkRate, .replyRate, .redundantShare, .automatedShare, .zombieShare, .rawRedundantShare,
            .timeToSendTouch, .topShare, .quickApprovals, .unrevisedShare, .suspendedShare,
            .suspendedByReason, .repeatReturns, .repeatReturnsByCategory, .useYield, .touchEstimateCoverage:
            "share"
        case .effectiveContents: "contents"
        case .effectiveCategories: "categories"
        case .timeToSend, .decisionLatency, .touchEstimate: "h"
        case .effectiveServers: "people"
        case .contacts, .contactsHigh: "messages"
        case .speedSpread, .escalationRate, .assignmentRate: "ratio"
        case .chargedReturns, .chargedHumanReturns, .chargedAssistedReturns, .chargedAutomatedReturns:
            "returns per item"
        case .activeTeams: "teams"
        }
    }

    /// The events without which the measure cannot be told.
    var input: String {
        switch self {
        case .reworkRate: "complete"
        case .replyRate, .unsubscribeRate, .softBounceRate: "send"
        case .redundantShare, .rawRedundantShare: "create, send or publish with text"
        case .automatedShare: "create, send or publish with origin"
        case .zombieShare, .useYield: "read"
        case .effectiveContents: "create, send or publish with text"
        case .effectiveCategories: "category"
        case .timeToSend: "case and complete"
        case .timeToSendTouch: "start or effort"
        case .topShare, .effectiveServers, .speedSpread: "actor"
        case .quickApprovals: "start, approve and bytes"
        case .activeTeams: "team and actor"
        case .decisionLatency: "schedule before approve or reject"
        case .escalationRate, .assignmentRate: "approve or reject"
        case .unrevisedShare: "send with origin"
        case .suspendedShare: "suspend and complete"
        case .suspendedByReason: "suspend with reason"
        case .repeatReturns: "return"
        case .repeatReturnsByCategory: "return with category"
        case .touchEstimate, .touchEstimateCoverage: "start, effort or actor"
        case .contacts, .contactsHigh: "send with recipient"
        case .chargedReturns: "return, and create, send or publish"
        case .chargedHumanReturns, .chargedAssistedReturns, .chargedAutomatedReturns:
            "return, and create, send or publish with origin"
        }
    }
}

/// One measure's value; null with what was missing, never 0, where it cannot be told.
public struct MeasureValue: Sendable, Equatable {
    public var window: Window
    public var stage: Int
    public var measure: WeeklyMeasure
    /// What it is split by: a tag of the logs. Nil where it is not split.
    public var tag: MeasureTag?
    public var value: Double?
    /// 95 % interval (Wilson), where the measure is a share of counted things.
    public var low: Double?
    public var high: Double?
    public var missing: String?
}

extension MeasureValue {
    /// Tells the measures of a stage and window apart in the store; below 2^14.
    public var index: Int { tag.map { (measure.rawValue + 1) << 8 | $0.index } ?? measure.rawValue }
    /// The stable name in the store, and behind it the tag.
    public var name: String { tag.map { "\(measure.name): \($0.text)" } ?? measure.name }
}

/// The measures of the weeks in these rows, as of their close, in order of window, stage and measure.
///
/// A stage has a measure's row in a week in which it did anything that the measure's kind speaks of: a queue has no
/// reply rate. Complexity: O(rows).
public func weeklyMeasures(flow: [FlowRow], output: [OutputRow], engagement: [EngagementRow]) -> [MeasureValue] {
    var values: [MeasureValue] = []
    for row in flow where row.window.grain == .week && row.completeEvents + row.returnEvents > 0 {
        values.append(share(.reworkRate, row.window, row.stage, row.returns, of: row.firstCompletions))
    }
    var sums: [Int64: EngagementRow] = [:]
    for row in engagement where row.window.grain == .week {
        let id = EngagementRow(
            window: row.window, key: StreamKey(stage: row.key.stage, stream: .email, origin: .unknown))
        sums[id.rowID, default: id].merge(row)
    }
    for row in sums.values {
        let stage = row.key.stage
        values.append(share(.replyRate, row.window, stage, row.replies, of: row.sent))
        values.append(share(.unsubscribeRate, row.window, stage, row.unsubscribes, of: row.delivered, per: 1000))
        values.append(share(.softBounceRate, row.window, stage, row.softBounces, of: row.sent, per: 1000))
    }
    values += outputMeasures(output)
    return values.sorted {
        if $0.window != $1.window { return $0.window < $1.window }
        return $0.stage != $1.stage ? $0.stage < $1.stage : $0.measure.rawValue < $1.measure.rawValue
    }
}

/// What is copied, as of the week's close: how much of what a stage made are zombies, and how many different contents
/// there were in four weeks, in effect.
public func copyMeasures(_ week: ClosedWeek) -> [MeasureValue] {
    week.copies.flatMap { copies in
        let zombies = copies.zombies.map { share(.zombieShare, week.window, copies.stage, $0, of: copies.contents) }
        var diversity = MeasureValue(window: week.window, stage: copies.stage, measure: .effectiveContents)
        diversity.value = WeeklySample(week: week.window.start, sizes: copies.familySizes)?.value
        if diversity.value == nil { diversity.missing = WeeklyMeasure.effectiveContents.input }
        return [
            zombies
                ?? MeasureValue(
                    window: week.window, stage: copies.stage, measure: .zombieShare,
                    missing: WeeklyMeasure.zombieShare.input),
            diversity,
        ]
    }
}

private func outputMeasures(_ output: [OutputRow]) -> [MeasureValue] {
    struct Sums {
        var window: Window
        var stage: Int
        var items: Int64 = 0
        var automated: Int64 = 0
        var known: Int64 = 0
        var bytes: Int64 = 0
        var redundant: Int64 = 0
        var quoted: Int64 = 0
        var compared: Int64 = 0
    }
    var sums: [Int64: Sums] = [:]
    for row in output where row.window.grain == .week {
        let id = row.window.key << 14 | Int64(row.key.stage)
        var sum = sums[id] ?? Sums(window: row.window, stage: row.key.stage)
        sum.items += row.items
        sum.known += row.key.origin == .unknown ? 0 : row.items
        sum.automated += row.key.origin == .automated ? row.items : 0
        sum.bytes += row.bytes
        sum.redundant += row.redundantBytes
        sum.quoted += row.quotedBytes
        sum.compared += row.comparedItems
        sums[id] = sum
    }
    return sums.values.flatMap { sum in
        // Bytes come in items: their share has no interval from counting bytes. Without texts it is not 0 but unknown.
        let bytes = sum.compared > 0 ? sum.bytes : 0
        var redundant = share(.redundantShare, sum.window, sum.stage, sum.redundant, of: bytes)
        // As it would be with quotes and signatures, which repeat by nature.
        var raw = share(.rawRedundantShare, sum.window, sum.stage, sum.redundant + sum.quoted, of: bytes)
        (redundant.low, redundant.high, raw.low, raw.high) = (nil, nil, nil, nil)
        return [redundant, share(.automatedShare, sum.window, sum.stage, sum.automated, of: sum.known), raw]
    }
}

func share(
    _ measure: WeeklyMeasure, _ window: Window, _ stage: Int, _ part: Int64, of whole: Int64, per unit: Double = 1
) -> MeasureValue {
    guard whole > 0 else {
        return MeasureValue(window: window, stage: stage, measure: measure, missing: measure.input)
    }
    var value = MeasureValue(window: window, stage: stage, measure: measure, value: unit * Double(part) / Double(whole))
    // More parts than wholes (three replies to one mail) is a rate, and no share of anything.
    if part >= 0, part <= whole {
        let interval = wilsonInterval(hits: Int(part), of: Int(whole))
        (value.low, value.high) = (unit * interval.low, unit * interval.high)
    }
    return value
}
