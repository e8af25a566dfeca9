import TestSupport

/// Makes up what writers, rotation and misfortune do to a folder of logs, as steps.
///
/// It makes only what a reader can be asked to survive: content is taken away when the store has it, and nobody
/// writes to a copy of a log that goes on.
struct TailFuzzer {
    /// One log with what rotation has left of it.
    struct Log {
        var name: String
        /// Newest first; the endings behind the generation's number.
        var generations: [Generation] = []
        /// A line is begun and not ended.
        var isInLine = false
        /// An archive of the newest generation is being written beside it.
        var packing: (archive: String, done: Double)?

        func path(_ generation: Int) -> String { "\(name).\(generation + 1)\(generations[generation].ending)" }
    }

    struct Generation {
        var ending = ""
        var isDamaged = false
        var isArchive: Bool { !ending.isEmpty }
    }

    var random: SplitMix64
    var logs: [Log]
    private let hasDisk: Bool
    let hasDamage: Bool
    /// The archive that a program writes with flushes: pieces delivered of those prepared.
    var growing: (done: Int, pieces: Int)?
    private var links = 0
    private var copies = 0
    private var isStopped = false
    var isFull = false

    /// - Parameters:
    ///   - hasDisk: the store's disk can be filled.
    ///   - hasDamage: bytes of archives change.
    init(seed: UInt64, hasDisk: Bool, hasDamage: Bool) {
        self.hasDamage = hasDamage
        random = SplitMix64(seed: seed)
        self.hasDisk = hasDisk
        logs = (0..<2 + random.below(3)).map { Log(name: "logs/\($0).log") }
    }

    /// Steps after which everything that was written is whole, and the store must hold it.
    mutating func round(_ operations: Int) -> [Step] {
        var steps: [Step] = []
        for _ in 0..<operations { steps += operation() }
        for index in logs.indices { steps += finishLine(index) + finishPacking(index) }
        if growing != nil {
            growing = nil
            steps.append(.deliver(Self.growingPath, .all))
        }
        if isFull { steps.append(.freeStore) }
        if isStopped { steps.append(.start) }
        (isFull, isStopped) = (false, false)
        return steps + [.settleWithin(20), .hold(0.5), .settle]
    }

    static let growingPath = "logs/growing.gz"

    // MARK: - Single operations

    private mutating func operation() -> [Step] {
        let index = random.below(logs.count)
        switch random.below(100) {
        case ..<26: return finishLine(index) + [.append(logs[index].name, random.oneIn(8) ? 500 : 1 + random.below(40))]
        case ..<33: return beginLine(index)
        case ..<43: return rotate(index)
        case ..<49: return pack(index)
        case ..<52: return repack(index)
        case ..<55: return appendMember(index)
        case ..<58: return discardOldest(index)
        case ..<60: return replaceInode(index)
        case ..<62: return moveLink()
        case ..<63: return flip(index)
        case ..<65: return copyAside(index)
        case ..<72: return grow()
        case ..<83: return [.hold(Double(random.below(200)) / 1000)]
        case ..<84: return isStopped ? [] : freeze(index)
        case ..<90: return isStopped ? startAgain() : [.hold(Double(random.below(60)) / 1000), .kill]
        case ..<94: return isStopped ? startAgain() : [.restart]
        case ..<97: return isStopped ? startAgain() : stop()
        default: return fillOrFree()
        }
    }

    private mutating func beginLine(_ index: Int) -> [Step] {
        if logs[index].isInLine { return finishLine(index) }
        logs[index].isInLine = true
        return [random.oneIn(4) ? .unended(logs[index].name, isNeeded: false) : .half(logs[index].name)]
    }

    mutating func finishLine(_ index: Int) -> [Step] {
        guard logs[index].isInLine else { return [] }
        logs[index].isInLine = false
        return [.rest(logs[index].name)]
    }

    /// Older generations move on, and the log becomes the newest of them.
    private mutating func rotate(_ index: Int) -> [Step] {
        // Rotation finds a log with lines; an absent one would leave a generation without a file.
        var steps = finishLine(index) + finishPacking(index) + [.append(logs[index].name, 1 + random.below(5))]
        let log = logs[index]
        for generation in log.generations.indices.reversed() {
            let to = "\(log.name).\(generation + 2)\(log.generations[generation].ending)"
            steps.append(.rename(log.path(generation), to))
        }
        logs[index].generations.insert(Generation(), at: 0)
        if random.oneIn(3) {
            steps.append(.copyTruncate(log.name, "\(log.name).1"))
        } else {
            steps.append(.rename(log.name, "\(log.name).1"))
            // A writer that was not told yet writes to the old file.
            if random.oneIn(3) { steps.append(.append("\(log.name).1", 1 + random.below(20))) }
        }
        if random.oneIn(2) { steps.append(.append(log.name, 1 + random.below(20))) }
        return steps
    }

    private mutating func discardOldest(_ index: Int) -> [Step] {
        guard logs[index].generations.count > 1, logs[index].packing == nil, !isFull else { return [] }
        let path = logs[index].path(logs[index].generations.count - 1)
        logs[index].generations.removeLast()
        return wake() + [.discard(path)]
    }

    /// A new file under the name of one that has just gone; file systems like to give it the same inode.
    private mutating func replaceInode(_ index: Int) -> [Step] {
        guard !isFull else { return [] }
        let name = logs[index].name
        return finishLine(index) + [.append(name, 1)] + wake() + [.discard(name), .append(name, 1 + random.below(60))]
    }

    private mutating func moveLink() -> [Step] {
        guard !isFull else { return [] }
        links += 1
        let target = "data/\(links)"
        return wake() + [.swapLink("logs/current", to: target, 1 + random.below(20)), .append(target, 5)]
    }

    /// A copy lies beside the log for a while. A damaged archive is not copied: nobody can say what it is a copy of.
    private mutating func copyAside(_ index: Int) -> [Step] {
        let whole = logs[index].generations.indices.filter { !logs[index].generations[$0].isDamaged }
        guard !whole.isEmpty, logs[index].packing == nil else { return [] }
        copies += 1
        return [
            .copy(logs[index].path(random.pick(whole)), "logs/copy\(copies)"),
            .hold(Double(random.below(200)) / 1000), .remove("logs/copy\(copies)"),
        ]
    }

    // MARK: - The daemon

    /// The daemon gets no time while its files go on.
    private mutating func freeze(_ index: Int) -> [Step] {
        let meanwhile =
            (0..<3).flatMap { _ in grow() } + finishLine(index) + [.append(logs[index].name, 20)] + rotate(index)
        return [.freeze] + meanwhile + [.hold(Double(random.below(1500)) / 1000), .thaw]
    }

    /// It must run where content is waited for.
    mutating func wake() -> [Step] { isStopped ? startAgain() : [] }

    private mutating func stop() -> [Step] {
        guard !isFull else { return [] }
        isStopped = true
        return [.stop]
    }

    private mutating func startAgain() -> [Step] {
        isStopped = false
        return [.start]
    }

    private mutating func fillOrFree() -> [Step] {
        guard hasDisk, !isStopped else { return [] }
        isFull.toggle()
        return [isFull ? .fillStore : .freeStore]
    }
}
