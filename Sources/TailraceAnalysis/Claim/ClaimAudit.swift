/// A week as a claim of a gain sees it, and as it is.
public struct ClaimWeek: Sendable, Equatable {
    /// What the claim counts, and of it what people made without help.
    public var activity: Double
    public var humanActivity: Double
    /// What the claim divides by; nil where it divides by nothing, or by what is not measured.
    public var base: Double?
    public var outcomes: Double
    /// Hours of all work that belongs to it: making, review, rework, later stages.
    public var hours: Double

    public init(activity: Double, humanActivity: Double, base: Double?, outcomes: Double, hours: Double) {
        (self.activity, self.humanActivity, self.base) = (activity, humanActivity, base)
        (self.outcomes, self.hours) = (outcomes, hours)
    }
}

/// A claimed gain beside what was gained like for like: outcomes for each hour of all the work that they take.
public struct ClaimAudit: Sendable, Equatable {
    /// A gain as a share: 0.06 is "+6 %". Nil where it is not measurable.
    public struct Gain: Sendable, Equatable {
        public var value: Double
        /// 90 % interval, from how much the weeks of both spans differ.
        public var low: Double
        public var high: Double
    }

    /// What the claim measures, measured as it says; and counting people's own items only.
    public var asClaimed: Gain?
    public var humanOnly: Gain?
    public var likeForLike: Gain?

    /// A claim that is this much above what was gained, as a share, is overstated.
    public static let margin = 0.1
    private static let replications = 400

    /// - Parameters:
    ///   - before: weeks before the change; two at least.
    ///   - after: weeks from it on; two at least.
    public init(before: [ClaimWeek], after: [ClaimWeek]) {
        let bases = (before + after).compactMap(\.base)
        let isDivided = bases.count == before.count + after.count
        let base: (ClaimWeek) -> Double = { isDivided ? $0.base ?? 0 : 1 }
        asClaimed = ClaimAudit.gain(before, after, \.activity, base)
        humanOnly = ClaimAudit.gain(before, after, \.humanActivity, base)
        likeForLike = ClaimAudit.gain(before, after, \.outcomes, \.hours)
    }

    /// Is a claimed gain more than the margin above all that may have been gained?
    public func isOverstated(_ claimed: Double) -> Bool? {
        likeForLike.map { claimed - $0.high > ClaimAudit.margin }
    }

    private static func gain(
        _ before: [ClaimWeek], _ after: [ClaimWeek], _ part: (ClaimWeek) -> Double, _ whole: (ClaimWeek) -> Double
    ) -> Gain? {
        func ratio(_ weeks: [ClaimWeek]) -> Double? {
            let (parts, wholes) = (weeks.reduce(0) { $0 + part($1) }, weeks.reduce(0) { $0 + whole($1) })
            return parts > 0 && wholes > 0 ? parts / wholes : nil
        }
        guard let old = ratio(before), let new = ratio(after) else { return nil }
        var random = RandomSource(seed: 1, run: 0, stream: 0)
        var gains: [Double] = []
        for _ in 0..<replications {
            let drawn = [before, after].map { weeks in weeks.map { _ in weeks[random.below(weeks.count)] } }
            if let old = ratio(drawn[0]), let new = ratio(drawn[1]) { gains.append(new / old - 1) }
        }
        gains.sort()
        let value = new / old - 1
        guard let least = gains.first, let most = gains.last else { return Gain(value: value, low: value, high: value) }
        let low = gains.count > 20 ? gains[gains.count / 20] : least
        let high = gains.count > 20 ? gains[gains.count - 1 - gains.count / 20] : most
        return Gain(value: value, low: low, high: high)
    }
}
