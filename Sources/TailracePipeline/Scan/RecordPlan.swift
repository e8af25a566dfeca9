/// How records of one source become events: a format definition, compiled once.
///
/// A plan is data. It names, for each field of an event, where a record holds it, and how texts become actions.
public struct RecordPlan: Sendable {
    /// What a record is.
    public enum Kind: Sendable, Equatable {
        /// One JSON object a line.
        case json
        /// Rows under a header row. The separator is found in the header when nil.
        case csv(separator: UInt8?)
    }

    /// The fields of an event that a plan can fill.
    public enum Field: UInt8, CaseIterable, Sendable {
        case time, stream, action, item, workCase, stage, actor, team, origin, actorKind, refersTo, recipient
        case title, text, bytes, recipients, effort, amount, limit, currency, category, result, reason

        /// The name in the contract and in definitions.
        public var name: String {
            switch self {
            case .workCase: "case"
            case .actorKind: "actor_kind"
            case .refersTo: "refers_to"
            default: String(describing: self)
            }
        }
    }

    /// Where one field is found.
    public struct Binding: Sendable {
        public var field: Field
        /// JSON keys or CSV column names, the first that is present wins. A CSV name `category#2` is the second
        /// column of that name.
        public var names: [String]
        /// Text in the record → value of the field, compared without regard to ASCII case; empty = the text itself.
        public var map: [String: String]
        /// The value where the record has none; nil = absent. A text that `map` does not know stays as it is.
        public var fallback: String?
        /// Texts that mean "absent" (for example `?` or `NULL`). The empty text always does.
        public var absent: [String]

        public init(
            field: Field, names: [String], map: [String: String] = [:], fallback: String? = nil, absent: [String] = []
        ) {
            self.field = field
            self.names = names
            self.map = map
            self.fallback = fallback
            self.absent = absent
        }
    }

    /// How times are written beyond RFC 3339 and numbers, which are always tried first:
    /// `%d/%m/%Y %H:%M` and the like (`%Y %y %m %d %H %I %M %S %f %p %b %z %Z`, other characters literally).
    public var timeFormats: [String]
    /// The zone of times without an offset; nil: such times are rejected.
    public var zone: ZoneTable?
    public var kind: Kind
    public var bindings: [Binding]
    /// Are records in order of event time, but for the allowed lateness?
    public var isOrdered: Bool
    /// Where a record names no item, join these fields with U+001F to make one (process-miner CSV: case and stage).
    public var itemFrom: [Field]

    public init(
        kind: Kind, bindings: [Binding], timeFormats: [String] = [], zone: ZoneTable? = nil, isOrdered: Bool = true,
        itemFrom: [Field] = []
    ) {
        self.kind = kind
        self.bindings = bindings
        self.timeFormats = timeFormats
        self.zone = zone
        self.isOrdered = isOrdered
        self.itemFrom = itemFrom
    }
}
