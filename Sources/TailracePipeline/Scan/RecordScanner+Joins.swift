/// Lines that speak of one thing: what the earlier ones said is at hand when a later one is read.
extension RecordScanner {
    /// Does reading hang on the stretch before (`JoinTable.reachBytes`)?
    public var remembers: Bool { joins != nil }

    /// Reads records again that were read before, for what they say about later ones. They give no events.
    ///
    /// - Parameter bytes: whole records, but for what stands before the first line end where `isTorn`.
    public mutating func remember(_ bytes: Span<UInt8>, position: Int64, isTorn: Bool) {
        var at = isTorn ? ByteFinder.find(UInt8(ascii: "\n"), in: bytes, from: 0, to: bytes.count) + 1 : 0
        while at < bytes.count {
            let lineEnd = ByteFinder.find(UInt8(ascii: "\n"), in: bytes, from: at, to: bytes.count)
            let end = lineEnd > at && bytes[lineEnd - 1] == UInt8(ascii: "\r") ? lineEnd - 1 : lineEnd
            if end > at, end - at <= settings.recordLimitBytes, isValidUTF8(bytes, from: at, to: end) {
                for i in slots.indices { slots[i] = FieldSlot() }
                if (try? layout.syslog?.read(bytes, from: at, to: end, into: &slots)) != nil, let key = joinKey(bytes) {
                    keep(key, bytes, position + Int64(at))
                }
            }
            at = lineEnd + 1
        }
    }

    /// Puts the record into the arena, and behind it what is known of the thing that it speaks of.
    ///
    /// - Precondition: `slots` are those of the record.
    mutating func takeJoined(
        _ bytes: Span<UInt8>, from start: Int, to end: Int, _ found: inout Findings, _ batch: inout ScannedBatch
    ) throws(RejectionReason) {
        guard let key = joinKey(bytes) else { return takeOffers(bytes, &found, &batch) }
        try withArena { (scanner, arena) throws(RejectionReason) in
            bytes.extracting(start..<end).withUnsafeBufferPointer { arena.append(contentsOf: $0) }
            for i in scanner.slots.indices where scanner.slots[i].kind != .absent {
                scanner.slots[i].start -= Int32(start)
                scanner.slots[i].end -= Int32(start)
            }
            scanner.addKnown(key, found.position, &arena, &batch)
            scanner.takeOffers(arena.span, &found, &batch)
            scanner.keep(key, arena.span, found.position)
        }
    }

    /// What is known: from the table, or where the record is read apart from its log, from what came with it.
    private mutating func addKnown(
        _ key: Hash128, _ position: Int64, _ arena: inout [UInt8], _ batch: inout ScannedBatch
    ) {
        var context: [UInt8] = []
        func add(_ index: Int, _ value: [UInt8]) {
            let slot = layout.keptSlots[index]
            slots[slot].kind = .string
            slots[slot].start = Int32(arena.count)
            arena += value
            slots[slot].end = Int32(arena.count)
            context += [UInt8(index), UInt8(value.count & 0xFF), UInt8(value.count >> 8)] + value
        }
        if let given = joinContext {
            var at = 0
            while at + 3 <= given.count {
                let count = Int(given[at + 1]) | Int(given[at + 2]) << 8
                add(Int(given[at]), Array(given[at + 3..<at + 3 + count]))
                at += 3 + count
            }
        } else {
            joins?.each(key, at: position, add)
            if !context.isEmpty { batch.contexts.append((position, context)) }
        }
    }

    private mutating func keep(_ key: Hash128, _ bytes: Span<UInt8>, _ position: Int64) {
        // The names of things that begin may have been those of others before.
        if let beginsTest, tests.holds(beginsTest, bytes, slots, isJSON: false, &scratch) { joins?.forget(key) }
        for (index, slot) in layout.keepSlots.enumerated() where !slots[slot].isNothing {
            joins?.keep(key, index, bytes.extracting(Int(slots[slot].start)..<Int(slots[slot].end)), at: position)
        }
    }

    /// The thing that a record speaks of; nil where a part of its name is absent.
    private func joinKey(_ bytes: Span<UInt8>) -> Hash128? {
        var name: [UInt8] = []
        for slot in layout.joinSlots {
            guard !slots[slot].isNothing else { return nil }
            bytes.extracting(Int(slots[slot].start)..<Int(slots[slot].end)).withUnsafeBufferPointer {
                name.append(contentsOf: $0)
            }
            name.append(0x1F)
        }
        return name.withUnsafeBytes { hash128($0, seed: 0) }
    }
}
