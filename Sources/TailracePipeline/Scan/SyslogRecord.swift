/// Reads one line of syslog: its head, in any of the forms that are about, and its message by the templates of a plan.
///
/// ```
/// <22>1 2026-03-02T09:15:00Z mx1 postfix/qmgr 123 - - 4F1: removed     RFC 5424
/// 2026-03-02T09:15:00.123456+01:00 mx1 postfix/qmgr[123]: 4F1: removed    RFC 3339 time (rsyslog, journald)
/// Mar  2 09:15:00 mx1 postfix/qmgr[123]: 4F1: removed                    RFC 3164: no year, no zone
/// ```
/// The head gives `time`, `host`, `program`, `pid`, `message`. A line without such a head is no syslog. Lines of text are
/// read the same way, without a head.
struct SyslogRecord: Sendable {
    static let names = ["time", "host", "program", "pid", "message"]

    /// Slots of `names`; -1 where nobody wants one.
    private let headSlots: [Int]
    private let templates: [TextTemplate]
    /// False for lines of text without a head.
    private let hasHead: Bool

    init(hasHead: Bool, templates: [TextTemplate], slot: (String) -> Int?) {
        self.hasHead = hasHead
        headSlots = SyslogRecord.names.map { slot($0) ?? -1 }
        self.templates = templates
    }

    func read(_ record: Span<UInt8>, from start: Int, to end: Int, into slots: inout [FieldSlot])
        throws(RejectionReason)
    {
        var at = start
        if hasHead { try readHead(record, &at, end, &slots) }
        set(4, (at, end), &slots)
        for template in templates where template.match(record, from: at, to: end, into: &slots) { return }
    }

    private func readHead(
        _ record: Span<UInt8>, _ at: inout Int, _ end: Int, _ slots: inout [FieldSlot]
    ) throws(RejectionReason) {
        let start = at
        if at < end, record[at] == UInt8(ascii: "<") {
            while at < end, record[at] != UInt8(ascii: ">"), at - start < 5 { at += 1 }
            guard at < end, record[at] == UInt8(ascii: ">") else { throw .syntax }
            at += 1
        }
        let isModern = at + 1 < end && record[at] == UInt8(ascii: "1") && record[at + 1] == UInt8(ascii: " ")
        if isModern { at += 2 }
        let time = try takeTime(record, &at, end)
        let host = try takeWord(record, &at, end)
        var program = host
        var pid = (start: 0, end: 0)
        if isModern {
            program = try takeWord(record, &at, end)
            pid = try takeWord(record, &at, end)
            _ = try takeWord(record, &at, end)
            skipStructuredData(record, &at, end)
        } else {
            (program, pid) = try takeTag(record, &at, end)
        }
        set(0, time, &slots)
        set(1, host, &slots)
        set(2, program, &slots)
        set(3, pid, &slots)
    }

    private func set(_ name: Int, _ range: (start: Int, end: Int), _ slots: inout [FieldSlot]) {
        guard headSlots[name] >= 0, range.end > range.start else { return }
        slots[headSlots[name]].kind = .string
        (slots[headSlots[name]].start, slots[headSlots[name]].end) = (Int32(range.start), Int32(range.end))
    }

    /// `Mar  2 09:15:00` or `Mar 2 09:15:00`, with a year behind it on some systems, or a time of RFC 3339.
    private func takeTime(
        _ record: Span<UInt8>, _ at: inout Int, _ end: Int
    ) throws(RejectionReason) -> (start: Int, end: Int) {
        let start = at
        guard at + 15 < end else { throw .syntax }
        if record[at] &- 48 <= 9 { return try takeWord(record, &at, end) }
        // Some writers do not fill up the day.
        let day = record[at + 5] == UInt8(ascii: " ") && record[at + 4] &- 48 <= 9 ? 1 : 2
        guard record[at + 3] == UInt8(ascii: " "), record[at + 4 + day] == UInt8(ascii: " "),
            record[at + 7 + day] == UInt8(ascii: ":"), record[at + 10 + day] == UInt8(ascii: ":")
        else { throw .syntax }
        at += 13 + day
        while at < end, record[at] == UInt8(ascii: ".") || record[at] &- 48 <= 9 { at += 1 }
        let time = (start, at)
        guard at < end, record[at] == UInt8(ascii: " ") else { throw .syntax }
        at += 1
        return time
    }

    private func takeWord(
        _ record: Span<UInt8>, _ at: inout Int, _ end: Int
    ) throws(RejectionReason) -> (start: Int, end: Int) {
        let start = at
        while at < end, record[at] != UInt8(ascii: " ") { at += 1 }
        guard at < end, at > start else { throw .syntax }
        at += 1
        return (start, at - 1)
    }

    /// `postfix/qmgr[123]: `
    private func takeTag(
        _ record: Span<UInt8>, _ at: inout Int, _ end: Int
    ) throws(RejectionReason) -> (program: (start: Int, end: Int), pid: (start: Int, end: Int)) {
        let start = at
        while at < end, record[at] != UInt8(ascii: "["), record[at] != UInt8(ascii: ":"),
            record[at] != UInt8(ascii: " ")
        {
            at += 1
        }
        let program = (start, at)
        var pid = (start: at, end: at)
        if at < end, record[at] == UInt8(ascii: "[") {
            pid.start = at + 1
            while at < end, record[at] != UInt8(ascii: "]") { at += 1 }
            pid.end = at
            at += 1
        }
        guard at < end, record[at] == UInt8(ascii: ":") else { throw .syntax }
        at += 1
        if at < end, record[at] == UInt8(ascii: " ") { at += 1 }
        return (program, pid)
    }

    /// `-`, or elements in brackets, in which quotes may hold anything.
    private func skipStructuredData(_ record: Span<UInt8>, _ at: inout Int, _ end: Int) {
        if at < end, record[at] == UInt8(ascii: "-") {
            at += 1
        } else {
            while at < end, record[at] == UInt8(ascii: "[") {
                var isQuoted = false
                while at < end, isQuoted || record[at] != UInt8(ascii: "]") {
                    if record[at] == UInt8(ascii: "\\"), isQuoted {
                        at += 1
                    } else if record[at] == UInt8(ascii: "\"") {
                        isQuoted.toggle()
                    }
                    at += 1
                }
                at = min(at + 1, end)
            }
        }
        if at < end, record[at] == UInt8(ascii: " ") { at += 1 }
        // A byte order mark says that the message is UTF-8.
        if at + 3 <= end, record[at] == 0xEF, record[at + 1] == 0xBB, record[at + 2] == 0xBF { at += 3 }
    }
}
