/// What applying events needs to know. All of it is part of the definition of the answer: another setting, another
/// store.
public struct PipelineSettings: Sendable {
    public enum ActorPolicy: Sendable { case keep, drop, pseudonym }

    public var zone = ZoneTable.utc
    /// How long a window stays open for events that come out of order, in milliseconds.
    public var allowedLateness: Int64 = 600_000
    /// Figures about fewer people are not shown.
    public var minimumGroup = 5
    public var actors = ActorPolicy.pseudonym
    public var actorKey = SipKey(k0: 0, k1: 0)
    /// Working hours as ranges of seconds since Monday 00:00, local; nil where none are declared.
    public var workingHours: [Range<Int>]?
    /// Memory for window hashes of fingerprints, in bytes.
    public var fingerprintBytes = 96 << 20
    /// Days for which a content is remembered after it was last met; later ones like it found a family of their own.
    public var fingerprintHorizonDays = FamilyIndex.usualHorizonDays
    /// Memory for the states of items, in bytes, over all three tables.
    public var itemBytes = 96 << 20
    /// Keep a row of every item with content, not only of those with relatives.
    public var keepsAllItems = false
    /// Declared things that the store shows beside a stage's name.
    public var declaredStages: [String: StageDeclaration] = [:]

    /// Ways that cases are declared to go.
    public var processes: [DeclaredProcess] = []

    public init() {}
}

/// What an owner has declared about a stage and the pipeline passes on.
public struct StageDeclaration: Sendable {
    public var owner: String?
    public var kind: String?
    public var toleranceDays: Double?

    public init(owner: String? = nil, kind: String? = nil, toleranceDays: Double? = nil) {
        (self.owner, self.kind, self.toleranceDays) = (owner, kind, toleranceDays)
    }
}
