/// One item across all stages: what its later events inherit, and who its copies are. 48 bytes.
struct Item: TableEntry {
    let key: Hash128
    /// When it was sent and made, and by whom: see `sentAt`, `make` and `age`.
    ///
    /// ```
    /// bits   10 maker's tag │ 12 day on which it was made, modulo 4,096 │ 42 sentAt
    /// ```
    private var making: UInt64 = 0
    /// Number of its row in the store; 0 = none.
    var row: UInt32 = 0
    /// Its family; 0 = no content seen.
    var family: UInt32 = 0
    var reads: UInt32 = 0
    /// Seconds of event time.
    var lastSeen: UInt32 = 0
    /// Where it was sent from, or first made; `unplaced` = neither seen.
    var stage = Item.unplaced
    static let unplaced = UInt16.max
    /// How much of its content was there before, in thousandths, and above that its size: see `bytes`.
    private var measures: UInt16 = 0
    private static let containmentBits: UInt16 = 10
    private static let containmentMask: UInt16 = 1 << containmentBits - 1
    var origin = Origin.unknown
    var stream = Stream.email
    /// How its content stands to earlier content.
    var relation = Relation.novel
    private var flags: UInt8 = 0

    init(key: Hash128) { self.key = key }

    private static let (sentBits, dayBits): (UInt64, UInt64) = (42, 12)
    private static let sentMask: UInt64 = 1 << sentBits - 1
    private static let dayMask: UInt64 = 1 << dayBits - 1

    /// Event time of the send, in milliseconds; 0 = never sent.
    var sentAt: Int64 {
        get { Int64(making & Item.sentMask) }
        set { making = making & ~Item.sentMask | UInt64(clamping: newValue) & Item.sentMask }
    }

    /// It is made: by somebody (0 = not told), at a moment in seconds. Its use begins anew.
    mutating func make(by actor: UInt64, at seconds: Int64) {
        let day = UInt64(clamping: seconds / 86_400) & Item.dayMask
        let shift = Item.sentBits + Item.dayBits
        making = making & Item.sentMask | day << Item.sentBits | Item.tag(of: actor) << shift
        isUseSettled = false
    }

    /// Ten bits of a hash, 0 for nobody. Of a thousand pairs of people, one is taken for one person.
    private static func tag(of actor: UInt64) -> UInt64 {
        actor == 0 ? 0 : max(1, actor >> (sentBits + dayBits))
    }

    /// Could it be this person who made it? Nobody knows of one who is not told.
    func isMade(by actor: UInt64) -> Bool {
        let maker = making >> (Item.sentBits + Item.dayBits)
        return maker != 0 && maker == Item.tag(of: actor)
    }

    /// Days (of UTC) since it was made; negative for a moment before that. What is forgotten after 400 days without
    /// use is not met again after 4,096.
    func age(at seconds: Int64) -> Int64 {
        let days = Int64((UInt64(clamping: seconds / 86_400) &- making >> Item.sentBits) & Item.dayMask)
        return days > Int64(Item.dayMask / 2) ? days - Int64(Item.dayMask) - 1 : days
    }

    /// How much of its content was there before, in thousandths.
    var containment: UInt16 {
        get { measures & Item.containmentMask }
        set { measures = measures & ~Item.containmentMask | min(newValue, 1000) }
    }
    /// Length of its content, to the power of two below; 0 = not known.
    var bytes: Int64 {
        get { measures >> Item.containmentBits == 0 ? 0 : 1 << Int64(measures >> Item.containmentBits - 1) }
        set {
            let power = newValue > 0 ? UInt16(64 - newValue.leadingZeroBitCount) : 0
            measures = measures & Item.containmentMask | power << Item.containmentBits
        }
    }

    private func flag(_ bit: UInt8) -> Bool { flags & bit != 0 }
    private mutating func setFlag(_ bit: UInt8, _ value: Bool) { flags = value ? flags | bit : flags & ~bit }

    var isDirty: Bool {
        get { flag(128) }
        set { setFlag(128, newValue) }
    }
    /// Its content has been compared: only the first content of an item is.
    var hasContent: Bool {
        get { flag(1) }
        set { setFlag(1, newValue) }
    }
    /// Leads its family; its reads are not those of a copy.
    var isLeader: Bool {
        get { flag(2) }
        set { setFlag(2, newValue) }
    }

    /// A person has changed its content.
    var isRevised: Bool {
        get { flag(4) }
        set { setFlag(4, newValue) }
    }

    /// An event said that it was sent back or opened again.
    var wasSentBack: Bool {
        get { flag(8) }
        set { setFlag(8, newValue) }
    }

    /// It was used by others, or the time for that is over.
    var isUseSettled: Bool {
        get { flag(16) }
        set { setFlag(16, newValue) }
    }

    var lastUse: Int64 { Int64(lastSeen) }
    var isClosed: Bool { true }

    func write(to writer: inout ByteWriter) {
        writer.write(key)
        writer.write(making)
        writer.write(row)
        writer.write(family)
        writer.write(reads)
        writer.write(lastSeen)
        writer.write(stage)
        writer.write(origin.rawValue | stream.rawValue << 4)
        writer.write(relation.rawValue)
        writer.write(measures)
        writer.write(flags & 0x7F)
    }

    init(from reader: inout ByteReader) throws(StateDamage) {
        key = try reader.readHash()
        making = try reader.read()
        row = try reader.read()
        family = try reader.read()
        reads = try reader.read()
        lastSeen = try reader.read()
        stage = try reader.read()
        let packed: UInt8 = try reader.read()
        guard let origin = Origin(rawValue: packed & 15), let stream = Stream(rawValue: packed >> 4) else {
            throw StateDamage("an item has an unknown origin or stream")
        }
        (self.origin, self.stream) = (origin, stream)
        guard let relation = Relation(rawValue: try reader.read()) else {
            throw StateDamage("an item has an unknown relation")
        }
        self.relation = relation
        measures = try reader.read()
        flags = try reader.read()
    }
}

/// One piece of work on its way through the stages.
struct WorkCase: TableEntry {
    let key: Hash128
    /// Event time of the last completion that no hand-off has followed yet, in milliseconds; 0 = none.
    var completedAt: Int64 = 0
    /// When it came into its first queue, in seconds; 0 = not seen.
    var enteredAt: UInt32 = 0
    /// Work on it so far, in all stages, in seconds.
    var touched: UInt32 = 0
    var lastSeen: UInt32 = 0
    var stage: UInt16 = 0
    /// Its way through a declared process.
    var trace = CaseTrace()
    var isDirty = false

    init(key: Hash128) { self.key = key }

    var lastUse: Int64 { Int64(lastSeen) }
    var isClosed: Bool { true }

    func write(to writer: inout ByteWriter) {
        writer.write(key)
        writer.write(completedAt)
        writer.write(enteredAt)
        writer.write(touched)
        writer.write(lastSeen)
        writer.write(stage)
        writer.write(trace.word)
    }

    init(from reader: inout ByteReader) throws(StateDamage) {
        key = try reader.readHash()
        completedAt = try reader.read()
        enteredAt = try reader.read()
        touched = try reader.read()
        lastSeen = try reader.read()
        stage = try reader.read()
        trace = CaseTrace(word: try reader.read())
    }
}
