public import TailracePipeline

extension Configuration {
    /// A rule of the user's own: a question over the `v1_` views whose rows are the alerts.
    ///
    /// Asked each time a window of `every` has closed, never by a clock: so a replay gives the alerts that a daemon
    /// would have given.
    public struct SQLRule: Sendable, Equatable {
        public var name: String
        /// One SELECT. `:now` stands for the end of the window that has closed, `:start` for its beginning, both in
        /// seconds since 1970 UTC.
        public var sql: String
        /// Hour, day or week of the configured zone. Default: day.
        public var every = Grain.day
        /// How long a stage must be among the rows before its alert fires (`for:`). Default: at once.
        public var hold = Duration.zero
        public var severity = Rule.Severity.ticket
        /// Who is told; nil: the owner of the stage.
        public var owner: String?
        /// What the alert says, where the rows have no `summary`: a text with names of columns in braces.
        public var summary: String?
        /// A question that takes longer is cut off, and its alerts stay as they are. Default: 2 s.
        public var timeLimit = Duration.seconds(2)
        /// Where `sql` and `summary` stand in the configuration, from 1.
        public var line = 1
        public var column = 1
        public var summaryLine = 1
        public var summaryColumn = 1

        public init(name: String, sql: String) { (self.name, self.sql) = (name, sql) }

        /// The names in braces in a text, in order.
        public static func names(in template: String) -> [String] {
            template.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap { part in
                part.firstIndex(of: "}").map { String(part[..<$0]) }
            }
        }
    }
}
