/// The rows of one kind: what was counted since the last fold, the rows of open windows, and late additions.
///
/// Events count in the hour they belong to. A fold adds these counts to the hour and, a day at a time, to day, week and
/// month, so that all four agree whenever they are looked at; what belongs to a window that has closed becomes an
/// addition to the row in the store.
struct RowTable<Row: WindowRow>: Sendable {
    private struct Slot: Sendable {
        var row: Row
        var isDirty: Bool

        mutating func add(_ other: Row) {
            row.merge(other)
            isDirty = true
        }
    }

    private var fresh: [Int64: Row] = [:]
    /// By day, then row: what the days and all that is wider have to take up, in the order in which it was counted.
    private var staged: [Int64: (day: Window, rows: [Int64: Row])] = [:]
    /// By window, then row.
    private var open: [Int64: [Int64: Slot]] = [:]
    private var late: [Int64: Row] = [:]

    /// Counts in the row of an hour. Complexity: O(1).
    mutating func count(_ empty: Row, _ body: (inout Row) -> Void) {
        body(&fresh[empty.rowID, default: empty])
    }

    /// Adds what was counted to the hours; of open days it is set aside, for `foldStaged`.
    /// - Parameters:
    ///   - grains: the widths that this kind of row is kept in: all, or one that is no hour.
    ///   - isOpen: does the window still take counts?
    /// - Returns: closed windows that got a late addition.
    mutating func fold(_ windows: inout RecentWindows, grains: [Grain], isOpen: (Window) -> Bool) -> [Window] {
        var lateWindows: [Window] = []
        let rows = fresh.values.sorted { $0.rowID < $1.rowID }
        var start = 0
        // Rows of one hour stand together: what belongs to their windows is looked up once.
        while start < rows.count {
            let hour = rows[start].window
            var end = start + 1
            while end < rows.count, rows[end].window == hour { end += 1 }
            let part = rows[start..<end]
            start = end
            for grain in grains {
                let window = grain == .hour ? hour : windows.window(grain, holding: hour.start)
                guard isOpen(window) else {
                    lateWindows.append(window)
                    RowTable.merge(part, as: window, into: &late)
                    continue
                }
                if grain == .day {
                    // While a day is open, so is all that holds it.
                    RowTable.merge(part, as: window, into: &staged[window.key, default: (window, [:])].rows)
                    break
                }
                RowTable.merge(part, as: window, into: &open[window.key, default: [:]])
            }
        }
        fresh.removeAll(keepingCapacity: true)
        return lateWindows
    }

    /// Adds what was set aside to days, weeks and months. To be called before any of them closes or is looked at.
    mutating func foldStaged(_ windows: inout RecentWindows) {
        for key in staged.keys.sorted() {
            guard let (day, table) = staged[key] else { continue }
            let rows = table.values.sorted { $0.rowID < $1.rowID }
            for grain in [Grain.day, .week, .month] {
                let window = grain == .day ? day : windows.window(grain, holding: day.start)
                RowTable.merge(rows[...], as: window, into: &open[window.key, default: [:]])
            }
        }
        staged.removeAll(keepingCapacity: true)
    }

    private static func merge(_ rows: ArraySlice<Row>, as window: Window, into table: inout [Int64: Slot]) {
        for row in rows {
            var part = row
            part.window = window
            let id = part.rowID
            if table[id]?.add(part) == nil { table[id] = Slot(row: part, isDirty: true) }
        }
    }

    private static func merge(_ rows: ArraySlice<Row>, as window: Window, into table: inout [Int64: Row]) {
        for row in rows {
            var part = row
            part.window = window
            if table[part.rowID] == nil { table[part.rowID] = part } else { table[part.rowID]?.merge(part) }
        }
    }

    /// An open row.
    func row(_ id: Int64, in window: Window) -> Row? { open[window.key]?[id]?.row }

    /// Changes the open row with these indices; it is made where there is none.
    mutating func change(
        _ window: Window, _ indices: (Int, Int), orMake empty: @autoclosure () -> Row, _ body: (inout Row) -> Void
    ) {
        func changed(_ slot: inout Slot) {
            body(&slot.row)
            slot.isDirty = true
        }
        let id = Row.id(window, indices)
        changed(&open[window.key, default: [:]][id, default: Slot(row: empty(), isDirty: true)])
    }

    /// Takes up a row from the store as it was.
    mutating func load(_ row: Row) {
        open[row.window.key, default: [:]][row.rowID] = Slot(row: row, isDirty: false)
    }

    /// Removes the rows of a window that closes; by id.
    mutating func close(_ window: Window) -> [Row] {
        let rows = open.removeValue(forKey: window.key) ?? [:]
        return rows.values.map { $0.row }.sorted { $0.rowID < $1.rowID }
    }

    /// Rows changed since the last call, by id.
    mutating func drainDirty() -> [Row] {
        var rows: [Row] = []
        for key in open.keys.sorted() {
            let dirty = (open[key] ?? [:]).filter { $0.value.isDirty }.keys.sorted()
            for id in dirty {
                open[key]?[id]?.isDirty = false
                if let row = open[key]?[id]?.row { rows.append(row) }
            }
        }
        return rows
    }

    mutating func drainLate() -> [Row] {
        defer { late.removeAll() }
        return late.values.sorted { $0.rowID < $1.rowID }
    }
}
