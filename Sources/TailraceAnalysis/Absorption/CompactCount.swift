/// A count from 0 to 2⁴¹ in fifteen bits, and a mark, or a sign, in the sixteenth.
///
/// Exact to 2,047, then to one part in 2,048: five bits of exponent, ten of mantissa with a leading one.
struct CompactCount: Sendable, Equatable {
    private var bits: UInt16

    static let unknown = CompactCount(bits: 0x7FFF)

    private init(bits: UInt16) { self.bits = bits }

    /// The nearest value that can be held; what is below nothing is nothing.
    init(_ value: Int64) {
        let whole = UInt64(max(0, value))
        guard whole >= 1024 else {
            bits = UInt16(whole)
            return
        }
        var shift = 54 - whole.leadingZeroBitCount - 1
        var mantissa = Self.rounded(whole, shift)
        if mantissa == 2048 {
            shift += 1
            mantissa = 1024
        }
        bits = shift > 30 ? 0x7FFE : UInt16(shift + 1) << 10 | UInt16(mantissa - 1024)
    }

    private static func rounded(_ whole: UInt64, _ shift: Int) -> UInt64 {
        shift == 0 ? whole : (whole + 1 << UInt64(shift - 1)) >> UInt64(shift)
    }

    /// A sum in sixteenths, with its sign in the mark.
    init(sixteenths value: Double) {
        self.init(Int64((abs(value) * 16).rounded()))
        isMarked = value < 0
    }

    /// What `init(sixteenths:)` took.
    var sixteenths: Double { (isMarked ? -value : value) / 16 }

    var isKnown: Bool { bits & 0x7FFF != 0x7FFF }

    var isMarked: Bool {
        get { bits & 0x8000 != 0 }
        set { bits = newValue ? bits | 0x8000 : bits & 0x7FFF }
    }

    /// Of an unknown count: nothing that means anything.
    var value: Double {
        let (exponent, mantissa) = (Int(bits & 0x7C00) >> 10, Int(bits & 0x3FF))
        return exponent == 0 ? Double(mantissa) : Double((mantissa + 1024) << (exponent - 1))
    }
}
