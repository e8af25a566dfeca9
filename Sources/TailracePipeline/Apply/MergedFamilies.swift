/// The families of several stores as those of one: leaders that are copies of another store's join its family.
///
/// First the leaders of all stores get one numbering. Then the indexes merge, one store after the other, and tell which
/// families join (`FamilyJoin`). What the families know of themselves is added: copies, reads, sets of people. At the end
/// those that are left are numbered anew without gaps, as one store of all logs would have numbered them.
///
/// What no store had seen is not made up: parts of a leader that an older one of another store holds stay unnoticed
/// (`partial` is told within a store), and the hours that went into a leader that turns out to be a copy are not counted.
public struct MergedFamilies {
    private let settings: PipelineSettings
    private let numbers: FamilyNumbers
    private let leader: (_ host: Int, _ family: UInt32) -> LeaderRecord?
    private var index: FamilyIndex?
    private var joins: [UInt32: FamilyJoin] = [:]
    /// By common number.
    private var families: [UInt32: Family] = [:]
    private var costs: [Int64: FamilyCostRow] = [:]
    /// By common number, the number in the merger; that of a family that joined is the other's.
    private var ranks: [UInt32] = []

    /// What becomes of an item that leads a family in its own store, or led it alone.
    public struct Change {
        public var record: LeaderRecord
        public var relation: Relation
        public var family: UInt32
        /// Windows in common with the leader, and of how many; nil for a leader.
        public var containment: (hits: Int, of: Int)?
        /// Of a leader.
        public var copies: Int64?
        public var reads: Int64
    }
    /// By store, then by the item's row there.
    public private(set) var changes: [[UInt32: Change]]

    /// - Parameters:
    ///   - published: see `FamilyNumbers`.
    ///   - leader: the leader of a family, by the place of its store and its number there.
    public init(
        settings: PipelineSettings, published: [[Int64]],
        leader: @escaping (_ host: Int, _ family: UInt32) -> LeaderRecord?
    ) {
        self.settings = settings
        self.leader = leader
        numbers = FamilyNumbers(published)
        changes = published.map { _ in [:] }
    }

    /// Takes the states of the next store, in the order of `published`.
    ///
    /// - Parameters:
    ///   - segments: those of the kinds `fingerprints`, `kinships`, `families` and `family_costs`, in this order.
    ///   - stage: a stage's index in the merger.
    public mutating func take(
        _ host: Int, segments: [(kind: String, data: [UInt8])], stage: (Int) -> Int
    ) throws(StateDamage) {
        var own = FamilyIndex(
            capacityBytes: settings.fingerprintBytes, horizonDays: settings.fingerprintHorizonDays)
        own.reserve(for: segments.lazy.filter { $0.kind == "fingerprints" }.map(\.data))
        var ownCosts: [Int64: FamilyCostRow] = [:]
        for segment in segments {
            var reader = ByteReader(segment.data)
            switch segment.kind {
            case "fingerprints": try own.load(segment: segment.data)
            case "kinships": try own.kinships.load(segment: segment.data)
            case "families":
                while !reader.isAtEnd {
                    let family = try Family(from: &reader)
                    family.stage = stage(family.stage)
                    families[numbers.number(of: family.id, in: host)] = family
                }
            default:
                while !reader.isAtEnd {
                    let cost = try FamilyCostRow(from: &reader)
                    ownCosts[Int64(cost.family) << 14 | Int64(cost.stage)] = cost
                }
            }
        }
        for cost in ownCosts.values {
            var cost = cost
            cost.stage = stage(cost.stage)
            cost.family = numbers.number(of: cost.family, in: host)
            add(cost)
        }
        let numbers = numbers
        let renumbering = { (family: UInt32) in numbers.number(of: family, in: host) }
        guard var all = index else {
            index = own
            return
        }
        index = nil
        // The first index stands in its own numbers until then.
        let found = all.merge(own, own: { host == 1 ? numbers.number(of: $0, in: 0) : $0 }, renumbering: renumbering)
        for join in found { joins[join.family] = join }
        index = all
    }

    private mutating func add(_ cost: FamilyCostRow) {
        let key = Int64(cost.family) << 14 | Int64(cost.stage)
        guard var known = costs[key] else {
            costs[key] = cost
            return
        }
        known.touch += cost.touch
        known.measured += cost.measured
        known.handled += cost.handled
        costs[key] = known
    }

