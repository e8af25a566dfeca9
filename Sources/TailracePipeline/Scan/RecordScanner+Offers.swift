/// From one record's values to its events: one, several or none, of the record itself or of one that lies inside of it.
extension RecordScanner {
    /// Lends the arena, empty: while it is lent, the scanner has none.
    mutating func withArena(
        _ body: (inout RecordScanner, inout [UInt8]) throws(RejectionReason) -> Void
    ) throws(RejectionReason) {
        var lent = arena
        arena = []
        lent.removeAll(keepingCapacity: true)
        defer { arena = lent }
        try body(&self, &lent)
    }

    /// What one record has given so far.
    struct Findings {
        /// Of the whole record.
        var position: Int64
        var length: Int64
        /// Records of the batch before it.
        var first: Int
        /// Why some of its events are none.
        var fault: RejectionReason?
    }

    /// The real record lies inside of this one: as an object, an array of them, or a text that is one of the two.
    mutating func takeInside(
        _ bytes: Span<UInt8>, _ slot: FieldSlot, _ found: inout Findings, _ batch: inout ScannedBatch
    ) throws(RejectionReason) {
        try withArena { (scanner, arena) throws(RejectionReason) in
            // A row's own value is undone as one of CSV.
            slot.appendUnescaped(bytes, isJSON: scanner.csv == nil, to: &arena)
            var at = 0
            while at < arena.count, arena[at] <= 0x20 { at += 1 }
            let element = scanner.layout.record
            guard at < arena.count, arena[at] == UInt8(ascii: "[") else {
                for i in scanner.slots.indices { scanner.slots[i] = FieldSlot() }
                try element.read(arena.span, from: 0, to: arena.count, into: &scanner.slots)
                return scanner.takeOffers(arena.span, &found, &batch)
            }
            // An array is read as a whole first: a broken one gives nothing.
            try element.check(arena.span)
            while true {
                for i in scanner.slots.indices { scanner.slots[i] = FieldSlot() }
                guard try element.readElement(arena.span, &at, arena.count, into: &scanner.slots) else { return }
                scanner.takeOffers(arena.span, &found, &batch)
            }
        }
    }

    /// A time without a year is near the one before it; the first one lies in the year before the file was last written.
    private var timeNearby: EventTime {
        let halfYear: Int64 = 182 * 86_400_000
        return lastTime > .earliest ? lastTime : EventTime(milliseconds: settings.latest.milliseconds - halfYear)
    }

    /// The event of one offer; what a failed one has put into the arenas is taken out again.
    mutating func build(
        _ offer: Int, _ bytes: Span<UInt8>, _ batch: inout ScannedBatch
    ) throws(RejectionReason) -> Event {
        let textCount = batch.text.count
        let hashCount = batch.hashes.count
        do throws(RejectionReason) {
            let event = try offers[offer].builder.build(bytes, slots, near: timeNearby, into: &batch)
            lastTime = event.time
            return event
        } catch {
            batch.text.removeSubrange(textCount...)
            batch.hashes.removeSubrange(hashCount...)
            throw error
        }
    }

    /// The events of a record that may give several, or none. Each has a position of its own inside the record, the
    /// first that of the record with its whole length, the others none.
    mutating func takeOffers(
        _ bytes: Span<UInt8>, _ found: inout Findings, _ batch: inout ScannedBatch
    ) {
        guard let element = layout.element, let slot = layout.eachSlot, slots[slot].kind == .other,
            bytes[Int(slots[slot].start)] == UInt8(ascii: "[")
        else { return takeOffersOnce(bytes, &found, &batch, .all) }
        let own = takesOffers(bytes, &found, &batch, .ofRecord)
        var at = Int(slots[slot].start)
        let close = Int(slots[slot].end)
        var count = 0
        while true {
            for slot in layout.elementSlots { slots[slot] = FieldSlot() }
            guard (try? element.readElement(bytes, &at, close, into: &slots)) == true else { break }
            count += 1
            takeOffersOnce(bytes, &found, &batch, .ofElement)
        }
        // No element is not nothing: somebody has to know such a record.
        if count == 0, !own { takeOffersOnce(bytes, &found, &batch, .ofElement) }
    }

    /// Which offers are asked.
    private enum Asked { case all, ofRecord, ofElement }

    /// Asks the offers for an element, or for all of the record; what nobody takes and nobody ignores is a fault.
    private mutating func takeOffersOnce(
        _ bytes: Span<UInt8>, _ found: inout Findings, _ batch: inout ScannedBatch, _ asked: Asked
    ) {
        var isTaken = takesOffers(bytes, &found, &batch, asked)
        if !isTaken {
            for test in ignoredTests where tests.holds(test, bytes, slots, isJSON: plan.isJSON, &scratch) {
                isTaken = true
                break
            }
        }
        // An element that nobody knows does not vanish among those that are known.
        if !isTaken { found.fault = found.fault ?? .unmapped }
    }

    /// - Returns: was there an offer whose conditions hold?
    private mutating func takesOffers(
        _ bytes: Span<UInt8>, _ found: inout Findings, _ batch: inout ScannedBatch, _ asked: Asked
    ) -> Bool {
        let isJSON = plan.isJSON
        var isTaken = false
        for offer in offers.indices where asked == .all || (asked == .ofRecord) == offers[offer].isOfRecord {
            guard tests.holds(offer, bytes, slots, isJSON: isJSON, &scratch) else { continue }
            isTaken = true
            do throws(RejectionReason) {
                let index = Int64(batch.records.count - found.first)
                // Each has a byte of the record for its place: empty elements could give more events than that.
                guard index < found.length else { throw .oversize }
                let event = try build(offer, bytes, &batch)
                batch.records.append(
                    ScannedRecord(
                        position: found.position + index, length: index == 0 ? found.length : 0, rejection: nil,
                        event: event))
            } catch {
                found.fault = found.fault ?? error
            }
        }
        return isTaken
    }

    /// - Returns: why the record has given nothing, though it should; nil where it has, or has nothing to say.
    func finish(_ found: Findings, _ batch: inout ScannedBatch) -> RejectionReason? {
        let index = Int64(batch.records.count - found.first)
        guard let fault = found.fault else {
            if index == 0 { batch.ignored += 1 }
            return nil
        }
        if index == 0 { return fault }
        // Some of its events are good: the others are one rejection behind them.
        append(fault, position: found.position + index, length: 0, sample: .none, &batch)
        return nil
    }
}
