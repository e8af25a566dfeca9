/// Who has made items with content, by team, as far as it takes to know that a group is large enough.
///
/// A pseudonym that stands at items is a row of one person's work for whoever counts it, and in a team of two everybody
/// knows who it is. The groups grow only: what was written when a group was small stays hidden.
struct MakerGroups {
    /// By hash of the team, or of the stage where an event names no team. No set is larger than the smallest group.
    private var groups: [UInt64: ActorSet] = [:]

    init() {}

    /// Counts a maker in.
    ///
    /// - Returns: have at least `least` people of the group made items, this one among them?
    mutating func insert(_ actor: UInt64, group: UInt64, least: Int) -> Bool {
        if groups[group].map({ $0.count < least }) ?? true { groups[group, default: ActorSet()].insert(actor) }
        return groups[group].map { $0.count >= least } ?? false
    }

    func write(to writer: inout ByteWriter) {
        writer.writeVarint(UInt64(groups.count))
        for (group, actors) in groups.sorted(by: { $0.key < $1.key }) {
            writer.write(group)
            actors.encode(into: &writer)
        }
    }

    init(from reader: inout ByteReader) throws(StateDamage) {
        let count = try reader.readVarint()
        for _ in 0..<count {
            let group: UInt64 = try reader.read()
            groups[group] = try ActorSet(from: &reader)
        }
    }
}

extension Pipeline {
    /// The maker of an item as it is shown; empty: not at all.
    mutating func shownMaker(_ event: Event, _ batch: ScannedBatch, stage: Int, actor: UInt64) -> String {
        let name = shownActor(batch.bytes(event.actor), actor)
        // Whoever keeps names has decided to show them.
        guard settings.actors == .pseudonym, actor != 0 else { return name }
        let group =
            event.team.isEmpty
            ? UInt64(stage) : batch.bytes(event.team).withUnsafeBytes { hash64($0, seed: 1) } | 1 << 63
        return makers.insert(actor, group: group, least: settings.minimumGroup) ? name : ""
    }
}
