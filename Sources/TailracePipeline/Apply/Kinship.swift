/// What a leader has in common with earlier ones: how many of its windows belonged to other families already.
///
/// A window belongs to the first leader that had it. A text that takes up half of an earlier one owns only the other
/// half, and its own copies would be compared with that alone; with its kinship they are compared with all of it.
/// 56 bytes.
struct Kinship: TableEntry {
    /// Families kept, those with most in common.
    static let most = 4

    struct Part: Sendable, Equatable {
        var family: UInt32 = 0
        var windows: UInt16 = 0
    }

    let key: Hash128
    /// Days, as the index counts them.
    var epoch: UInt16
    private(set) var parts: (Part, Part, Part, Part) = (Part(), Part(), Part(), Part())
    var isDirty = false

    var lastUse: Int64 { Int64(epoch) }
    var isClosed: Bool { true }

    /// - Parameter shared: windows in common by family, the most first.
    init(of family: UInt32, epoch: UInt16, shared: [(family: UInt32, windows: Int)]) {
        key = Kinship.key(family)
        self.epoch = epoch
        for (place, part) in shared.prefix(Kinship.most).enumerated() {
            set(place, Part(family: part.family, windows: UInt16(clamping: part.windows)))
        }
    }

    static func key(_ family: UInt32) -> Hash128 { Hash128(high: UInt64(family), low: mix64(UInt64(family))) }

    var family: UInt32 { UInt32(truncatingIfNeeded: key.high) }

    /// The same in another numbering.
    func renumbered(as family: UInt32, _ number: (UInt32) -> UInt32) -> Kinship {
        var shared: [(family: UInt32, windows: Int)] = []
        forEach { shared.append((number($0.family), Int($0.windows))) }
        return Kinship(of: family, epoch: epoch, shared: shared)
    }

    private mutating func set(_ place: Int, _ part: Part) {
        switch place {
        case 0: parts.0 = part
        case 1: parts.1 = part
        case 2: parts.2 = part
        default: parts.3 = part
        }
    }

    /// Written out: an array of the four would be allocated for every content that is compared.
    @inline(__always)
    func forEach(_ body: (Part) -> Void) {
        if parts.0.family != 0 { body(parts.0) }
        if parts.1.family != 0 { body(parts.1) }
        if parts.2.family != 0 { body(parts.2) }
        if parts.3.family != 0 { body(parts.3) }
    }

    func write(to writer: inout ByteWriter) {
        writer.write(key)
        writer.write(epoch)
        for part in [parts.0, parts.1, parts.2, parts.3] {
            writer.write(part.family)
            writer.write(part.windows)
        }
    }

    init(from reader: inout ByteReader) throws(StateDamage) {
        key = try reader.readHash()
        epoch = try reader.read()
        for place in 0..<Kinship.most { set(place, Part(family: try reader.read(), windows: try reader.read())) }
    }
}
