public import TailracePipeline

/// What the operator has declared, in `tailrace.yaml`. Everything has a default; what is not declared is learned.
///
/// Relative paths mean: relative to the folder of the configuration file, so that a service and a person who start
/// the same configuration from different folders read the same logs.
public struct Configuration: Sendable {
    /// The file it came from, for messages; empty for the defaults.
    public var file = ""

    /// Path of the SQLite store.
    public var store = Configuration.defaultStore
    public static let defaultStore = "/var/lib/tailrace/tailrace.sqlite"

    /// Where the logs are.
    public var sources: [Source] = []

    /// The zone of days, weeks and working hours. Default: UTC.
    public var zone = ZoneTable.utc

    /// When people work, for all stages; nil: learned for each stage.
    public var workingHours: WorkingHours?

    /// What owners have declared, by the name of the stage.
    public var stages: [String: Stage] = [:]

    /// Ways that cases are declared to go, in the order of the file.
    public var processes: [DeclaredProcess] = []

    /// Memory for everything, fingerprints too, in bytes. Default: 256 MiB.
    public var memoryBytes = 256 << 20

    /// How far behind the newest event of its source an event may come and still be in order. Default: 10 minutes.
    public var allowedLateness = Duration.seconds(600)

    /// What differs from a rule's own defaults, by the name of the rule (one of `ruleNames`).
    public var rules: [String: Rule] = [:]

    /// Rules of the user's own, in the order of the file; their names differ from each other and from `ruleNames`.
    public var sqlRules: [SQLRule] = []

    /// Who is notified, in the order of the file.
    public var receivers: [Receiver] = []

    public var privacy = Privacy()
    public var retention = Retention()

    /// Pause between two looks for new files that match `sources`. Default: 1 second.
    public var scanInterval = Duration.seconds(1)

    /// An archive that ends inside a member and does not grow for so long is called truncated. Default: 1 minute.
    public var truncatedAfter = Duration.seconds(60)

    /// Format definitions that may be named in `sources` or recognised: the operator's own first, then the shipped
    /// ones whose name the operator has not taken.
    public var definitions = FormatDefinition.shipped

    /// Who and what is known to be automated or to help people write: the operator's own rules, then the shipped ones.
    public var originRules = OriginRules.shipped

    /// What was noticed in the file but does not stop its use, by line.
    public var warnings: [Problem] = []

    /// The defaults, as an empty file gives them.
    public init() {}
}

extension Configuration {
    /// Files of one kind.
    public struct Source: Sendable, Equatable {
        /// Paths of files and folders; `*`, `?` and `[…]` match as in a shell.
        public var paths: [String]
        /// Name of a format definition; nil: recognised by looking into the file.
        public var format: String?
        /// Silence that is an alert; nil: learned from the hours of the week in which the log speaks.
        public var silentAfter: Duration?

        public init(paths: [String], format: String? = nil) {
            self.paths = paths
            self.format = format
        }
    }

    /// What an owner has declared about a stage. nil: not declared.
    public struct Stage: Sendable, Equatable {
        /// What the work of a stage is for.
        public enum Kind: String, CaseIterable, Sendable { case make, review, release }

        /// Who is told, and who answers.
        public var owner: String?
        public var team: String?
        public var kind: Kind?
        /// Work beyond the normal backlog that the owner tolerates; a day means a working day of capacity.
        public var tolerance: Duration?
        /// Items a working day that the stage can finish.
        public var capacityPerDay: Double?
        /// Touch time of one item.
        public var effort: Duration?
        /// Backlog in items above which `backlog-limit` fires.
        public var backlogLimit: Int?
        /// Age of the oldest item above which `backlog-limit` fires.
        public var ageLimit: Duration?
        /// Most that may be moved in a day, by currency, in ten-thousandths of the currency's unit (as amounts of
        /// events are).
        public var dailyLimits: [String: Int64] = [:]
        /// People and machines that work at the stage.
        public var workers: Int?
        /// Is the stage an archive? What lies in it unread is no sign of `zombie-growth`.
        public var isExempt = false
        /// Where the stage's queue can be judged.
        public enum Scope: String, CaseIterable, Sendable {
            /// In the store of each host that logs it.
            case host
            /// Only in a merger of all hosts' stores: what comes in on one is finished on another.
            case fleet
        }
        public var scope = Scope.host

        public init() {}
    }

    /// What is declared about one rule. nil: the rule's own default.
    public struct Rule: Sendable, Equatable {
        public enum Severity: String, CaseIterable, Sendable {
            case page, ticket, info
            /// The rule is not evaluated.
            case off
        }

        public var severity: Severity?
        /// How long the condition must hold before the alert fires (`for:`).
        public var hold: Duration?

        public init(severity: Severity? = nil, hold: Duration? = nil) {
            self.severity = severity
            self.hold = hold
        }
    }

    /// Where notifications go.
    public struct Receiver: Sendable, Equatable {
        public enum Kind: String, CaseIterable, Sendable {
            case alertmanager, webhook, slack, pagerduty, smtp, program, journald
        }

        public var name: String
        public var kind: Kind
        /// What stands behind the kind's key, as written: a URL, an address, a command.
        public var target: String

        public init(name: String, kind: Kind, target: String) {
            self.name = name
            self.kind = kind
            self.target = target
        }
    }

    /// What of people and content is kept.
    public struct Privacy: Sendable, Equatable {
        public enum Titles: String, CaseIterable, Sendable { case keep, drop }
        public enum Actors: String, CaseIterable, Sendable {
            case keep, drop
            /// A keyed hash stands for the name.
            case pseudonym
        }

        /// Default: keep.
        public var titles = Titles.keep
        /// Default: pseudonym.
        public var actors = Actors.pseudonym
        /// File that holds the key of the hashes; nil: a fixed key, which hides names but keeps no secret.
        public var keyFile: String?
        /// Figures over fewer people than this are not shown. Default: 5.
        public var minimumGroup = 5

        public init() {}
    }

    /// What stays in the store.
    public struct Retention: Sendable, Equatable {
        public enum Items: String, CaseIterable, Sendable {
            /// Items that are copies or have copies.
            case related
            /// Every item with content.
            case all
        }

        /// Default: related.
        public var items = Items.related

        /// How long a content is remembered after it was last met: what comes later and is like it counts as new.
        /// Whole days. Default: 400 days.
        public var fingerprintDays = FamilyIndex.usualHorizonDays

        public init() {}
    }
}
