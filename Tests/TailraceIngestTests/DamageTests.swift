import Testing
import TestSupport

@testable import TailraceIngest

@Suite struct DamageTests {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: Packer.packed)
    func `A file that is cut at any byte gives the bytes before the cut and waits for the rest`(packer: Packer) throws {
        var generator = SplitMix64(seed: 4)
        let first = numberedLines(8, using: &generator)
        let second = numberedLines(8, from: 8, using: &generator)
        let head = packer.pack(first)
        let packed = head + packer.pack(second)
        for cut in 1..<packed.count {
            let path = try folder.write(Array(packed[..<cut]), to: "log")
            let transcript = try readAll(path, bufferBytes: 4096)
            let whole = first + second
            guard transcript.bytes == Array(whole.prefix(transcript.bytes.count)), transcript.faults.isEmpty else {
                Issue.record("\(packer), cut at \(cut): \(transcript)")
                return
            }
            if cut >= head.count { #expect(transcript.bytes.count >= first.count, "\(packer), cut at \(cut)") }
            #expect(transcript.isUnfinished == (cut != head.count), "\(packer), cut at \(cut)")
            #expect(try readAll(path, bufferBytes: 3) == transcript, "\(packer), cut at \(cut)")
        }
    }

    @Test(arguments: Packer.packed)
    func `A flipped bit costs its own member and never a later one`(packer: Packer) throws {
        var generator = SplitMix64(seed: 5)
        // The last one is long: what is decoded on into it contradicts itself there.
        let texts = [20, 20, 120].map { numberedLines($0, using: &generator) }
        let members = texts.map { packer.pack($0) }
        let packed = members.flatMap { $0 }
        let start = members[0].count
        for position in stride(from: start, to: start + members[1].count, by: 3) {
            var damaged = packed
            damaged[position] ^= 1 << UInt8(generator.below(8))
            let path = try folder.write(damaged, to: "log")
            let transcript = try readAll(path, bufferBytes: 500)
            // A flipped length of a block of zstd speaks of bytes that may still come: the reader waits for them.
            let isWaiting = transcript.isUnfinished && packer.compression == .zstd
            let isEnd = endsWith(transcript.bytes, texts[2]) || isWaiting
            let isWhole = transcript.bytes.starts(with: texts[0]) && isEnd
            guard isWhole else {
                Issue.record("\(packer), \(generator), flip at \(position - start): \(transcript.reasons)")
                return
            }
            // Some bits of a head mean nothing to a decoder; a frame without a checksum cannot know better.
            if packer != .zstdUnchecked, !isWaiting, transcript.bytes != texts.flatMap({ $0 }) {
                #expect(!transcript.faults.isEmpty, "\(packer), \(generator), flip at \(position - start)")
            }
            for size in position % 16 == 0 ? [1, 64, 1 << 16] : [64] {
                let other = try readAll(path, bufferBytes: size)
                #expect(other == transcript, "\(packer), flip at \(position - start), buffer of \(size)")
            }
        }
    }

    @Test(arguments: Packer.packed)
    func `Blocks before the damage are kept`(packer: Packer) throws {
        var generator = SplitMix64(seed: 6)
        let text = numberedLines(20_000, using: &generator)
        var packed = packer.pack(text)
        let position = packed.count * 3 / 4
        for i in position..<position + 16 { packed[i] = UInt8(truncatingIfNeeded: generator.next()) }
        let path = try folder.write(packed, to: "log")
        let transcript = try readAll(path)
        #expect(longestCommonPrefix(transcript.bytes, text) > text.count / 2)
        #expect(transcript.faults.first == .corrupt)
        #expect(try readAll(path, bufferBytes: 1 << 20) == transcript)
    }

    @Test func `A wrong checksum or length of gzip is told, at the end of the file too`() throws {
        let text = Array("a line\nanother line\n".utf8)
        let next = Packing.gzip(Array("more\n".utf8))
        for back in 1...8 {
            var packed = Packing.gzip(text)
            packed[packed.count - back] ^= 0x10
            for size in [1, 4096] {
                let alone = try readAll(folder.write(packed, to: "log"), bufferBytes: size)
                #expect(alone == Transcript(bytes: text, faults: [.corrupt]), "byte \(back) from the end")
                let followed = try readAll(folder.write(packed + next, to: "log"), bufferBytes: size)
                #expect(followed == Transcript(bytes: text + Array("more\n".utf8), faults: [.corrupt]))
            }
        }
    }

    @Test func `A wrong checksum of zstd is told, at the end of the file too`() throws {
        let text = Array("a line\nanother line\n".utf8)
        var packed = Packing.zstd(text)
        packed[packed.count - 1] ^= 1
        for size in [1, 4096] {
            let transcript = try readAll(folder.write(packed, to: "log"), bufferBytes: size)
            #expect(transcript == Transcript(bytes: text, faults: [.corrupt]))
        }
    }

    @Test(arguments: Packer.packed)
    func `Garbage behind a member is told once and the next member is read`(packer: Packer) throws {
        let (a, b) = (Array("one\n".utf8), Array("two\n".utf8))
        let garbage = Array("this is no archive".utf8)
        let between = try readAll(folder.write(packer.pack(a) + garbage + packer.pack(b), to: "log"))
        #expect(between == Transcript(bytes: a + b, faults: [.trailingGarbage]))
        let last = try readAll(folder.write(packer.pack(a) + garbage, to: "log"))
        #expect(last == Transcript(bytes: a, faults: [.trailingGarbage]))
    }

    @Test(arguments: Packer.packed)
    func `A member that its writer never ended is given up where the next one begins`(packer: Packer) throws {
        var generator = SplitMix64(seed: 7)
        let (a, b) = (numberedLines(40, using: &generator), numberedLines(40, from: 40, using: &generator))
        let head = packer.pack(a)
        for cut in stride(from: 20, to: head.count, by: 13) {
            let path = try folder.write(Array(head[..<cut]) + packer.pack(b), to: "log")
            let transcript = try readAll(path)
            #expect(endsWith(transcript.bytes, b), "\(packer), cut at \(cut): \(transcript.reasons)")
            #expect(transcript.faults == [.corrupt], "\(packer), cut at \(cut)")
        }
    }

    @Test func `Random bytes behind a head of gzip or zstd end in faults, not in a crash`() throws {
        for seed in 1...60 as ClosedRange<UInt64> {
            var generator = SplitMix64(seed: seed)
            let head: [UInt8] =
                seed % 2 == 0 ? [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] : [0x28, 0xB5, 0x2F, 0xFD, 0x04, 0x58]
            let path = try folder.write(head + generator.bytes(generator.below(3000)), to: "log")
            #expect(try readAll(path, bufferBytes: 700) == readAll(path, bufferBytes: 13), "seed \(seed)")
        }
    }

    /// Each head was decoded to the end of what all of them share: four kilobytes took minutes.
    @Test func `Heads inside of heads that lead to the same damage are not all decoded to there`() throws {
        let head: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
        let letters = [UInt8](repeating: UInt8(ascii: "a"), count: 200_000)
        // The blocks of a member, without its head and with a wrong checksum.
        var tail = Array(Packing.gzip(letters).dropFirst(10))
        tail[tail.count - 6] ^= 1
        var nested: [UInt8] = []
        for number in (0..<400).reversed() {
            // A stored block whose bytes are the heads that follow.
            let rest = UInt16(number * 15)
            nested += head + [0, UInt8(rest & 0xFF), UInt8(rest >> 8), ~UInt8(rest & 0xFF), ~UInt8(rest >> 8)]
        }
        let next = Packing.gzip(Array("next\n".utf8))
        let transcript = try readAll(folder.write(nested + tail + next, to: "log"))
        #expect(transcript.bytes.suffix(5) == Array("next\n".utf8)[...])
        #expect(transcript.bytes.count < 20 * letters.count, "\(transcript.bytes.count / letters.count) times the tail")
    }

    private func endsWith(_ bytes: [UInt8], _ end: [UInt8]) -> Bool { bytes.suffix(end.count).elementsEqual(end) }
}
