/// When each of many people was last seen: what they complete next took no longer than the time since then.
///
/// A table of fixed size. A person's place follows from the hash, and who comes to a taken place drives out who was
/// there: then one gap is not known. What is kept depends only on the events so far, in their order.
///
/// ```
/// events of one person     ──●─────────●───────●●──▶  (two at one moment)
///                            since ────▶ latest        taken by the first completion; the second took no time
/// ```
struct ActorMoments: Sendable {
    /// Places; with a tenth as many people, one in ten shares a place with another. 24 bytes each.
    static let limit = 8192

    private struct Place: Sendable {
        /// Keyed hash of the person; 0 = free.
        var actor: UInt64 = 0
        /// Milliseconds of the latest event.
        var latest: Int64 = 0
        /// From when on the person's time belongs to what is done at `latest`; negative = not known.
        var since: Int64 = -1
    }

    private var places = Array(repeating: Place(), count: limit)
    private var isDirty = Array(repeating: false, count: limit)
    private var dirty: [UInt16] = []

    private func place(of actor: UInt64) -> Int { Int(truncatingIfNeeded: actor) & (ActorMoments.limit - 1) }

    private mutating func mark(_ index: Int) {
        guard !isDirty[index] else { return }
        isDirty[index] = true
        dirty.append(UInt16(index))
    }

    /// A person does something. What comes late tells nothing of what lies between.
    mutating func note(_ actor: UInt64, at time: Int64) {
        let index = place(of: actor)
        if places[index].actor != actor {
            places[index] = Place(actor: actor, latest: time)
        } else if time > places[index].latest {
            places[index].since = places[index].latest
            places[index].latest = time
        } else {
            return
        }
        mark(index)
    }

    /// From when on a person's time belongs to what was completed at a moment that `note` was told of; nil: not known.
    /// The time is spent: more that is completed at the moment took none.
    mutating func take(_ actor: UInt64, at time: Int64) -> Int64? {
        let index = place(of: actor)
        guard places[index].actor == actor, places[index].latest == time, places[index].since >= 0 else { return nil }
        defer { places[index].since = time }
        if places[index].since != time { mark(index) }
        return places[index].since
    }

    // MARK: - Segments

    /// What changed since the last call; nil when nothing did.
    mutating func drainSegment() -> [UInt8]? {
        guard !dirty.isEmpty else { return nil }
        var writer = ByteWriter()
        for index in dirty {
            write(Int(index), to: &writer)
            isDirty[Int(index)] = false
        }
        dirty.removeAll(keepingCapacity: true)
        return writer.bytes
    }

    /// All of it, to replace all segments so far.
    func snapshot(_ body: ([UInt8]) throws -> Void) rethrows {
        var writer = ByteWriter()
        for index in places.indices where places[index].actor != 0 { write(index, to: &writer) }
        if !writer.bytes.isEmpty { try body(writer.bytes) }
    }

    private func write(_ index: Int, to writer: inout ByteWriter) {
        writer.write(places[index].actor)
        writer.write(places[index].latest)
        writer.write(places[index].since)
    }

    mutating func load(segment: [UInt8]) throws(StateDamage) {
        var reader = ByteReader(segment)
        while !reader.isAtEnd {
            let place = Place(actor: try reader.read(), latest: try reader.read(), since: try reader.read())
            guard place.actor != 0, place.since <= place.latest else { throw StateDamage("a person has no moment") }
            places[self.place(of: place.actor)] = place
        }
    }
}
