/// A moment in event time, in milliseconds since 1970-01-01T00:00:00Z.
///
/// Milliseconds, not a floating-point number of seconds: sums of durations must be integers, so that they come
/// out the same however the input was cut into pieces.
public struct EventTime: Hashable, Comparable, Sendable {
    public var milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }
    public init(seconds: Int64) { milliseconds = seconds * 1000 }

    /// Whole seconds since 1970, rounded towards the past.
    public var seconds: Int64 { milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000 }

    public static func < (a: EventTime, b: EventTime) -> Bool { a.milliseconds < b.milliseconds }

    /// The times a record may carry: 1970 up to the end of 2099. Mail and tickets before and after are errors of
    /// a clock, and 32 bits of seconds keep the keys of rows within 62 bits.
    public static let earliest = EventTime(seconds: 0)
    public static let latest = EventTime(milliseconds: 4_102_444_799_999)
}

/// A 128-bit key: of an item, a case, a content.
public struct Hash128: Hashable, Comparable, Sendable {
    public var high: UInt64
    public var low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Stands for "absent". No hashed value is zero (see `contentHash`).
    public static let none = Hash128(high: 0, low: 0)
    public var isNone: Bool { high == 0 && low == 0 }

    public static func < (a: Hash128, b: Hash128) -> Bool { a.high != b.high ? a.high < b.high : a.low < b.low }
}

/// What kind of thing an event speaks of.
public enum Stream: UInt8, CaseIterable, Sendable {
    case email, ticket, document

    public var name: String {
        switch self {
        case .email: "email"
        case .ticket: "ticket"
        case .document: "document"
        }
    }
}

/// How an item was produced. An item's origin is inherited by all its events.
public enum Origin: UInt8, CaseIterable, Sendable {
    case unknown, human, assisted, automated

    public var name: String {
        switch self {
        case .unknown: "unknown"
        case .human: "human"
        case .assisted: "assisted"
        case .automated: "automated"
        }
    }
}

/// Who acts in an event.
public enum ActorKind: UInt8, CaseIterable, Sendable {
    case unknown, human, automated

    public var name: String { String(describing: self) }
}

/// What happened (contract, section 1).
public enum Action: UInt8, CaseIterable, Sendable {
    // Content
    case create, revise, send, publish
    // Queue
    case schedule, assign, start, suspend, resume, complete, `return`, withdraw
    // Decision
    case approve, reject, escalate
    // Attention
    case read, click, reply, share
    // Harm
    case `defer`, bounce, unsubscribe, complain
    // End
    case outcome

    /// Does the event make or change content?
    @inlinable public var isContent: Bool { rawValue <= Action.publish.rawValue }
    /// Does the event move an item through a stage's queue?
    @inlinable public var isQueue: Bool { rawValue >= Action.schedule.rawValue && rawValue <= Action.withdraw.rawValue }
    /// Does the event tell what others did with an item?
    @inlinable public var isAttention: Bool { rawValue >= Action.read.rawValue && rawValue <= Action.share.rawValue }
    /// Does the event tell of harm that an item did?
    @inlinable public var isHarm: Bool { rawValue >= Action.defer.rawValue && rawValue <= Action.complain.rawValue }

    public var name: String { String(describing: self) }

    /// The names an action may have in a log: its own and the accepted aliases.
    public static let names: [(name: String, action: Action)] =
        Action.allCases.map { ($0.name, $0) } + [("enqueue", .schedule), ("reopen", .return), ("soft_bounce", .defer)]
}

/// A piece of the text arena of a `ScannedBatch`.
public struct TextRange: Sendable {
    public var start: UInt32
    public var count: UInt32

    @inlinable public init(start: UInt32, count: UInt32) {
        self.start = start
        self.count = count
    }
    public static let none = TextRange(start: 0, count: 0)
    @inlinable public var isEmpty: Bool { count == 0 }
}

/// One parsed record: a fixed-size value. Short texts lie in the batch's arena, content only as fingerprint.
public struct Event: Sendable {
    public var time = EventTime(milliseconds: 0)
    public var stream = Stream.email
    public var action = Action.create
    public var origin = Origin.unknown
    public var actorKind = ActorKind.unknown
    /// The record tells how its item stands, and `action` what brings one there; not what happened.
    public var isState = false

    public var item = Hash128.none
    /// The piece of work; the item itself where the record names none.
    public var workCase = Hash128.none
    /// The item that a reply, bounce or read speaks of; the item itself where the record names none.
    public var refersTo = Hash128.none

    public var itemName = TextRange.none
    public var stage = TextRange.none
    public var team = TextRange.none
    public var actor = TextRange.none
    public var title = TextRange.none
    public var category = TextRange.none
    public var result = TextRange.none
    public var reason = TextRange.none
    public var currency = TextRange.none

    /// Keyed hash of the recipient; 0 = absent.
    public var recipient: UInt64 = 0
    /// Declared size, or the length of the text in bytes where none is declared; -1 = neither.
    public var bytes: Int64 = -1
    /// Size of the audience; -1 = not declared.
    public var recipients: Int32 = -1
    /// How often the item was sent back so far; -1 = not counted.
    public var returns: Int32 = -1
    /// Since when the item is in the queue, where a state tells; `earliest` = not told.
    public var since = EventTime.earliest
    /// Declared touch time in milliseconds; -1 = not declared.
    public var effort: Int64 = -1
    /// Money moved and the limit that applies, in ten-thousandths of the currency's unit; `Int64.min` = absent.
    public var amount = Int64.min
    public var limit = Int64.min

    /// The content's fingerprint; absent where the record carries no text.
    public var fingerprint: Fingerprint? = nil

    public init() {}
}

/// Why a record did not become an event.
public enum RejectionReason: UInt8, CaseIterable, Error {
    /// Not well-formed in its format (broken JSON, an unclosed quote).
    case syntax
    /// A required field is absent or empty.
    case missingTime, missingStream, missingAction, missingItem
    /// A field has a value that its type does not allow.
    case badTime, unknownStream, unknownAction, badField
    /// Event time outside the years 1970–2099, or more than a day ahead of its source and never confirmed.
    case timeOutOfRange, future
    /// Longer than the record limit.
    case oversize
    /// Bytes that are not UTF-8.
    case encoding
    /// Nested deeper than the limit.
    case nesting
    /// A row with fewer or more columns than its header.
    case columns
    /// Cut off by damage to its file.
    case torn
    /// Well-formed, but its format has no event for such a record.
    case unmapped

    /// The stable name in the store.
    public var name: String {
        switch self {
        case .syntax: "syntax"
        case .missingTime: "missing-time"
        case .missingStream: "missing-stream"
        case .missingAction: "missing-action"
        case .missingItem: "missing-item"
        case .badTime: "bad-time"
        case .unknownStream: "unknown-stream"
        case .unknownAction: "unknown-action"
        case .badField: "bad-field"
        case .timeOutOfRange: "time-out-of-range"
        case .future: "future"
        case .oversize: "oversize"
        case .encoding: "encoding"
        case .nesting: "nesting"
        case .columns: "columns"
        case .torn: "torn"
        case .unmapped: "unmapped"
        }
    }
}
