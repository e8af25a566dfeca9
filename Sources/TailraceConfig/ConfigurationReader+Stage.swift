extension ConfigurationReader {
    static let stageKeys = [
        "owner", "team", "kind", "tolerance", "capacity", "effort", "backlog_limit", "age_limit", "daily_limit",
        "workers", "exempt", "scope",
    ]

    /// Reads what an owner has declared about one stage.
    ///
    /// - Parameter hours: turn a capacity an hour or a week into one a day.
    mutating func readStage(_ entry: YAMLNode.Entry, _ hours: WorkingHours?) -> Configuration.Stage {
        let what = "stage \(quoted(entry.key))"
        let section = Section(entry.value, what, keys: ConfigurationReader.stageKeys, problems: &problems)
        var stage = Configuration.Stage()
        stage.owner = section["owner"]?.name("owner", problems: &problems)
        stage.team = section["team"]?.name("team", problems: &problems)
        stage.kind = section["kind"]?.word("kind", problems: &problems)
        stage.tolerance = section["tolerance"]?.duration("tolerance", "1 day", problems: &problems)
        stage.capacityPerDay = section["capacity"]?.value(
            "capacity", example: "40/day", problems: &problems, parse: { Rate($0)?.perDay(hours) })
        stage.effort = section["effort"]?.duration("effort", "45 min", problems: &problems)
        stage.backlogLimit = section["backlog_limit"]?.integer(
            "backlog_limit", in: 0...1_000_000_000, problems: &problems)
        stage.ageLimit = section["age_limit"]?.duration("age_limit", "3 days", problems: &problems)
        stage.workers = section["workers"]?.integer("workers", in: 1...1_000_000, problems: &problems)
        stage.isExempt = section["exempt"]?.boolean("exempt", problems: &problems) ?? false
        stage.scope = section["scope"]?.word("scope", problems: &problems) ?? .host
        for limit in section["daily_limit"]?.entries("daily_limit", problems: &problems) ?? [] {
            stage.dailyLimits[limit.key] = limit.value.value(
                "daily_limit", example: "{EUR: 10000}", problems: &problems, parse: parseAmount)
        }
        return stage
    }
}
