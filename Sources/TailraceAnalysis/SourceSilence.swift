public import TailracePipeline

/// Tells when a log that should speak is silent, from the hours of the week in which it has spoken before.
///
/// An hour is *expected* if there was an event in it in three of the four weeks before. A gap is as bad as the number
/// of expected hours that pass in it: nights and weekends of an office log count nothing. The log is silent once twice
/// as many expected hours have passed as in the worst gap of the last four weeks, and at least three. In its first
/// four weeks nothing is expected of it.
///
/// A pure function of event times and of the clock that it is asked with. Hours are those of UTC.
public struct SourceSilence: Sendable, Equatable {
    private static let hoursInWeek: Int64 = 168
    private static let weeks: Int64 = 4
    /// Four weeks before, and room for the gap that is judged.
    private static let keptHours = 840
    /// Fewer missed hours are chance.
    private static let leastMissed = 3

    /// One bit an hour, by hour since 1970 modulo `keptHours`.
    private var active = [UInt64](repeating: 0, count: (SourceSilence.keptHours + 63) / 64)
    /// Hours since 1970; nil before the first event.
    private var firstHour: Int64?
    private var lastHour: Int64 = 0
    /// The worst gap that ended, and when.
    private var worstMissed = 0
    private var worstHour: Int64 = 0

    public init() {}

    /// A log was silent for longer than it ever is.
    public struct Finding: Sendable, Equatable {
        /// Expected hours that passed without an event, and how many are too many.
        public var missedHours: Int
        public var limitHours: Int
        /// End of the last hour with an event, seconds since 1970 UTC.
        public var since: Int64
    }

    /// Takes an event in. Complexity: O(1) within an hour, else O(hours since the last event), at most five weeks.
    /// - Parameter time: event time, seconds since 1970 UTC. Times before the latest hour only mark theirs.
    public mutating func note(_ time: Int64) {
        let hour = time / 3600
        guard let first = firstHour else {
            (firstHour, lastHour) = (hour, hour)
            mark(hour)
            return
        }
        if hour <= lastHour {
            if hour > lastHour - SourceSilence.hoursInWeek, hour >= first { mark(hour) }
            return
        }
        let missed = missed(before: hour)
        if missed >= worstMissed || hour - worstHour > SourceSilence.weeks * SourceSilence.hoursInWeek {
            (worstMissed, worstHour) = (missed, hour)
        }
        for skipped in max(lastHour + 1, hour - Int64(SourceSilence.keptHours))..<hour { clear(skipped) }
        lastHour = hour
        mark(hour)
    }

    /// - Parameter now: seconds since 1970 UTC.
    /// - Returns: nil while nothing is wrong, or nothing is known.
    public func judge(at now: Int64) -> Finding? {
        guard firstHour != nil else { return nil }
        let limit = max(SourceSilence.leastMissed, 2 * worstMissed)
        let missed = missed(before: now / 3600)
        guard missed >= limit else { return nil }
        return Finding(missedHours: missed, limitHours: limit, since: (lastHour + 1) * 3600)
    }

    /// Expected hours after the last one with an event.
    private func missed(before hour: Int64) -> Int {
        guard let first = firstHour else { return 0 }
        var count = 0
        // Beyond a week nothing more is learned: who is silent for so long is.
        for candidate in (lastHour + 1)..<max(lastHour + 1, min(hour, lastHour + SourceSilence.hoursInWeek)) {
            var seen = 0
            for week in 1...SourceSilence.weeks {
                let past = candidate - week * SourceSilence.hoursInWeek
                if past >= first, past <= lastHour, isActive(past) { seen += 1 }
            }
            if seen >= 3 { count += 1 }
        }
        return count
    }

    private func place(_ hour: Int64) -> (word: Int, bit: UInt64) {
        let slot = Int(hour % Int64(SourceSilence.keptHours))
        return (slot / 64, 1 << UInt64(slot % 64))
    }
    private func isActive(_ hour: Int64) -> Bool { active[place(hour).word] & place(hour).bit != 0 }
    private mutating func mark(_ hour: Int64) { active[place(hour).word] |= place(hour).bit }
    private mutating func clear(_ hour: Int64) { active[place(hour).word] &= ~place(hour).bit }
}

extension SourceSilence {
    public func write(to writer: inout ByteWriter) {
        writer.writeSigned(firstHour ?? -1)
        writer.writeSigned(lastHour)
        writer.writeVarint(UInt64(worstMissed))
        writer.writeSigned(worstHour)
        for word in active { writer.write(word) }
    }

    public init(from reader: inout ByteReader) throws(StateDamage) {
        let first = try reader.readSigned()
        firstHour = first < 0 ? nil : first
        lastHour = try reader.readSigned()
        worstMissed = Int(clamping: try reader.readVarint())
        worstHour = try reader.readSigned()
        for index in active.indices { active[index] = try reader.read() }
    }
}
