internal import TailracePipeline

/// What a `ReorderBuffer` holds, without the records themselves: those are read again from the source.
struct ReorderState: Equatable {
    /// One record that waits.
    struct Entry: Equatable {
        /// Where it starts in its source.
        var position: Int64
        /// Set where it was rejected as an event from the future: the time it was given then, milliseconds.
        var futureTime: Int64?

        init(_ ref: RecordRef) {
            position = ref.position
            if ref.isFromFuture { futureTime = ref.time }
        }

        init(position: Int64, futureTime: Int64?) { (self.position, self.futureTime) = (position, futureTime) }
    }

    /// Milliseconds.
    var latest = Int64.min
    var lateCount = 0
    /// How many of `waiting`, from the first, are in their final order.
    var sealed = 0
    /// In order.
    var waiting: [Entry] = []
    /// Position of the event that waits for confirmation.
    var held: Int64?
    /// Records before this position have been taken in.
    var until: Int64 = 0
}

extension ReorderState {
    var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.write(latest)
        writer.writeVarint(UInt64(lateCount))
        writer.writeVarint(UInt64(sealed))
        writer.writeSigned(held ?? -1)
        writer.writeSigned(until)
        writer.writeVarint(UInt64(waiting.count))
        var before: Int64 = 0
        for entry in waiting {
            writer.writeSigned(entry.position - before)
            writer.writeVarint(entry.futureTime == nil ? 0 : 1)
            if let time = entry.futureTime { writer.writeSigned(time) }
            before = entry.position
        }
        return writer.bytes
    }

    init(encoded: [UInt8]) throws(StateDamage) {
        var reader = ByteReader(encoded)
        latest = try reader.read()
        lateCount = Int(clamping: try reader.readVarint())
        sealed = Int(clamping: try reader.readVarint())
        let heldAt = try reader.readSigned()
        held = heldAt < 0 ? nil : heldAt
        until = try reader.readSigned()
        let count = try reader.readVarint()
        var before: Int64 = 0
        for _ in 0..<count {
            before += try reader.readSigned()
            let isFuture = try reader.readVarint() != 0
            waiting.append(Entry(position: before, futureTime: isFuture ? try reader.readSigned() : nil))
        }
    }
}

/// The waiting records of an earlier buffer, collected again as they are read.
struct Resumption {
    private let entries: [ReorderState.Entry]
    private let sealed: Int
    private let heldPosition: Int64?
    private var slots: [Int64: Int] = [:]
    private var found: [RecordRef?]
    private(set) var held: RecordRef?
    private var missing: Int

    init(_ state: ReorderState) {
        entries = state.waiting
        sealed = state.sealed
        heldPosition = state.held
        found = Array(repeating: nil, count: entries.count)
        missing = entries.count + (heldPosition == nil ? 0 : 1)
        for (slot, entry) in entries.enumerated() { slots[entry.position] = slot }
    }

    var isComplete: Bool { missing == 0 }

    mutating func takeBack(_ ref: RecordRef) {
        let position = ref.position
        if position == heldPosition, held == nil {
            held = ref
        } else if let slot = slots[position], found[slot] == nil {
            found[slot] = ref
            if let time = entries[slot].futureTime { found[slot]?.rejectAsFuture(at: time) }
        } else {
            return
        }
        missing -= 1
    }

    /// What is here again, in the old order, and how many of it are in their final order.
    var waiting: (records: [RecordRef], sealed: Int) {
        (found.compactMap { $0 }, found.prefix(sealed).reduce(0) { $0 + ($1 == nil ? 0 : 1) })
    }

    /// As the earlier buffer told it: nothing was taken since.
    var state: ReorderState {
        var state = ReorderState()
        (state.sealed, state.waiting, state.held) = (sealed, entries, heldPosition)
        return state
    }
}
