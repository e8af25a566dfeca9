import Testing
import TestSupport

@testable import TailraceIngest

@Suite struct ArchiveReadingTests {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: Packer.allCases, [1, 2, 7, 100, 4096, 1 << 18])
    func `Every size of buffer gives the same bytes`(packer: Packer, bufferBytes: Int) throws {
        var generator = SplitMix64(seed: 1)
        let lines = numberedLines(bufferBytes < 100 ? 60 : 3000, using: &generator)
        let path = try folder.write(packer.pack(lines), to: "log")
        var reader = try ArchiveReader(path: path)
        let transcript = try reader.transcript(bufferBytes: bufferBytes)
        #expect(transcript.bytes == lines)
        #expect(transcript.faults.isEmpty)
        #expect(!transcript.isUnfinished)
        #expect(reader.compression == packer.compression)
        #expect(reader.compressedPosition == reader.status.size)
        #expect(try reader.transcript(bufferBytes: 9) == Transcript(), "nothing is told twice")
    }

    @Test(arguments: Packer.packed)
    func `Members one after the other are read as one text`(packer: Packer) throws {
        var generator = SplitMix64(seed: 2)
        var packed: [UInt8] = []
        var plain: [UInt8] = []
        for member in 0..<20 {
            let lines = numberedLines(generator.below(40), from: member * 100, using: &generator)
            plain += lines
            packed += packer.pack(lines)
        }
        let path = try folder.write(packed, to: "log")
        for size in [3, 1000, 1 << 18] {
            #expect(try readAll(path, bufferBytes: size) == Transcript(bytes: plain))
        }
    }

    @Test func `Skippable frames of zstd are passed over, first, between and last`() throws {
        let (a, b) = (Array("one\n".utf8), Array("two\n".utf8))
        let skipped = Packing.skippableFrame([1, 2, 3, 0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0, 0])
        let empty = Packing.skippableFrame([])
        let packed = skipped + Packing.zstd(a) + empty + skipped + Packing.zstd(b) + skipped
        #expect(try readAll(folder.write(packed, to: "log"), bufferBytes: 2) == Transcript(bytes: a + b))
    }

    @Test func `A text that packs a thousandfold is read whole`() throws {
        let zeros = [UInt8](repeating: UInt8(ascii: "0"), count: 1_000_000)
        for (name, packed) in [("gz", Packing.gzip(zeros)), ("zst", Packing.zstd(zeros))] {
            let path = try folder.write(packed, to: name)
            for size in [1000, 65_536, 2 << 20] { #expect(try readAll(path, bufferBytes: size).bytes == zeros) }
        }
    }

    @Test func `Random bytes, which do not pack, are read whole`() throws {
        var generator = SplitMix64(seed: 3)
        let bytes = generator.bytes(700_000)
        for (name, packed) in [("gz", Packing.gzip(bytes)), ("zst", Packing.zstd(bytes))] {
            let path = try folder.write(packed, to: name)
            for size in [5000, 1 << 20] { #expect(try readAll(path, bufferBytes: size).bytes == bytes) }
        }
    }

    @Test func `Zeros behind the last member are padding and no damage`() throws {
        let lines = Array("a\nb\n".utf8)
        for packer in Packer.packed {
            let path = try folder.write(packer.pack(lines) + [UInt8](repeating: 0, count: 1000), to: "log")
            #expect(try readAll(path) == Transcript(bytes: lines))
        }
    }

    @Test func `A plain file is entered at any place`() throws {
        let path = try folder.write(Array("one\ntwo\nthree\n".utf8), to: "log")
        var reader = try ArchiveReader(path: path)
        _ = try reader.transcript()
        reader.seek(to: 4)
        #expect(try reader.transcript().bytes == Array("two\nthree\n".utf8))
        #expect(reader.compressedPosition == 14)
    }

    @Test func `The packing is told by the first bytes, not by the name`() throws {
        let lines = Array("line\n".utf8)
        #expect(try readAll(folder.write(lines, to: "log.gz")).bytes == lines)
        #expect(try readAll(folder.write(Packing.gzip(lines), to: "log.zst")).bytes == lines)
        #expect(try readAll(folder.write(Packing.zstd(lines), to: "log.txt")).bytes == lines)
    }
}
