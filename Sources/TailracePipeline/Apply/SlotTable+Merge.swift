extension SlotTable {
    /// The entries that have not expired.
    func forEachLive(_ body: (Slot) -> Void) {
        for slot in slots where !slot.isEmpty && slot.epoch >= floor { body(slot) }
    }

    /// Takes in another table: what `united` makes of the slots of each key, nil for one that is dropped. Nothing of it
    /// is in the log of changes, nor what was there before.
    mutating func merge(_ other: SlotTable, _ united: (_ mine: Slot?, _ its: Slot?) -> Slot?) {
        var result = emptied()
        // At once: entries come in the order of their keys, and would pile up at the front of a smaller table. Each is
        // whole before it is entered, so that those which remain do not depend on the order.
        result.reserve(used + other.used)
        forEachLive { mine in
            let its = other.find(mine.key).map { other.slots[$0] }
            if let slot = united(mine, its) { result.load(slot) }
        }
        other.forEachLive { its in
            if find(its.key) == nil, let slot = united(nil, its) { result.load(slot) }
        }
        self = result
    }

    private mutating func load(_ slot: Slot) {
        withUnsafePointer(to: slot) { load(UnsafeBufferPointer(start: $0, count: 1)) }
    }
}
