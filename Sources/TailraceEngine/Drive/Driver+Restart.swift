internal import Foundation
internal import TailraceAnalysis
internal import TailraceConfig
internal import TailraceIngest
internal import TailracePipeline
internal import TailraceStore

/// Taking up a store where it stopped.
extension Driver {
    /// What of the configuration is part of the answer: a store made under another definition cannot be gone on with.
    func checkDefinition() throws(StoreFault) {
        let settings = try store.settings()
        let wanted = [
            ("timezone", configuration.zone.name),
            ("allowed_lateness_s", "\(configuration.allowedLateness.components.seconds)"),
        ]
        for (key, value) in wanted {
            if let stored = settings[key], stored != value {
                throw StoreFault(
                    .other, path: store.path, message: "the store was made with \(key) \(stored), not \(value)",
                    mend: "replay the logs into a new store, or set \(key) back")
            }
        }
        try store.checkpoint { transaction in
            for (key, value) in wanted where settings[key] == nil { try transaction.setSetting(key, value) }
        }
    }

    func restore() throws {
        ledger.load(try store.sources(), try store.rejections())
        if let state = try store.segments(LogSilences.kind).last { try silences.restore(state.data) }
        guard let core = try store.segments("core").last else { return }
        var rows = PipelineOutput.WindowRows()
        let through = try Pipeline.closedThrough(core: core.data) ?? .min
        rows.flow = try store.windowRows(endingAfter: through)
        rows.work = try store.windowRows(endingAfter: through)
        rows.output = try store.windowRows(endingAfter: through)
        rows.engagement = try store.windowRows(endingAfter: through)
        rows.cohorts = try store.windowRows(endingAfter: through)
        rows.outcomes = try store.windowRows(endingAfter: through)
        rows.handoffs = try store.windowRows(endingAfter: through)
        rows.teams = try store.windowRows(endingAfter: through)
        rows.stageWeeks = try store.windowRows(endingAfter: through)
        var segments: [(kind: String, data: [UInt8])] = []
        for kind in Pipeline.segmentKinds {
            let stored = try store.segments(kind)
            noteSegments(kind, bytes: stored.reduce(0) { $0 + $1.data.count })
            segments += stored.map { ($0.kind, $0.data) }
        }
        do {
            try restorePipeline(core: core.data, segments: segments, rows: rows)
        } catch let damage as StateDamage {
            throw StoreFault(
                .damaged, path: store.path, message: damage.description, mend: "replay the logs into a new store")
        }
        try feedMonitors()
        if let state = try store.segments("alerts").last { try book?.restore(state.data) }
        if let state = try store.segments(WeeklyReview.kind).last { try weekly.restore(state.data) }
    }

    private func restorePipeline(
        core: [UInt8], segments: [(kind: String, data: [UInt8])], rows: PipelineOutput.WindowRows
    ) throws {
        let stages = try store.stages().map(\.name)
        let teams = try store.names(.team).map(\.text)
        let results = try store.names(.result).map(\.text)
        let reasons = try store.names(.reason).map(\.text)
        let categories = try store.names(.category).map(\.text)
        try withPipeline { pipeline in
            try pipeline.restore(
                core: core, segments: segments, stages: stages, teams: teams, results: results, reasons: reasons,
                categories: categories, rows: rows)
        }
    }

    /// A detector is a function of the closed hours: it is fed with them again. Its alerts are in the store already.
    private func feedMonitors() throws {
        let names = try store.stages().map(\.name)
        let calendar = WindowCalendar(zone: configuration.zone)
        var none: AlertBook?
        try store.forEachClosedHour(from: 0) { row in
            let hour = ClosedHour(
                window: row.window, secondOfWeek: calendar.secondOfWeek(at: row.window.start), flow: [], excesses: [])
            _ = monitors.close(row, hour, stage: names[row.stage], book: &none)
        }
    }

    // MARK: - Leaders

    static func leader(of family: UInt32, in store: Store) -> LeaderRecord? {
        guard let segment = try? store.leaderSegment(holding: family) else { return nil }
        var reader = ByteReader(segment.data)
        while !reader.isAtEnd, let leader = try? LeaderRecord(from: &reader) {
            if leader.family == family { return leader }
        }
        return nil
    }
}

extension Configuration {
    /// The format that the configuration names for a file, if it names one: that of the longest path that holds it.
    func format(of path: String) -> String? {
        var best: (length: Int, format: String?) = (-1, nil)
        for source in sources {
            for named in source.paths where named.utf8.count > best.length && FileFinder.covers(named, path) {
                best = (named.utf8.count, source.format)
            }
        }
        return best.format
    }

    /// The part of the configuration that events are applied with.
    var pipelineSettings: PipelineSettings {
        var settings = PipelineSettings()
        settings.zone = zone
        settings.allowedLateness = allowedLateness.components.seconds * 1000
        settings.minimumGroup = privacy.minimumGroup
        switch privacy.actors {
        case .keep: settings.actors = .keep
        case .drop: settings.actors = .drop
        case .pseudonym: settings.actors = .pseudonym
        }
        settings.actorKey = key
        settings.workingHours = workingHours?.spans
        settings.processes = processes
        settings.keepsAllItems = retention.items == .all
        settings.fingerprintHorizonDays = retention.fingerprintDays
        // Three eighths each for fingerprints and items; the rest is buffers, batches and SQLite's cache.
        settings.fingerprintBytes = memoryBytes / 8 * 3
        settings.itemBytes = memoryBytes / 8 * 3
        for (name, stage) in stages {
            settings.declaredStages[name] = StageDeclaration(
                owner: stage.owner, kind: stage.kind?.rawValue, toleranceDays: stage.tolerance?.inDays)
        }
        return settings
    }

    /// Memory for readers: buffers and decoders. What is left by items and fingerprints.
    var readerMemoryBytes: Int { max(16 << 20, memoryBytes / 4) }

    /// The part that records are scanned with.
    var scanSettings: ScanSettings {
        var settings = ScanSettings(recipientKey: key, keepsTitles: privacy.titles == .keep)
        settings.localZone = zone
        settings.originRules = originRules
        return settings
    }

    /// A key file that cannot be read must not fall back to no secret at all.
    func checkKey() throws(ConfigurationFault) {
        guard let path = privacy.keyFile, FileManager.default.contents(atPath: path)?.isEmpty ?? true else { return }
        throw ConfigurationFault(problems: [
            Problem(
                file: file, line: 1, column: 1, message: "key_file \(path) is empty or cannot be read",
                mend: "write a secret into it that this user can read, or leave key_file out")
        ])
    }

    /// From the key file; without one a fixed key: pseudonyms then keep names out of sight, not secret.
    private var key: SipKey {
        guard let path = privacy.keyFile, let bytes = FileManager.default.contents(atPath: path) else {
            return SipKey(k0: 1, k1: 2)
        }
        // Of any length: hashed to the sixteen bytes that are needed.
        let hash = bytes.withUnsafeBytes { hash128($0, seed: 0) }
        return SipKey(k0: hash.high, k1: hash.low)
    }
}
