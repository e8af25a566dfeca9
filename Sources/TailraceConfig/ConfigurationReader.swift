import TailracePipeline

/// Reads the tree of a configuration file; what is wrong is collected, and its default stands instead.
struct ConfigurationReader {
    var problems: ProblemList
    private var configuration = Configuration()
    private var receiverNames: Set<String> = []

    init(file: String) {
        problems = ProblemList(file: file)
        configuration.file = file
    }

    static let keys = [
        "store", "sources", "timezone", "working_hours", "stages", "processes", "memory", "allowed_lateness", "rules",
        "receivers",
        "privacy", "retention", "scan_interval", "truncated_after", "formats", "origins",
    ]

    mutating func read(_ root: YAMLNode?) -> Configuration {
        let section = Section(root, "the configuration", keys: ConfigurationReader.keys, problems: &problems)
        if let store = section["store"]?.name("store", problems: &problems) { configuration.store = path(store) }
        readTimes(section)
        if let node = section["memory"],
            let bytes = node.value("memory", example: "256MiB", problems: &problems, parse: parseByteSize)
        {
            if bytes >= ConfigurationReader.leastMemoryBytes {
                configuration.memoryBytes = bytes
            } else {
                problems.error(node.place, "memory of \(bytes) bytes is too little", mend: "give 32MiB or more")
            }
        }
        if let stages = section["stages"]?.entries("stages", problems: &problems) {
            for entry in stages { configuration.stages[entry.key] = readStage(entry, configuration.workingHours) }
        }
        if let processes = section["processes"]?.entries("processes", problems: &problems) {
            for entry in processes {
                if let process = readProcess(entry, among: configuration.processes) {
                    configuration.processes.append(process)
                }
            }
        }
        if let rules = section["rules"]?.entries("rules", problems: &problems) {
            for entry in rules { readRule(entry) }
        }
        if let receivers = section["receivers"]?.items("receivers", problems: &problems) {
            for node in receivers { readReceiver(node) }
        }
        readPrivacy(section["privacy"])
        readRetention(section["retention"])
        readFormats(section["formats"])
        if let node = section["origins"] {
            let own = OriginRules.readOrigins(node, problems: &problems)
            configuration.originRules = OriginRules(own + OriginRules.shippedRules)
        }
        if let sources = section["sources"]?.items("sources", problems: &problems) {
            for node in sources { readSource(node) }
        }
        configuration.warnings = problems.sorted.filter { $0.severity == .warning }
        return configuration
    }

    /// Days since 1970 are kept in 16 bits; ten years are more than anybody copies from.
    private static let mostFingerprintDays: Int64 = 3650

    /// Buffers for two open archives and the smallest useful index of fingerprints.
    static let leastMemoryBytes = 32 << 20

    /// A path as the file means it: relative to the file's own folder.
    private func path(_ written: String) -> String { pathBeside(configuration.file, written) }

    private mutating func readTimes(_ section: Section) {
        if let node = section["timezone"] { configuration.zone = node.zone("timezone", problems: &problems) ?? .utc }
        configuration.workingHours = section["working_hours"]?.value(
            "working_hours", example: "Mon-Fri 09:00-17:00", problems: &problems, parse: { WorkingHours($0) })
        if let lateness = section["allowed_lateness"]?.duration(
            "allowed_lateness", "10 min", mayBeZero: true, problems: &problems)
        {
            configuration.allowedLateness = lateness
        }
        if let grace = section["truncated_after"]?.duration("truncated_after", "1 min", problems: &problems) {
            configuration.truncatedAfter = grace
        }
        if let node = section["scan_interval"],
            let interval = node.duration("scan_interval", "1 s", problems: &problems)
        {
            if interval >= .milliseconds(100) {
                configuration.scanInterval = interval
            } else {
                problems.error(node.place, "scan_interval is too short", mend: "give 100 ms or more")
            }
        }
    }

    private mutating func readSource(_ node: YAMLNode) {
        let section = Section(node, "a source", keys: ["paths", "format", "silent_after"], problems: &problems)
        var source = Configuration.Source(paths: [])
        if let paths = section.needed(
            "paths", "a source", mend: "write `paths: [\"/var/log/flow/*.ndjson*\"]`", problems: &problems)
        {
            let written = paths.names("paths", problems: &problems)
            if let written, written.isEmpty {
                problems.error(paths.place, "paths is empty", mend: "name a file or a folder")
            }
            source.paths = (written ?? []).map(path)
        }
        if let format = section["format"], let name = format.name("format", problems: &problems) {
            let known = configuration.definitions.map(\.name)
            if !known.contains(name) {
                problems.error(
                    format.place, "there is no format \(quoted(name))", mend: suggestion(for: name, among: known))
            }
            source.format = name
        }
        source.silentAfter = section["silent_after"]?.duration("silent_after", "2 h", problems: &problems)
        configuration.sources.append(source)
    }

