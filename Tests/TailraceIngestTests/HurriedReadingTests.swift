import Testing
import TestSupport

@testable import TailraceIngest

/// The exact reader is the reference for the hurried one. Without ISA-L in the build both are the same.
@Suite struct HurriedReadingTests {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    private func readHurried(_ path: String, bufferBytes: Int) throws -> Transcript {
        var reader = try ArchiveReader(path: path)
        reader.isHurried = true
        return try reader.transcript(bufferBytes: bufferBytes)
    }

    @Test(arguments: Packer.allCases, [1, 3, 100, 4096, 1 << 18])
    func `Members of all sizes give the same bytes in a hurry`(packer: Packer, bufferBytes: Int) throws {
        var generator = SplitMix64(seed: 21)
        var packed: [UInt8] = []
        for member in 0..<200 {
            let lines = numberedLines(
                generator.below(member % 20 == 0 ? 400 : 9), from: member * 100, using: &generator)
            packed += packer.pack(lines)
        }
        let path = try folder.write(packed, to: "log")
        #expect(try readHurried(path, bufferBytes: bufferBytes) == readAll(path))
    }

    @Test(arguments: Packer.packed)
    func `A file that is cut at any byte gives in a hurry what it gives exactly`(packer: Packer) throws {
        var generator = SplitMix64(seed: 22)
        let packed = packer.pack(numberedLines(9, using: &generator)) + packer.pack(numberedLines(9, using: &generator))
        for cut in 1..<packed.count {
            let path = try folder.write(Array(packed[..<cut]), to: "log")
            for size in [5, 4096] {
                #expect(try readHurried(path, bufferBytes: size) == readAll(path), "\(packer), cut at \(cut)")
            }
        }
    }

    @Test func `A damaged member tells the same faults at the same places in a hurry`() throws {
        for seed in 1...40 as ClosedRange<UInt64> {
            var generator = SplitMix64(seed: seed)
            let texts = [30, 3000, 30].map { numberedLines($0, using: &generator) }
            let members = texts.map { Packing.gzip($0) }
            var packed = members.flatMap { $0 }
            let place = members[0].count + 10 + generator.below(members[1].count - 10)
            packed[place] ^= 1 << UInt8(generator.below(8))
            let path = try folder.write(packed, to: "log")
            let exact = try readAll(path)
            for size in [7, 1000, 1 << 18] {
                let hurried = try readHurried(path, bufferBytes: size)
                #expect(hurried.told.map(\.fault) == exact.told.map(\.fault), "seed \(seed), flip at \(place)")
                // ISA-L takes some broken tables of codes for good and decodes garbage for a while, which is out then.
                let sound = Int(exact.told.first?.position ?? 0)
                #expect(hurried.bytes.prefix(sound) == exact.bytes.prefix(sound), "seed \(seed), flip at \(place)")
                #expect(hurried.bytes.count >= exact.bytes.count, "seed \(seed), flip at \(place)")
                #expect(hurried.bytes.suffix(texts[2].count) == texts[2][...], "seed \(seed), flip at \(place)")
            }
        }
    }

    @Test func `A hurried reader that goes on behind a restart point inside a member is exact there`() throws {
        var generator = SplitMix64(seed: 23)
        let lines = numberedLines(200_000, using: &generator)
        let path = try folder.write(Packing.gzip(lines) + Packing.gzip(lines), to: "log")
        var first = try ArchiveReader(path: path)
        _ = try first.transcript()
        for point in first.points {
            var second = try ArchiveReader(path: path, from: point)
            second.isHurried = true
            let rest = try second.transcript()
            #expect(rest == Transcript(bytes: Array((lines + lines).dropFirst(Int(point.position)))))
        }
    }

    @Test func `A reader that stops hurrying waits at a half member and takes what follows`() throws {
        var generator = SplitMix64(seed: 24)
        let lines = numberedLines(3000, using: &generator)
        let packed = Packing.gzip(lines)
        let half = packed.count / 2
        let path = try folder.write(Array(packed[..<half]), to: "log")
        var reader = try ArchiveReader(path: path)
        reader.isHurried = true
        let before = try reader.transcript()
        #expect(before.isUnfinished)
        reader.isHurried = false
        _ = try folder.write(packed, to: "log")
        let after = try reader.transcript()
        #expect(before.bytes + after.bytes == lines)
        #expect(!after.isUnfinished && after.faults.isEmpty)
    }
}
