import TailracePipeline

extension ConfigurationReader {
    static let sqlRuleKeys = ["sql", "every", "for", "severity", "owner", "summary", "time_limit"]

    /// Longer ones are cut by the screens, and a metric label must hold them.
    private static let longestRuleName = 64
    private static let longestTimeLimit = Duration.seconds(60)

    private enum Every: String, CaseIterable { case hour, day, week }

    /// Is this entry of `rules` a rule of the user's own?
    static func isSQLRule(_ entry: YAMLNode.Entry) -> Bool {
        guard case .mapping(let entries) = entry.value.content else { return false }
        return entries.contains { $0.key == "sql" }
    }

    /// Reads a rule of the user's own; nil where it cannot be used. Whether the SQL is right is not known here: that is
    /// asked of the store (`Configuration.checkSQLRules`).
    mutating func readSQLRule(_ entry: YAMLNode.Entry) -> Configuration.SQLRule? {
        if Configuration.ruleNames.contains(entry.key) {
            problems.error(
                entry.keyPlace, "\(quoted(entry.key)) is a rule of Tailrace and takes no sql",
                mend: "give the rule of your own another name")
            return nil
        }
        let isName =
            entry.key.utf8.first.map { (97...122).contains($0) } == true
            && entry.key.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
        if !isName || entry.key.utf8.count > ConfigurationReader.longestRuleName {
            problems.error(
                entry.keyPlace, "\(quoted(entry.key)) cannot be the name of a rule",
                mend: "write small letters, digits and hyphens, \(ConfigurationReader.longestRuleName) at most, and "
                    + "begin with a letter")
        }
        let section = Section(
            entry.value, "rule \(entry.key)", keys: ConfigurationReader.sqlRuleKeys, problems: &problems)
        guard let node = section["sql"], let sql = node.name("sql", problems: &problems) else { return nil }
        var rule = Configuration.SQLRule(name: entry.key, sql: sql)
        (rule.line, rule.column) = (node.place.line, node.place.column)
        if let every = section["every"]?.word("every", as: Every.self, problems: &problems) {
            rule.every = every == .hour ? .hour : every == .day ? .day : .week
        }
        rule.hold = section["for"]?.duration("for", "2 h", mayBeZero: true, problems: &problems) ?? rule.hold
        rule.severity = section["severity"]?.word("severity", problems: &problems) ?? rule.severity
        rule.owner = section["owner"]?.name("owner", problems: &problems)
        if let node = section["summary"] {
            rule.summary = node.name("summary", problems: &problems)
            (rule.summaryLine, rule.summaryColumn) = (node.place.line, node.place.column)
        }
        if let node = section["time_limit"], let limit = node.duration("time_limit", "2 s", problems: &problems) {
            if limit <= ConfigurationReader.longestTimeLimit {
                rule.timeLimit = limit
            } else {
                problems.error(
                    node.place, "time_limit is too long: nothing is read while a rule is asked",
                    mend: "give 60 s or less")
            }
        }
        return rule
    }
}
