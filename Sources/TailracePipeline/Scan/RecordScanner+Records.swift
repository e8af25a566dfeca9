extension RecordScanner {
    /// One record, or the several that a damaged line holds; nothing for a blank one.
    /// - Parameters:
    ///   - rawEnd: where the line end begins.
    ///   - lineEnd: its bytes.
    mutating func scanRecord(
        _ bytes: Span<UInt8>, from start: Int, to rawEnd: Int, lineEnd: Int, _ position: Int64,
        _ batch: inout ScannedBatch
    ) {
        var end = rawEnd
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        guard !isBlank(bytes, start, end) else { return }
        if framing == .rows, takeComment(bytes, from: start, to: end) { return }
        if framing == .rows, csv == nil {
            let isReturn = lineEnd == 1 && bytes[rawEnd] == UInt8(ascii: "\r")
            readHeader(bytes.extracting(start..<(isReturn ? rawEnd + 1 : end)).withUnsafeBufferPointer { Array($0) })
            return
        }
        let length = Int64(rawEnd + lineEnd - start)
        guard let reason = take(bytes, from: start, to: end, length: length, position, &batch) else { return }
        if isJoined(bytes, from: start, to: end, reason) {
            scanParts(bytes, from: start, to: rawEnd, lineEnd: lineEnd, position, &batch)
        } else {
            reject(reason, bytes, from: start, to: end, length: length, position, &batch)
        }
    }

    /// Makes events of a record. - Returns: nil, or the reason why it is none.
    mutating func take(
        _ bytes: Span<UInt8>, from start: Int, to end: Int, length: Int64, _ position: Int64,
        _ batch: inout ScannedBatch
    ) -> RejectionReason? {
        var found = Findings(position: position + Int64(start), length: length, first: batch.records.count)
        do throws(RejectionReason) {
            for i in slots.indices { slots[i] = FieldSlot() }
            if framing == .messages, let mail = layout.mail {
                try withArena { (scanner, arena) throws(RejectionReason) in
                    try mail.read(bytes, from: start, to: end, into: &arena, &scanner.slots)
                    try scanner.takeOffers(arena.span, &found, &batch)
                }
                return finish(found, &batch)
            }
            guard isValidUTF8(bytes, from: ByteFinder.nonASCII(in: bytes, from: start, to: end), to: end) else {
                throw .encoding
            }
            if let csv {
                try csv.read(bytes, from: start, to: end, into: &slots)
            } else if let syslog = layout.syslog {
                try syslog.read(bytes, from: start, to: end, into: &slots)
                if remembers {
                    try takeJoined(bytes, from: start, to: end, &found, &batch)
                    return finish(found, &batch)
                }
            } else {
                try layout.record.read(bytes, from: start, to: end, into: &slots)
            }
            if mayLieInside, let inner = layout.insideSlots.first(where: { slots[$0].mayHoldRecord(bytes) }) {
                try takeInside(bytes, slots[inner], &found, &batch)
                return finish(found, &batch)
            }
            if isSimple {
                let event = try build(0, bytes, &batch)
                batch.records.append(
                    ScannedRecord(position: position + Int64(start), length: length, rejection: nil, event: event))
                return nil
            }
            try takeOffers(bytes, &found, &batch)
            if let own = found.fault, batch.records.count == found.first,
                let inner = layout.wrapperSlots.first(where: { slots[$0].mayHoldRecord(bytes) })
            {
                // It says nothing itself: perhaps a collector has put the real one into it.
                found.fault = nil
                do throws(RejectionReason) { try takeInside(bytes, slots[inner], &found, &batch) } catch {
                    found.fault = own
                }
                if batch.records.count == found.first, found.fault != nil { found.fault = own }
            }
            return finish(found, &batch)
        } catch {
            found.fault = found.fault ?? error
            return finish(found, &batch)
        }
    }

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
    private mutating func takeInside(
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
                return try scanner.takeOffers(arena.span, &found, &batch)
            }
            // An array is read as a whole first: a broken one gives nothing.
            try element.check(arena.span)
            while true {
                for i in scanner.slots.indices { scanner.slots[i] = FieldSlot() }
                guard try element.readElement(arena.span, &at, arena.count, into: &scanner.slots) else { return }
                try scanner.takeOffers(arena.span, &found, &batch)
            }
        }
    }

    /// A time without a year is near the one before it; the first one lies in the year before the file was last written.
    private var timeNearby: EventTime {
        let halfYear: Int64 = 182 * 86_400_000
        return lastTime > .earliest ? lastTime : EventTime(milliseconds: settings.latest.milliseconds - halfYear)
    }

    /// The event of one offer; what a failed one has put into the arenas is taken out again.
    private mutating func build(
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
    ) throws(RejectionReason) {
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
    private func finish(_ found: Findings, _ batch: inout ScannedBatch) -> RejectionReason? {
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

    // MARK: - Lines that hold several records

    /// May a line that could not be read hold several records? They are joined by carriage returns, or by the zero
    /// bytes that a power cut leaves behind half a record; or a byte order mark of a file that was appended to
    /// another stands before one.
    ///
    /// In JSON a carriage return cannot stand inside a string. In CSV it can inside quotes, so that rows with quotes
    /// are left alone: a text that quotes another log must not become events.
    private func isJoined(_ bytes: Span<UInt8>, from start: Int, to end: Int, _ reason: RejectionReason) -> Bool {
        switch reason {
        case .syntax, .encoding, .nesting, .columns: break
        default: return false
        }
        guard framing == .lines || framing == .rows else { return false }
        var isFound = hasMark(bytes, at: start)
        for at in start..<end {
            if !isLine, bytes[at] == UInt8(ascii: "\"") { return false }
            if isSeam(bytes, at, end) { isFound = true }
        }
        return isFound
    }

    private func isSeam(_ bytes: Span<UInt8>, _ at: Int, _ end: Int) -> Bool {
        if bytes[at] == UInt8(ascii: "\r") { return true }
        // A single zero byte is more likely a slip of the writer.
        return bytes[at] == 0 && at + 1 < end && bytes[at + 1] == 0
    }

    private mutating func scanParts(
        _ bytes: Span<UInt8>, from start: Int, to rawEnd: Int, lineEnd: Int, _ position: Int64,
        _ batch: inout ScannedBatch
    ) {
        var at = start
        while at < rawEnd {
            if bytes[at] == 0 {
                at += 1
            } else if hasMark(bytes, at: at), at + 3 <= rawEnd {
                at += 3
            } else {
                var end = at
                while end < rawEnd, !isSeam(bytes, end, rawEnd) { end += 1 }
                var next = end
                if end < rawEnd, bytes[end] == UInt8(ascii: "\r") { next += 1 }
                if next == rawEnd { next += lineEnd }
                if !isBlank(bytes, at, end) {
                    let length = Int64(next - at)
                    if let reason = take(bytes, from: at, to: end, length: length, position, &batch) {
                        reject(reason, bytes, from: at, to: end, length: length, position, &batch)
                    }
                }
                at = next
            }
        }
    }

    // MARK: - Header

    /// Takes a line that is no row: a remark, or the names of the columns.
    private mutating func takeComment(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Bool {
        guard let comment = plan.comment, bytes[start] == comment else { return false }
        let word = Array("Fields:".utf8)
        guard end - start > word.count, (0..<word.count).allSatisfy({ bytes[start + 1 + $0] == word[$0] }) else {
            return true
        }
        var first = start + 1 + word.count
        while first < end, bytes[first] == UInt8(ascii: " ") { first += 1 }
        readHeader(bytes.extracting(first..<end).withUnsafeBufferPointer { Array($0) })
        return true
    }

    /// - Parameter row: ends with a carriage return where all rows do.
    mutating func readHeader(_ row: [UInt8]) {
        guard case .csv(let declared) = plan.kind else { return }
        header = row
        endsAtReturn = row.last == UInt8(ascii: "\r")
        let names = endsAtReturn ? Array(row.dropLast()) : row
        let separator = declared ?? CSVRecord.separator(ofHeader: names.span)
        csv = CSVRecord(
            header: CSVRecord.header(names.span, separator: separator) ?? [], separator: separator,
            names: layout.names)
    }

    // MARK: - Bytes

    /// Do the bytes end inside of what may be a byte order mark?
    func mayBeginMark(_ bytes: Span<UInt8>, at: Int) -> Bool {
        guard bytes[at] == 0xEF else { return false }
        return bytes.count - at == 1 || (bytes.count - at == 2 && bytes[at + 1] == 0xBB)
    }

    /// Does a byte order mark stand here?
    func hasMark(_ bytes: Span<UInt8>, at: Int) -> Bool {
        at + 3 <= bytes.count && bytes[at] == 0xEF && bytes[at + 1] == 0xBB && bytes[at + 2] == 0xBF
    }

    private func isBlank(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        var at = start
        while at < end, bytes[at] == 0x20 || (bytes[at] >= 0x09 && bytes[at] <= 0x0D) { at += 1 }
        return at == end
    }
}
