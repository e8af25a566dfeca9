/// Reads the times of records without a library: RFC 3339, numbers, and the formats that a definition names.
struct TimeParser: Sendable {
    private let formats: [[Step]]
    private let zone: ZoneTable?

    /// One piece of a format, compiled from its `%` letters.
    private enum Step: Sendable {
        case year, shortYear, month, day, hour, hour12, minute, second, fraction, halfDay, monthName, offset
        case literal(UInt8)
    }

    /// - Parameter zone: the zone of times without an offset; nil: they are not times.
    init(formats: [String], zone: ZoneTable?) {
        self.formats = formats.map(TimeParser.compile)
        self.zone = zone
    }

    private static func compile(_ format: String) -> [Step] {
        var steps: [Step] = []
        var isDirective = false
        for byte in format.utf8 {
            if !isDirective {
                if byte == UInt8(ascii: "%") { isDirective = true } else { steps.append(.literal(byte)) }
                continue
            }
            isDirective = false
            switch byte {
            case UInt8(ascii: "Y"): steps.append(.year)
            case UInt8(ascii: "y"): steps.append(.shortYear)
            case UInt8(ascii: "m"): steps.append(.month)
            case UInt8(ascii: "d"), UInt8(ascii: "e"): steps.append(.day)
            case UInt8(ascii: "H"): steps.append(.hour)
            case UInt8(ascii: "I"): steps.append(.hour12)
            case UInt8(ascii: "M"): steps.append(.minute)
            case UInt8(ascii: "S"): steps.append(.second)
            case UInt8(ascii: "f"): steps.append(.fraction)
            case UInt8(ascii: "p"): steps.append(.halfDay)
            case UInt8(ascii: "b"): steps.append(.monthName)
            case UInt8(ascii: "z"), UInt8(ascii: "Z"): steps.append(.offset)
            default: steps.append(.literal(byte))
            }
        }
        return steps
    }

    /// The moment that the text names; nil where it is no time in any accepted form.
    ///
    /// - Parameter near: a time without a year has the year in which it is nearest to this.
    func parse(_ text: Span<UInt8>, near: EventTime = .earliest) -> EventTime? {
        if let time = parseRFC3339(text) { return time }
        for format in formats {
            if let time = parse(text, as: format, near) { return time }
        }
        return nil
    }

    /// Epoch seconds, or milliseconds above 10^11 (contract, section 1).
    static func parseNumber(_ text: Span<UInt8>) -> EventTime? {
        guard let scaled = parseDecimal(text, decimals: 3), scaled >= 0 else { return nil }
        return EventTime(milliseconds: scaled > 100_000_000_000_000 ? scaled / 1000 : scaled)
    }

    // MARK: - RFC 3339

    private func parseRFC3339(_ text: Span<UInt8>) -> EventTime? {
        guard text.count >= 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-") else { return nil }
        var reader = DigitReader(at: 0)
        var parts = Parts()
        guard let year = reader.number(text, digits: 4), reader.skip(text, UInt8(ascii: "-")),
            let month = reader.number(text, digits: 2), reader.skip(text, UInt8(ascii: "-")),
            let day = reader.number(text, digits: 2)
        else { return nil }
        (parts.year, parts.month, parts.day) = (year, month, day)
        if reader.at < text.count {
            let separator = text[reader.at]
            guard separator == UInt8(ascii: "T") || separator == UInt8(ascii: "t") || separator == UInt8(ascii: " ")
            else { return nil }
            reader.at += 1
            guard let hour = reader.number(text, digits: 2), reader.skip(text, UInt8(ascii: ":")),
                let minute = reader.number(text, digits: 2)
            else { return nil }
            (parts.hour, parts.minute) = (hour, minute)
            if reader.skip(text, UInt8(ascii: ":")) {
                guard let second = reader.number(text, digits: 2) else { return nil }
                parts.second = second
                if reader.skip(text, UInt8(ascii: ".")) || reader.skip(text, UInt8(ascii: ",")) {
                    guard let fraction = reader.fraction(text) else { return nil }
                    parts.milliseconds = fraction
                }
            }
            if reader.at < text.count {
                guard let offset = reader.offset(text) else { return nil }
                parts.offset = offset
            }
        }
        return reader.at == text.count ? moment(parts) : nil
    }

    private func parse(_ text: Span<UInt8>, as format: [Step], _ near: EventTime) -> EventTime? {
        var reader = DigitReader(at: 0)
        var parts = Parts()
        var hasYear = false
        for step in format {
            switch step {
            case .year:
                guard let value = reader.number(text, digits: 4) else { return nil }
                (parts.year, hasYear) = (value, true)
            case .shortYear:
                guard let value = reader.number(text, digits: 2) else { return nil }
                (parts.year, hasYear) = (value < 69 ? 2000 + value : 1900 + value, true)
            case .month:
                guard let value = reader.number(text, upTo: 2) else { return nil }
                parts.month = value
            case .day:
                _ = reader.skip(text, UInt8(ascii: " "))
                guard let value = reader.number(text, upTo: 2) else { return nil }
                parts.day = value
            case .hour, .hour12:
                guard let value = reader.number(text, upTo: 2) else { return nil }
                parts.hour = value
            case .minute:
                guard let value = reader.number(text, upTo: 2) else { return nil }
                parts.minute = value
            case .second:
                guard let value = reader.number(text, upTo: 2) else { return nil }
                parts.second = value
            case .fraction:
                guard let value = reader.fraction(text) else { return nil }
                parts.milliseconds = value
            case .halfDay:
                guard let isAfternoon = reader.halfDay(text), parts.hour >= 1, parts.hour <= 12 else { return nil }
                parts.hour = parts.hour % 12 + (isAfternoon ? 12 : 0)
            case .monthName:
                guard let value = reader.monthName(text) else { return nil }
                parts.month = value
            case .offset:
                guard let value = reader.offset(text) else { return nil }
                parts.offset = value
            case .literal(let byte):
                guard reader.skip(text, byte) else { return nil }
            }
        }
        guard reader.at == text.count else { return nil }
        return hasYear ? moment(parts) : moment(parts, near: near)
    }

