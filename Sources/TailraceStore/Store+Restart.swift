public import TailracePipeline

/// What a restart takes up again.
extension Store {
    /// The rows of windows that end after a moment (seconds since 1970 UTC), in order of id: those that take counts.
    ///
    /// - Throws: `.damaged` where a state cannot be decoded.
    public func windowRows<R: WindowRow>(_: R.Type = R.self, endingAfter moment: Int64) throws(StoreFault) -> [R] {
        let statement = try connection.prepare(
            """
            SELECT period.id, period.width_s, \(R.table).id, \(R.table).state
            FROM period CROSS JOIN \(R.table)
                ON \(R.table).id >= (period.id << 28) AND \(R.table).id < ((period.id + 1) << 28)
            WHERE period.time + period.width_s > ? ORDER BY period.id, \(R.table).id
            """)
        try statement.bind([.integer(moment)])
        var rows: [R] = []
        while try statement.step() {
            let id = statement.integer(2)
            let window = try Store.window(key: statement.integer(0), width: statement.integer(1), path: path)
            var state = ByteReader(statement.blob(3))
            do {
                rows.append(try R(window: window, indices: (Int(id >> 14 & 0x3FFF), Int(id & 0x3FFF)), state: &state))
            } catch {
                throw StoreFault.damagedState(path, "row \(id) of \(R.table)", error)
            }
        }
        return rows
    }

    /// Undoes `Window.key`.
    static func window(key: Int64, width: Int64, path: String) throws(StoreFault) -> Window {
        guard let grain = Grain(rawValue: UInt8(key & 3)) else {
            throw .damagedState(path, "window \(key)", StateDamage("unknown grain"))
        }
        return Window(grain: grain, start: key >> 2, end: (key >> 2) + width)
    }

    /// Windows that are closed, or that are still open, in order of time, then grain.
    public func windows(closed: Bool) throws(StoreFault) -> [Window] {
        let statement = try connection.prepare("SELECT id, width_s FROM period WHERE closed = ? ORDER BY id")
        try statement.bind([.integer(closed ? 1 : 0)])
        var windows: [Window] = []
        while try statement.step() {
            windows.append(
                try Store.window(key: statement.integer(0), width: statement.integer(1), path: path))
        }
        return windows
    }

    /// Stages by index, `(outside)` among them.
    public func stages() throws(StoreFault) -> [StageRow] {
        let statement = try connection.prepare(
            "SELECT \(StageRow.columns.joined(separator: ", ")) FROM stage ORDER BY id")
        var rows: [StageRow] = []
        while try statement.step() {
            var row = StageRow(index: Int(statement.integer(0)), name: statement.text(1))
            row.kind = statement.optionalText(2)
            row.owner = statement.optionalText(3)
            row.firstSeen = statement.optionalInteger(4)
            row.lastSeen = statement.optionalInteger(5)
            row.workers = statement.optionalInteger(6)
            row.capacityPerDay = statement.optionalReal(7)
            row.capacityLow = statement.optionalReal(8)
            row.capacityHigh = statement.optionalReal(9)
            row.capacitySource = statement.optionalText(10)
            row.toleranceDays = statement.optionalReal(11)
            rows.append(row)
        }
        return rows
    }

    /// Names of one kind, by index.
    public func names(_ kind: NameRow.Kind) throws(StoreFault) -> [NameRow] {
        let statement = try connection.prepare("SELECT id, text FROM name WHERE id >= ? AND id < ? ORDER BY id")
        try statement.bind([.integer(kind.rawValue << 32), .integer((kind.rawValue + 1) << 32)])
        var rows: [NameRow] = []
        while try statement.step() {
            rows.append(NameRow(kind: kind, index: Int(statement.integer(0) & 0xFFFF_FFFF), text: statement.text(1)))
        }
        return rows
    }

    /// Every named text.
    public func settings() throws(StoreFault) -> [String: String] {
        let statement = try connection.prepare("SELECT key, value FROM setting")
        var settings: [String: String] = [:]
        while try statement.step() { settings[statement.text(0)] = statement.text(1) }
        return settings
    }

    /// Segments of one kind in the order they were appended, each proved by its checksum.
    ///
    /// - Throws: `.damaged`, naming the segment.
    public func segments(_ kind: String) throws(StoreFault) -> [Segment] {
        let statement = try connection.prepare(
            "SELECT id, version, checksum, data FROM state_segment WHERE kind = ? ORDER BY id")
        try statement.bind([.text(kind)])
        var segments: [Segment] = []
        while try statement.step() {
            let segment = Segment(kind: kind, version: Int(statement.integer(1)), data: statement.blob(3))
            guard segment.checksum == statement.integer(2) else {
                throw .damagedState(
                    path, "segment \(statement.integer(0)) of \(kind)", StateDamage("its checksum does not match"))
            }
            segments.append(segment)
        }
        return segments
    }

    /// Leader segments in order of families.
    public func leaderSegments() throws(StoreFault) -> [LeaderSegment] {
        let statement = try connection.prepare("SELECT id, last_family, data FROM leader_segment ORDER BY id")
        var segments: [LeaderSegment] = []
        while try statement.step() {
            segments.append(
                LeaderSegment(
                    firstFamily: UInt32(clamping: statement.integer(0)),
                    lastFamily: UInt32(clamping: statement.integer(1)), data: statement.blob(2)))
        }
        return segments
    }

    /// The committed segment that holds one family; nil where none does. Complexity: O(log n).
    public func leaderSegment(holding family: UInt32) throws(StoreFault) -> LeaderSegment? {
        let statement = try lookups.cached(
            "SELECT id, last_family, data FROM leader_segment WHERE id <= ? ORDER BY id DESC LIMIT 1")
        try statement.bind([.integer(Int64(family))])
        defer { statement.reset() }
        guard try statement.step(), statement.integer(1) >= Int64(family) else { return nil }
        return LeaderSegment(
            firstFamily: UInt32(clamping: statement.integer(0)), lastFamily: UInt32(clamping: statement.integer(1)),
            data: statement.blob(2))
    }
}
