import CScan
import TestSupport
import Testing

@testable import TailracePipeline

/// The finders against loops over bytes, in the form of this machine and in the portable one.
@Suite struct ByteFinderTests {
    private typealias Finder = @Sendable (UnsafePointer<UInt8>, Int, Int) -> Int

    private static let newline = UInt8(ascii: "\n")

    private static let finders: [(name: String, forms: [Finder], isHit: @Sendable (UInt8) -> Bool)] = [
        (
            "byte",
            [{ cscan_find_byte($0, $1, $2, newline) }, { cscan_find_byte_swar($0, $1, $2, newline) }], { $0 == newline }
        ),
        (
            "string stop",
            [{ cscan_find_string_stop($0, $1, $2) }, { cscan_find_string_stop_swar($0, $1, $2) }],
            { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") || $0 < 0x20 }
        ),
        ("high", [{ cscan_find_high($0, $1, $2) }, { cscan_find_high_swar($0, $1, $2) }], { $0 >= 0x80 }),
    ]

    private func check(_ bytes: [UInt8], _ start: Int, _ end: Int) {
        for finder in Self.finders {
            let wanted = bytes[start..<end].firstIndex(where: finder.isHit) ?? end
            for (form, find) in finder.forms.enumerated() {
                let found = bytes.withUnsafeBufferPointer { $0.baseAddress.map { find($0, start, end) } ?? end }
                #expect(found == wanted, "\(finder.name), form \(form), \(bytes[start..<end])")
            }
        }
    }

    /// A borrow or a carry from one byte into the next would show here.
    @Test func `Every value is told at every place, beside every neighbour that differs in one bit`() {
        for value in UInt8.min...UInt8.max {
            for place in [0, 6, 7, 8, 15, 16, 17] {
                for bit in 0..<8 {
                    var bytes = [UInt8](repeating: value ^ (1 << bit), count: 24)
                    bytes[place] = value
                    check(bytes, 0, bytes.count)
                }
            }
        }
    }

    @Test func `Any bytes, any start and any end give what a loop gives`() {
        let seed = UInt64.random(in: 0...999_999)
        print("finders: seed \(seed)")
        var random = SplitMix64(seed: seed)
        for _ in 0..<3000 {
            // Mostly plain letters, so that hits are far from each other.
            let bytes = (0..<Int.random(in: 0...70, using: &random)).map { _ in
                UInt8.random(in: 0...20, using: &random) == 0
                    ? UInt8.random(in: 0...255, using: &random) : UInt8(ascii: "a")
            }
            let start = Int.random(in: 0...bytes.count, using: &random)
            check(bytes, start, Int.random(in: start...bytes.count, using: &random))
        }
    }

    @Test func `Nothing outside of the range is read or found`() {
        var bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 64)
        (bytes[3], bytes[40]) = (Self.newline, Self.newline)
        #expect(ByteFinder.find(Self.newline, in: bytes.span, from: 4, to: 40) == 40)
        #expect(ByteFinder.find(Self.newline, in: bytes.span, from: 4, to: 39) == 39)
        #expect(ByteFinder.find(Self.newline, in: bytes.span, from: 40, to: 64) == 40)
        #expect(ByteFinder.stringStop(in: bytes.span, from: 41, to: 64) == 64)
        #expect(ByteFinder.nonASCII(in: bytes.span, from: 64, to: 64) == 64)
        #expect(ByteFinder.find(Self.newline, in: [UInt8]().span, from: 0, to: 0) == 0)
    }
}
