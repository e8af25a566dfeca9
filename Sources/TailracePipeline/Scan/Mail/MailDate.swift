/// The dates of mails: of the `Date` header (RFC 5322, section 3.3, with its older forms), and of the line before a
/// message in an mbox (`asctime`).
struct MailDate {
    private var day = 0
    private var month = 0
    private var year = -1
    private var clock = (hour: -1, minute: 0, second: 0)
    /// Seconds east of UTC; UTC where nothing is said.
    private var offset = 0

    /// Reads the parts in whatever order they come; nil where no date can be made of them.
    init?(_ bytes: Span<UInt8>, from start: Int, to end: Int) {
        var at = start
        let end = min(end, start + 200)
        while at < end {
            let byte = bytes[at]
            // Remarks say the name of the zone.
            if byte == UInt8(ascii: "(") { break }
            guard MailDate.isPart(byte) else {
                at += 1
                continue
            }
            let first = at
            while at < end, MailDate.isPart(bytes[at]) { at += 1 }
            guard take(bytes, first, at) else { return nil }
        }
        guard (1...31).contains(day), month > 0, year >= 0, (0..<24).contains(clock.hour) else { return nil }
        guard clock.minute < 60, clock.second <= 60 else { return nil }
    }

    /// Milliseconds since 1970.
    var time: EventTime {
        let days = CivilDate(year: Int64(year), month: Int64(month), day: Int64(day)).daysSince1970
        let seconds = Int64(clock.hour * 3600 + clock.minute * 60 + min(clock.second, 59) - offset)
        return EventTime(seconds: days * 86_400 + seconds)
    }

    private static func isPart(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte != UInt8(ascii: ",") && byte != UInt8(ascii: "(")
    }

    private mutating func take(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        if bytes[start] == UInt8(ascii: "+") || (bytes[start] == UInt8(ascii: "-") && end - start == 5) {
            guard let value = MailDate.number(bytes, start + 1, end), end - start == 5 else { return clock.hour >= 0 }
            let seconds = value / 100 * 3600 + value % 100 * 60
            offset = bytes[start] == UInt8(ascii: "-") ? -seconds : seconds
            return true
        }
        for at in start..<end where bytes[at] == UInt8(ascii: ":") { return takeClock(bytes, start, end) }
        if let value = MailDate.number(bytes, start, end) {
            if day == 0, end - start <= 2 {
                day = value
            } else if year < 0 {
                // Two digits and three are of the last century or this one (RFC 5322, section 4.3).
                year = end - start == 2 ? value + (value < 50 ? 2000 : 1900) : end - start == 3 ? value + 1900 : value
            } else {
                return false
            }
            return true
        }
        return takeWord(bytes, start, end)
    }

    private mutating func takeClock(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        var parts: [Int] = []
        var at = start
        while at <= end {
            let first = at
            while at < end, bytes[at] != UInt8(ascii: ":"), bytes[at] != UInt8(ascii: ".") { at += 1 }
            guard let value = MailDate.number(bytes, first, at) else { return false }
            parts.append(value)
            // Decimals of a second.
            if at == end || bytes[at] == UInt8(ascii: ".") { break }
            at += 1
        }
        guard parts.count >= 2, parts.count <= 3, clock.hour < 0 else { return false }
        clock = (parts[0], parts[1], parts.count == 3 ? parts[2] : 0)
        return true
    }

    /// A month, a zone, or a day of the week, which says nothing new.
    private mutating func takeWord(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        func word(_ at: Int) -> [UInt8] { (at..<min(end, at + 3)).map { lowercased(bytes[$0]) } }
        // `18-Sep-2007`, as some old programs write.
        for at in start..<end where bytes[at] == UInt8(ascii: "-") && at > start {
            return take(bytes, start, at) && take(bytes, at + 1, end)
        }
        if month == 0, let found = MailDate.months.firstIndex(of: word(start)) {
            month = found + 1
        } else if clock.hour >= 0, let hours = MailDate.zones[String(decoding: word(start), as: UTF8.self)] {
            offset = hours * 3600
        }
        return true
    }

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"].map
    {
        Array($0.utf8)
    }
    /// Hours east of UTC of the zones that have a name there; all others are taken for UTC.
    private static let zones = ["est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7]

    private static func number(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
        guard start < end, end - start <= 6 else { return nil }
        var value = 0
        for at in start..<end {
            guard bytes[at] >= 48, bytes[at] <= 57 else { return nil }
            value = value * 10 + Int(bytes[at] - 48)
        }
        return value
    }
}