    // MARK: - Joining

    /// Joins what belongs together, after the last store.
    ///
    /// - Parameter reads: of an item of a store, how often it was read and when last (seconds).
    public mutating func settle(reads: (_ host: Int, Hash128) -> (count: Int64, last: Int64)) {
        index = nil
        for number in joins.keys.sorted() { join(number, reads) }
        let known = costs.values
        costs = [:]
        for var cost in known {
            cost.family = root(cost.family)
            add(cost)
        }
        number()
        for host in changes.indices {
            for (row, change) in changes[host] {
                let number = root(change.family)
                changes[host][row]?.family = ranks[Int(number)]
                if change.relation == .leader { changes[host][row]?.copies = families[number]?.copies }
            }
        }
    }

    /// Follows joins: a family that another joined may have joined a third store's.
    private func root(_ number: UInt32) -> UInt32 {
        var number = number
        while let join = joins[number] { number = join.into }
        return number
    }

    private mutating func join(_ number: UInt32, _ reads: (Int, Hash128) -> (count: Int64, last: Int64)) {
        let into = root(number)
        guard let join = joins[number], let record = self.record(of: number), let older = self.record(of: into)
        else { return }
        let (host, olderHost) = (Int(numbers.places[Int(number)].host), Int(numbers.places[Int(into)].host))
        let (own, theirs) = (reads(host, record.key), reads(olderHost, older.key))
        let family = families[into] ?? Family(leader: older, reads: theirs.count, lastRead: theirs.last)
        families[into] = family
        let member = families.removeValue(forKey: number)
        let isExact = join.exactContents > 0
        family.absorb(
            member ?? Family(leader: record, reads: own.count, lastRead: own.last), isExact: isExact)
        changes[host][record.row] = Change(
            record: record, relation: isExact ? .exact : .near, family: into,
            containment: isExact ? nil : (min(join.windows, join.of), join.of), reads: own.count)
        changes[olderHost][older.row] = Change(
            record: older, relation: .leader, family: into, reads: theirs.count)
    }

    private func record(of number: UInt32) -> LeaderRecord? {
        let place = numbers.places[Int(number)]
        return place.host < 0 ? nil : leader(Int(place.host), place.family)
    }

    private mutating func number() {
        var next: UInt32 = 0
        ranks = numbers.places.indices.map { number in
            guard number > 0, joins[UInt32(number)] == nil else { return 0 }
            next += 1
            return next
        }
        for number in joins.keys { ranks[Int(number)] = ranks[Int(root(number))] }
    }

    // MARK: - What comes of it

    /// The number in the merger of a store's family; 0 where nothing is known of it.
    public func number(of family: UInt32, in host: Int) -> UInt32 { ranks[Int(numbers.number(of: family, in: host))] }

    /// Does a store's state know this family? Those that were forgotten have nothing but their row.
    public func isKnown(_ family: UInt32, in host: Int) -> Bool {
        families[root(numbers.number(of: family, in: host))] != nil
    }

    /// The families as of a moment (seconds), ascending.
    ///
    /// - Parameter hasReads: by stream, whether any store has seen reads.
    public func rows(at seconds: Int64, hasReads: [Bool]) -> [FamilyRow] {
        families.sorted { $0.key < $1.key }.map { number, family in
            let canRead = hasReads[Int(family.stream.rawValue)]
            family.status = family.status(at: seconds, hasReads: canRead)
            var row = family.row(hasReads: canRead)
            row.id = ranks[Int(number)]
            return row
        }
    }

    /// What handling copies took, ascending by family and stage.
    public var costRows: [FamilyCostRow] {
        costs.sorted { $0.key < $1.key }.map {
            var row = $0.value
            row.family = ranks[Int(row.family)]
            return row
        }
    }

    /// Keys of the leaders whose reads `settle` asks for, by store.
    public var keysOfJoined: [Set<Hash128>] {
        var keys = changes.map { _ in Set<Hash128>() }
        for number in joins.keys {
            for number in [number, root(number)] {
                guard let record = self.record(of: number) else { continue }
                keys[Int(numbers.places[Int(number)].host)].insert(record.key)
            }
        }
        return keys
    }
}
