/// One entry of an index: a hash, and the family that owns it.
///
/// ```
/// key   63………………………………………………0   the hash, its bits spread; 0 = the slot is empty
/// value 63…32 family | 31…16 epoch | 15 free | 14…0 tag
/// ```
struct Slot: Sendable {
    /// A window's tag holds the level of the leader (14…11) and the set of senders (9…0); an exact hash's tag, more
    /// bits of the hash.
    static let tagMask: UInt64 = 0x7FFF

    var key: UInt64
    var value: UInt64

    static let empty = Slot(key: 0, value: 0)
    var isEmpty: Bool { key == 0 }

    init(key: UInt64, value: UInt64) {
        self.key = key
        self.value = value
    }

    init(key: UInt64, family: UInt32, epoch: UInt16, tag: UInt64) {
        self.key = key
        value = UInt64(family) << 32 | UInt64(epoch) << 16 | tag & Slot.tagMask
    }

    var family: UInt32 { UInt32(truncatingIfNeeded: value &>> 32) }
    var epoch: UInt16 { UInt16(truncatingIfNeeded: value &>> 16) }
    var tag: UInt64 { value & Slot.tagMask }
    var level: UInt8 { UInt8(truncatingIfNeeded: tag &>> 11) }

    /// Does this entry go before the other when a bucket is full? Nothing but (epoch, key) decides, so what
    /// remains does not depend on the order in which entries came.
    func isEvicted(before other: Slot) -> Bool { epoch != other.epoch ? epoch < other.epoch : key < other.key }

    /// A hash as a key: spread over all bits, never 0.
    @inline(__always)
    static func key(_ hash: UInt64) -> UInt64 { max(mix64(hash), 1) }
    /// The hash that the key was made of.
    var hash: UInt64 { unmix64(key) }
}

/// About how many senders' leaders hold a window: linear counting (Whang, Vander-Zanden & Taylor, "A linear-time
/// probabilistic counting algorithm for database applications", TODS 15, 1990) in a map of ten bits.
enum SenderSet {
    /// The bits of a window's tag that are the set.
    static let mask: UInt64 = 0x3FF
    /// Six of ten bits are expected after 10 ln(10 / 4) = 9 senders.
    static let boilerplateBits = 6

    /// The bit of a sender; none for an unknown one, who is not known to be another.
    static func bit(_ sender: UInt64) -> UInt64 { sender == 0 ? 0 : 1 &<< (mix64(sender) % 10) }

    /// Is a window with this tag said by so many that it tells nothing?
    @inline(__always)
    static func isBoilerplate(_ tag: UInt64) -> Bool { (tag & mask).nonzeroBitCount >= boilerplateBits }
}
