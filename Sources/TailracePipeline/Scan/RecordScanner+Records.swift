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
                    scanner.takeOffers(arena.span, &found, &batch)
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
            takeOffers(bytes, &found, &batch)
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
