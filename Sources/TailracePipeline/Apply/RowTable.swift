/// The rows of one kind: what was counted since the last fold, the rows of open windows, and late additions.
///
/// Events count in the hour they belong to. A fold adds these counts to the hour, day, week and month, so that all
/// four agree whenever they are looked at; what belongs to a window that has closed becomes an addition to the row
/// in the store.
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
    /// By window, then row.
    private var open: [Int64: [Int64: Slot]] = [:]
    private var late: [Int64: Row] = [:]

    /// Counts in the row of an hour. Complexity: O(1).
    mutating func count(_ empty: Row, _ body: (inout Row) -> Void) {
        body(&fresh[empty.rowID, default: empty])
    }

    /// Adds what was counted to all windows that hold it.
    /// - Parameters:
    ///   - grains: the widths that this kind of row is kept in.
    ///   - isOpen: does the window still take counts?
    /// - Returns: closed windows that got a late addition.
    mutating func fold(_ calendar: WindowCalendar, grains: [Grain], isOpen: (Window) -> Bool) -> [Window] {
        var lateWindows: [Window] = []
        let rows = fresh.values.sorted { $0.rowID < $1.rowID }
        var start = 0
        // Rows of one hour stand together: what belongs to their windows is looked up once.
        while start < rows.count {
            let hour = rows[start].window
            var end = start + 1
            while end < rows.count, rows[end].window == hour { end += 1 }
            for grain in grains {
                let window = grain == .hour ? hour : calendar.window(grain, holding: hour.start)
                if isOpen(window) {
                    RowTable.merge(rows[start..<end], as: window, into: &open[window.key, default: [:]])
                } else {
                    lateWindows.append(window)
                    RowTable.merge(rows[start..<end], as: window, into: &late)
                }
            }
            start = end
        }
        fresh.removeAll(keepingCapacity: true)
        return lateWindows
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

    /// Changes an open row; it is made where there is none.
    mutating func change(_ empty: Row, _ body: (inout Row) -> Void) {
        func changed(_ slot: inout Slot) {
            body(&slot.row)
            slot.isDirty = true
        }
        changed(&open[empty.window.key, default: [:]][empty.rowID, default: Slot(row: empty, isDirty: true)])
    }

    /// Takes up a row from the store as it was.
    mutating func load(_ row: Row) {
        open[row.window.key, default: [:]][row.rowID] = Slot(row: row, isDirty: false)
    }

    /// Removes the rows of a window that closes; by id.
    mutating func close(_ window: Window) -> [Row] {
        let rows = open.removeValue(forKey: window.key) ?? [:]
        return rows.values.map(\.row).sorted { $0.rowID < $1.rowID }
    }

    /// Rows changed since the last call, by id.
    mutating func drainDirty() -> [Row] {
        var rows: [Row] = []
        for key in open.keys.sorted() {
            let dirty = (open[key] ?? [:]).filter(\.value.isDirty).keys.sorted()
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
