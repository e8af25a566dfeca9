/// How records of one source become events: a format definition, compiled once.
///
/// A plan is data. It names, for each field of an event, where a record holds it, and how texts become actions.
public struct RecordPlan: Sendable {
    /// What a record is.
    public enum Kind: Sendable, Equatable {
        /// One JSON object a line, or elements of arrays, or objects over several lines.
        case json
        /// Rows under a header row. The separator is found in the header when nil.
        case csv(separator: UInt8?)
        /// One line of syslog each: `time`, `host`, `program`, `pid`, `message`, and what `templates` find in the message.
        case syslog
        /// One line of text each: `message` is all of it.
        case text
        /// One message of an mbox each (`MailRecord`).
        case mbox
    }

    /// The fields of an event that a plan can fill.
    public enum Field: UInt8, CaseIterable, Sendable {
        case time, stream, action, item, workCase, stage, actor, team, origin, actorKind, refersTo, recipient
        case title, text, bytes, recipients, effort, amount, limit, currency, category, result, reason
        /// Of a state: how often the item was sent back, and since when it is in the queue.
        case returns, since
        /// The program or operation that acted: `OriginRules` may know it. It is not kept.
        case agent

        /// What only a record can tell that shows a state.
        public static let ofStates: [Field] = [.returns, .since]

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
        /// JSON paths (`FieldPath`) or CSV column names, the first that is present wins. A CSV name `category#2` is the
        /// second column of that name.
        public var names: [String]
        /// All of `names` are wanted, one behind the other with this between them; nil: the first that is present.
        public var joint: String?
        /// What is kept of a text: what stands behind the first of these, and before the next of those. Where they do
        /// not stand in it, all of it.
        public var after = ""
        public var before = ""
        /// Text in the record → value of the field, compared without regard to ASCII case, with `*` for anything
        /// (`PatternTable`); empty = the text itself.
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

    /// A question to a record: has a path or column a value, and is it one of these?
    public struct Condition: Sendable, Equatable {
        public var name: String
        /// Patterns (`PatternTable`); nil: any value will do.
        public var values: [String]?
        /// The answer has to be no.
        public var isNegated: Bool

        public init(name: String, values: [String]?, isNegated: Bool = false) {
            (self.name, self.values, self.isNegated) = (name, values, isNegated)
        }
    }

    /// One event that a record can give.
    public struct Rule: Sendable {
        /// All of them hold.
        public var conditions: [Condition]
        /// Take the place of the plan's bindings of the same fields.
        public var bindings: [Binding]

        public init(conditions: [Condition], bindings: [Binding]) {
            (self.conditions, self.bindings) = (conditions, bindings)
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
    /// CSV: lines that begin with this are no rows; one that goes on with `Fields:` names the columns.
    public var comment: UInt8?
    /// Syslog and text: shapes of messages (`TextTemplate`), of which the first that fits counts.
    public var templates: [String] = []
    /// The array whose elements are events of their own, a path of JSON; nil: the record is.
    public var each: String?
    /// JSON: paths at which a record may hold the real one, as an object, an array of them, or a text. CSV: columns that
    /// hold it; all other names are then paths of JSON. The first that is present counts.
    public var inside: [String] = []
    /// Lines that speak of one thing: what is kept of the earlier ones, for the later ones.
    public struct Join: Sendable, Equatable {
        /// Together they name the thing.
        public var by: [String]
        /// What is kept, under which name; `kept.name` asks for it.
        public var keep: [(name: String, from: String)]
        /// Where these hold, the name is that of a new thing.
        public var begins: [Condition]

        public init(by: [String], keep: [(name: String, from: String)], begins: [Condition]) {
            (self.by, self.keep, self.begins) = (by, keep, begins)
        }

        public static func == (a: Join, b: Join) -> Bool {
            a.by == b.by && a.begins == b.begins && a.keep.elementsEqual(b.keep, by: ==)
        }
    }
    public var join: Join?
    /// Every rule whose conditions hold gives an event; without rules each record is one.
    public var rules: [Rule] = []
    /// Records that are known to say nothing: no events and no rejections.
    public var ignored: [[Condition]] = []
    /// A record tells how its item stands (`RecordState`), not what happened.
    public var tellsStates = false
    /// Values have the types of the contract to the letter: a number is no name, and a text no number.
    public var isStrict = true

    /// Where collectors put the lines that they pass on: looked at in records that say nothing themselves.
    static let wrappers = ["message", "log", "payload", "body", "event.original", "_raw", "data"]

    /// Are values found by paths in JSON?
    var isJSON: Bool { kind == .json || !inside.isEmpty }

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
