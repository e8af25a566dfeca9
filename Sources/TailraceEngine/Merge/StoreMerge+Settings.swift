internal import TailraceConfig
internal import TailracePipeline
internal import TailraceStore

/// What the stores have to agree on, and what is declared.
extension StoreMerge {
    /// The configuration that the merger is judged by.
    ///
    /// - Throws: `StoreFault` naming a store whose zone or minimum group is another than that of the first.
    static func settle(_ inputs: [MergeInput], _ given: Configuration?) throws(StoreFault) -> Configuration {
        let zone = try agreed(inputs, "timezone", given?.zone.name) { $0.settings["timezone"] }
        let group = try agreed(inputs, "privacy.minimum_group", given.map { "\($0.privacy.minimumGroup)" }) {
            $0.minimumGroup.map(String.init)
        }
        if let given { return given }
        var configuration = Configuration()
        if let zone, let table = ZoneTable(named: zone) { configuration.zone = table }
        if let group, let number = Int(group) { configuration.privacy.minimumGroup = number }
        for input in inputs {
            for stage in input.stages where configuration.stages[stage.name] == nil {
                configuration.stages[stage.name] = declaration(stage)
            }
        }
        return configuration
    }

    /// What all stores that know it say of something.
    private static func agreed(
        _ inputs: [MergeInput], _ key: String, _ given: String?, _ value: (MergeInput) -> String?
    ) throws(StoreFault) -> String? {
        var known = given.map { (value: $0, whose: "the configuration") }
        for input in inputs {
            guard let own = value(input) else { continue }
            guard let first = known else {
                known = (own, input.store.path)
                continue
            }
            guard own == first.value else {
                throw StoreFault(
                    .other, path: input.store.path,
                    message: "was made with \(key) \(own), and \(first.whose) has \(first.value)",
                    mend: "replay its logs into a new store with \(key): \(first.value)")
            }
        }
        return known?.value
    }

    /// What a store tells of how a stage was declared.
    private static func declaration(_ stage: StageRow) -> Configuration.Stage {
        var declared = Configuration.Stage()
        declared.owner = stage.owner
        declared.kind = stage.kind.flatMap { Configuration.Stage.Kind(rawValue: $0) }
        declared.tolerance = stage.toleranceDays.map { .seconds($0 * 86_400) }
        if stage.capacitySource == "declared" { declared.capacityPerDay = stage.capacityPerDay }
        return declared
    }
}