    /// Of the years around the one nearest by: 29 February exists in some of them only.
    private func moment(_ parts: Parts, near: EventTime) -> EventTime? {
        let around = CivilDate(daysSince1970: floorDivide(near.seconds, 86_400)).year
        var best: EventTime?
        for year in [around, around - 1, around + 1] {
            var dated = parts
            dated.year = year
            guard let time = moment(dated) else { continue }
            let distance = abs(time.milliseconds - near.milliseconds)
            if best.map({ distance < abs($0.milliseconds - near.milliseconds) }) ?? true { best = time }
        }
        return best
    }

    private struct Parts {
        var year: Int64 = 1970
        var month: Int64 = 1
        var day: Int64 = 1
        var hour: Int64 = 0
        var minute: Int64 = 0
        var second: Int64 = 0
        var milliseconds: Int64 = 0
        /// Seconds east of Greenwich; nil = none written.
        var offset: Int64?
    }

    private func moment(_ parts: Parts) -> EventTime? {
        let date = CivilDate(year: parts.year, month: parts.month, day: parts.day)
        // A leap second is the first second of the next minute: no clock here can tell them apart.
        guard date.isValid, parts.hour <= 23, parts.minute <= 59, parts.second <= 60 else { return nil }
        let local = date.daysSince1970 * 86_400 + parts.hour * 3600 + parts.minute * 60 + parts.second
        let seconds: Int64
        if let offset = parts.offset {
            seconds = local - offset
        } else if let zone {
            seconds = zone.moment(local: local)
        } else {
            return nil
        }
        return EventTime(milliseconds: seconds * 1000 + parts.milliseconds)
    }
}

/// A place in a text and the pieces of a time that can stand there.
private struct DigitReader {
    var at: Int

    mutating func skip(_ text: Span<UInt8>, _ byte: UInt8) -> Bool {
        guard at < text.count, text[at] == byte else { return false }
        at += 1
        return true
    }

    mutating func number(_ text: Span<UInt8>, digits: Int) -> Int64? {
        let start = at
        guard let value = number(text, upTo: digits), at - start == digits else { return nil }
        return value
    }

    mutating func number(_ text: Span<UInt8>, upTo digits: Int) -> Int64? {
        var value: Int64 = 0
        let start = at
        while at < text.count, at - start < digits, text[at] &- 48 <= 9 {
            value = value * 10 + Int64(text[at] &- 48)
            at += 1
        }
        return at > start ? value : nil
    }

    /// Decimals of a second as whole milliseconds; finer digits are cut off.
    mutating func fraction(_ text: Span<UInt8>) -> Int64? {
        var value: Int64 = 0
        let start = at
        while at < text.count, text[at] &- 48 <= 9 {
            if at - start < 3 { value = value * 10 + Int64(text[at] &- 48) }
            at += 1
        }
        switch at - start {
        case 0: return nil
        case 1: return value * 100
        case 2: return value * 10
        default: return value
        }
    }

    /// `Z`, `UTC`, `GMT`, `+02:00`, `+0200`, `+02`, with or without a space before.
    mutating func offset(_ text: Span<UInt8>) -> Int64? {
        _ = skip(text, UInt8(ascii: " "))
        guard at < text.count else { return nil }
        let sign: Int64
        switch text[at] {
        case UInt8(ascii: "Z"), UInt8(ascii: "z"):
            at += 1
            return 0
        case UInt8(ascii: "U"), UInt8(ascii: "G"):
            let isUTC = skipWord(text, "UTC")
            return isUTC || skipWord(text, "GMT") ? 0 : nil
        case UInt8(ascii: "+"): sign = 1
        case UInt8(ascii: "-"): sign = -1
        default: return nil
        }
        at += 1
        guard let hours = number(text, digits: 2), hours <= 23 else { return nil }
        var minutes: Int64 = 0
        if skip(text, UInt8(ascii: ":")) || at < text.count {
            guard let value = number(text, digits: 2), value <= 59 else { return nil }
            minutes = value
        }
        return sign * (hours * 3600 + minutes * 60)
    }

    mutating func halfDay(_ text: Span<UInt8>) -> Bool? {
        guard at + 2 <= text.count, text[at + 1] | 0x20 == UInt8(ascii: "m") else { return nil }
        let letter = text[at] | 0x20
        guard letter == UInt8(ascii: "a") || letter == UInt8(ascii: "p") else { return nil }
        at += 2
        return letter == UInt8(ascii: "p")
    }

    /// English short names, as `date` and syslog write them.
    mutating func monthName(_ text: Span<UInt8>) -> Int64? {
        let names: StaticString = "janfebmaraprmayjunjulaugsepoctnovdec"
        guard at + 3 <= text.count else { return nil }
        for month in 0..<12 {
            let name = names.utf8Start + month * 3
            if (0..<3).allSatisfy({ text[at + $0] | 0x20 == name[$0] }) {
                at += 3
                return Int64(month + 1)
            }
        }
        return nil
    }

    private mutating func skipWord(_ text: Span<UInt8>, _ word: StaticString) -> Bool {
        guard at + word.utf8CodeUnitCount <= text.count else { return false }
        for i in 0..<word.utf8CodeUnitCount where text[at + i] != word.utf8Start[i] { return false }
        at += word.utf8CodeUnitCount
        return true
    }
}