    private mutating func readRule(_ entry: YAMLNode.Entry) {
        if ConfigurationReader.isSQLRule(entry) {
            if let rule = readSQLRule(entry) { configuration.sqlRules.append(rule) }
            return
        }
        guard Configuration.ruleNames.contains(entry.key) else {
            problems.error(
                entry.keyPlace, "there is no rule \(quoted(entry.key))",
                mend: nearestWord(to: entry.key, among: Configuration.ruleNames) == nil
                    ? "give a rule of your own an `sql`, or name one of \(Configuration.ruleNames.joined(separator: ", "))"
                    : suggestion(for: entry.key, among: Configuration.ruleNames))
            return
        }
        let section = Section(entry.value, "rule \(entry.key)", keys: ["severity", "for"], problems: &problems)
        configuration.rules[entry.key] = Configuration.Rule(
            severity: section["severity"]?.word("severity", problems: &problems),
            hold: section["for"]?.duration("for", "2 h", mayBeZero: true, problems: &problems))
    }

    private mutating func readPrivacy(_ node: YAMLNode?) {
        let section = Section(
            node, "privacy", keys: ["titles", "actors", "key_file", "minimum_group"], problems: &problems)
        if let titles = section["titles"]?.word("titles", as: Configuration.Privacy.Titles.self, problems: &problems) {
            configuration.privacy.titles = titles
        }
        if let actors = section["actors"]?.word("actors", as: Configuration.Privacy.Actors.self, problems: &problems) {
            configuration.privacy.actors = actors
        }
        configuration.privacy.keyFile = section["key_file"]?.name("key_file", problems: &problems).map(path)
        if let node = section["minimum_group"],
            let count = node.integer("minimum_group", in: 1...10_000, problems: &problems)
        {
            if count < Configuration.Privacy().minimumGroup {
                problems.warning(
                    node.place, "figures over \(count) people can point at a person", mend: "5 is the usual least")
            }
            configuration.privacy.minimumGroup = count
        }
    }

    private mutating func readRetention(_ node: YAMLNode?) {
        let section = Section(node, "retention", keys: ["items", "fingerprints"], problems: &problems)
        if let items = section["items"]?.word("items", as: Configuration.Retention.Items.self, problems: &problems) {
            configuration.retention.items = items
        }
        if let node = section["fingerprints"],
            let kept = node.duration("fingerprints", "400 days", problems: &problems)
        {
            let days = kept.components.seconds / 86_400
            if (1...ConfigurationReader.mostFingerprintDays).contains(days) {
                configuration.retention.fingerprintDays = Int(days)
            } else {
                problems.error(
                    node.place, "fingerprints are kept for whole days",
                    mend: "give 1 day to \(ConfigurationReader.mostFingerprintDays) days")
            }
        }
    }

    private mutating func readFormats(_ node: YAMLNode?) {
        var own: [FormatDefinition] = []
        for item in node?.items("formats", problems: &problems) ?? [] {
            guard let written = item.name("each of formats", problems: &problems) else { continue }
            do throws(ConfigurationFault) {
                let definition = try FormatDefinition.load(path: path(written))
                if own.contains(where: { $0.name == definition.name }) {
                    problems.error(
                        item.place, "a second format is named \(quoted(definition.name))", mend: "rename one")
                }
                own.append(definition)
            } catch {
                problems.error(item.place, "the format definition \(quoted(written)) cannot be used")
                problems.append(error.problems)
            }
        }
        let taken = Set(own.map(\.name))
        configuration.definitions = own + FormatDefinition.shipped.filter { !taken.contains($0.name) }
    }

    private mutating func readReceiver(_ node: YAMLNode) {
        let kinds = Configuration.Receiver.Kind.allCases.map(\.rawValue)
        let section = Section(node, "a receiver", keys: ["name"] + kinds, problems: &problems)
        let name = section.needed("name", "a receiver", mend: "write `name: on-call`", problems: &problems)
        let text = name?.name("name", problems: &problems)
        if let name, let text, !receiverNames.insert(text).inserted {
            problems.error(name.place, "a second receiver is named \(quoted(text))", mend: "rename one")
        }
        let written = Configuration.Receiver.Kind.allCases.filter { section[$0.rawValue] != nil }
        guard let kind = written.first, written.count == 1, let value = section[kind.rawValue] else {
            let list = kinds.joined(separator: ", ")
            problems.error(
                section.place, written.isEmpty ? "a receiver has no kind" : "a receiver has more than one kind",
                mend: "give it one of \(list)")
            return
        }
        // The journal has no address: `journald:` alone says it all.
        let target = kind == .journald && value.isNull ? "" : value.name(kind.rawValue, problems: &problems)
        guard let text, let target else { return }
        if [.alertmanager, .webhook, .slack].contains(kind), !target.hasPrefix("http://"), !target.hasPrefix("https://")
        {
            problems.error(
                value.place, "\(kind.rawValue) \(quoted(target)) is no address",
                mend: "begin it with http:// or https://")
        }
        configuration.receivers.append(.init(name: text, kind: kind, target: target))
    }
}
