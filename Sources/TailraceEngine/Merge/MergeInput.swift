internal import TailracePipeline
internal import TailraceStore

/// One store that goes into a merger, and how its names are numbered there.
struct MergeInput {
    let host: String
    let store: Store
    let settings: [String: String]
    let stages: [StageRow]
    let teams: [String]
    let results: [String]
    let reasons: [String]
    let categories: [String]
    /// The small state of its pipeline; nil in a store that no event has reached.
    let core: [UInt8]?
    let lastHour: Window?
    /// Fewer people than this are not shown; nil where no hour tells.
    let minimumGroup: Int?

    // By own index, the index in the merger.
    var stageNumbers: [Int] = []
    var teamNumbers: [Int] = []
    var resultNumbers: [Int] = []

    /// - Throws: `StoreFault` where the store cannot be read, is a merger itself, or holds states of another version.
    init(host: String, path: String) throws {
        self.host = host
        store = try Store(reading: path)
        settings = try store.settings()
        if let hosts = settings[Store.mergedHosts] {
            throw StoreFault(
                .other, path: path, message: "a merger of several stores itself (\(hosts))",
                mend: "name the stores that it was made of")
        }
        stages = try store.stages()
        teams = try store.names(.team).map(\.text)
        results = try store.names(.result).map(\.text)
        reasons = try store.names(.reason).map(\.text)
        categories = try store.names(.category).map(\.text)
        core = try store.segments("core").last?.data
        if let core, !Pipeline.isCurrent(core: core) {
            throw StoreFault(
                .other, path: path, message: "its states are of another version than this program's",
                mend: "replay its logs into a new store")
        }
        let hour = try store.lastClosedHour()
        lastHour = hour
        let rows = try hour.map { [store] in try store.rows(FlowRow.self, in: $0, as: { $0 }) }
        minimumGroup = rows?.first?.minimumGroup
    }

    // Where indices of rows go.
    func byStage(_ place: (Int, Int)) -> (Int, Int) { (stageNumbers[place.0], place.1) }
    func byTeam(_ place: (Int, Int)) -> (Int, Int) { (teamNumbers[place.0], place.1) }
    func byResult(_ place: (Int, Int)) -> (Int, Int) { (stageNumbers[place.0], resultNumbers[place.1]) }
    func byStages(_ place: (Int, Int)) -> (Int, Int) { (stageNumbers[place.0], stageNumbers[place.1]) }
}
