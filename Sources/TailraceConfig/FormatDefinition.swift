public import TailracePipeline

/// How records of one kind of log become events, with samples that prove it.
///
/// A definition is data, written in YAML (see `docs/formats.md`). It holds everything that is special about a
/// product's log; the program knows none of their names.
public struct FormatDefinition: Sendable {
    /// The name in configurations and in the store; lower case.
    public var name: String
    /// One sentence for people.
    public var description: String
    /// The definition, compiled.
    public var plan: RecordPlan
    /// What a record (JSON) or a header (CSV) must have to be recognised as this format: of each group, one name.
    public var required: [[String]]
    /// Records beside what must become of them.
    public var samples: [Sample]
    /// The file it came from, for messages.
    public var file: String
    /// The definition as it was written.
    public var text = ""

    /// A piece of a log and what it must give.
    public struct Sample: Sendable, Equatable {
        /// The text of one or more records; a CSV sample begins with its header.
        public var record: String
        /// What each event must hold, in the order of the records: name of the field → value as Tailrace reads it
        /// (times in RFC 3339, actions by their own names). Fields that are not named may hold anything.
        public var events: [[String: String]]
        /// Names of the reasons (`RejectionReason.name`) of the records that are rejected, in their order.
        public var rejections: [String]
        /// Line of the sample in its file, from 1.
        public var line: Int

        public init(record: String, events: [[String: String]], rejections: [String], line: Int) {
            self.record = record
            self.events = events
            self.rejections = rejections
            self.line = line
        }
    }

    public init(
        name: String, description: String, plan: RecordPlan, required: [[String]], samples: [Sample], file: String
    ) {
        self.name = name
        self.description = description
        self.plan = plan
        self.required = required
        self.samples = samples
        self.file = file
    }
}

extension FormatDefinition {
    /// Has a record with these keys, or a header with these columns, all that the definition needs?
    ///
    /// JSON keys are compared to the letter, CSV columns without regard to ASCII case and to white space around;
    /// `name#2` is the second column of that name. Complexity: O(names + required).
    public func recognises(names: [String]) -> Bool {
        let isExact = plan.kind == .json || plan.kind == .syslog || plan.kind == .text || plan.kind == .mbox
        var present: Set<String> = []
        var seen: [String: Int] = [:]
        for name in names {
            let key = isExact ? name : foldedName(name)
            present.insert(key)
            if isExact { continue }
            seen[key, default: 0] += 1
            present.insert("\(key)#\(seen[key, default: 1])")
        }
        return required.allSatisfy { group in group.contains { present.contains(isExact ? $0 : foldedName($0)) } }
    }
}
