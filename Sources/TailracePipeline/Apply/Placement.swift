/// How a content relates to what was there before it.
public enum Relation: UInt8, CaseIterable, Sendable {
    /// First of a family that has copies. An index never answers it: at its arrival a leader is `novel` or `partial`,
    /// and becomes `leader` with its first copy.
    case leader
    /// The same letters as a member of its family.
    case exact
    /// At least 0.7 of it is in the leader of its family.
    case near
    /// 0.2 to 0.7 of it is in the leader of another family, `Placement.family`; it founds its own.
    case partial
    /// Repeats nothing that is remembered; founds its own family.
    case novel
    /// Under 64 letters and not seen before: too short for anything but exact copies. Founds its own family.
    case short

    /// The stable name in the store.
    public var name: String {
        switch self {
        case .leader: "leader"
        case .exact: "exact"
        case .near: "near"
        case .partial: "partial"
        case .novel: "novel"
        case .short: "short"
        }
    }

    /// Is the content a copy: does it belong to a family that was there before it?
    @inlinable public var isCopy: Bool { self == .exact || self == .near }
}

/// Where a content belongs, and by what evidence.
public struct Placement: Equatable, Sendable {
    public var relation: Relation
    /// The family that the relation speaks of: the one that `exact` and `near` copies belong to, the earlier one that
    /// a `partial` repeats in part without belonging to it, the new one that `novel` and `short` found.
    public var family: UInt32
    /// The family the content belongs to: `family`, but for a `partial` the new one, which it founds.
    public var own: UInt32
    /// Evidence: `hits` of `compared` selected hashes are in the leader of `family`. Both 0 where hashes were not
    /// looked up (`exact`, `short`); no hits for `novel`. Boilerplate is in neither.
    public var hits: UInt32
    public var compared: UInt32
    /// What the content quotes is known: it is no part of it.
    public var isQuoteKnown = false
    /// A `partial` that repeats `family` by its quotes alone.
    public var isByQuote = false

    public init(relation: Relation, family: UInt32, own: UInt32, hits: UInt32 = 0, compared: UInt32 = 0) {
        self.relation = relation
        self.family = family
        self.own = own
        self.hits = hits
        self.compared = compared
    }

    /// Estimated share of the content that is in the earlier one, 0 to 1. 1 for `exact`, 0 where nothing was found.
    public var containment: Double {
        if relation == .exact { return 1 }
        return compared == 0 ? 0 : Double(hits) / Double(compared)
    }
}
