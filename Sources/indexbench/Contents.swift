import Glibc
import TailracePipeline

/// Contents that are nothing but their hashes, made anew from their number whenever they are wanted.
///
/// A content has 32 windows, as a mail of some 500 letters has at level 4. Hashes are SplitMix64 of a counter (Steele,
/// Lea, Flood, OOPSLA 2014): no two are alike, and their order tells nothing.
struct Contents {
    static let windows = 32
    var seed: UInt64

    static func mix(_ word: UInt64) -> UInt64 {
        var z = word &* 0x9E37_79B9_7F4A_7C15
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    func fingerprint(_ number: Int) -> Fingerprint {
        let exact = Contents.mix(seed &+ 1 << 50 &+ UInt64(number))
        return Fingerprint(
            exact: Hash128(high: Contents.mix(exact), low: exact), letters: 500, level: 4, firstHash: 0,
            hashCount: UInt32(Contents.windows))
    }

    /// The hashes of a content; those of other numbers are others.
    func hashes(_ number: Int, into hashes: inout [UInt64]) {
        let first = seed &+ UInt64(number * Contents.windows)
        for i in 0..<UInt64(Contents.windows) { hashes.append(Contents.mix(first &+ i) >> 4) }
    }
}

extension FamilyIndex {
    mutating func place(_ print: Fingerprint, _ hashes: [UInt64], epoch: Int, newFamily: Int) -> Placement {
        hashes.withUnsafeBufferPointer {
            place(print, hashes: $0, sender: 1, epoch: UInt16(epoch), newFamily: UInt32(newFamily))
        }
    }
}

/// Bytes of the process that are in memory.
func residentBytes() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    guard fgets(&line, Int32(line.count), file) != nil else { return 0 }
    let words = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self).split(
        separator: " ")
    return (words.count > 1 ? Int(words[1]) ?? 0 : 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
}

func seconds(_ body: () throws -> Void) rethrows -> Double {
    let taken = try ContinuousClock().measure(body)
    return Double(taken.components.seconds) + Double(taken.components.attoseconds) / 1e18
}

/// A number with so many digits behind the point.
func shown(_ value: Double, digits: Int) -> String {
    let scale = (0..<digits).reduce(1) { scale, _ in scale * 10 }
    let whole = Int((value * Double(scale)).rounded())
    guard digits > 0 else { return String(whole) }
    let rest = String(whole % scale)
    return "\(whole / scale)." + String(repeating: "0", count: digits - rest.count) + rest
}

func table(_ head: [String], _ rows: [[String]]) -> String {
    let rule = "|---|" + String(repeating: "--:|", count: head.count - 1)
    return
        (["| " + head.joined(separator: " | ") + " |", rule] + rows.map { "| " + $0.joined(separator: " | ") + " |" })
        .joined(separator: "\n")
}
