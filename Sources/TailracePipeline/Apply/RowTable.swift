/// The rows of one kind: what was counted since the last fold, the rows of open windows, and late additions.
///
/// Events count in the hour they belong to. A fold adds these counts to the hour, day, week and month, so that all
/// four agree whenever they are looked at; what belongs to a window that has closed becomes an addition to the row
/// in the store.
struct RowTable<Row: WindowRow>: Sendable {
    private struct Slot: Sendable {
        var row: Row
        var isDirty: Bool
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
        for row in fresh.values.sorted(by: { $0.rowID < $1.rowID }) {
            for grain in grains {
                var part = row
                part.window = grain == .hour ? row.window : calendar.window(grain, holding: row.window.start)
                if isOpen(part.window) {
                    merge(part)
                } else {
                    lateWindows.append(part.window)
                    if late[part.rowID] == nil { late[part.rowID] = part } else { late[part.rowID]?.merge(part) }
                }
            }
        }
        fresh.removeAll(keepingCapacity: true)
        return lateWindows
    }

    private mutating func merge(_ row: Row) {
        let id = row.rowID
        if open[row.window.key]?[id] == nil {
            open[row.window.key, default: [:]][id] = Slot(row: row, isDirty: true)
        } else {
            change(row) { $0.merge(row) }
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
