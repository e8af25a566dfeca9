import Testing
import TestSupport

@testable import TailraceIngest

@Suite struct GrowthTests {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: Packer.allCases)
    func `A file that grows by whole members is read on`(packer: Packer) throws {
        var generator = SplitMix64(seed: 8)
        let path = try folder.write([], to: "log")
        var reader = try ArchiveReader(path: path)
        #expect(try reader.transcript() == Transcript())
        for round in 0..<20 {
            let lines = numberedLines(1 + generator.below(50), from: round * 50, using: &generator)
            try folder.append(packer.pack(lines), to: "log")
            #expect(try reader.transcript(bufferBytes: 1000) == Transcript(bytes: lines), "\(packer), round \(round)")
            #expect(try reader.transcript() == Transcript(), "nothing new")
        }
    }

    @Test(arguments: Packer.allCases, [1, 2, 3] as [UInt64])
    func `A file that grows by bytes at random cuts gives the same text in the end`(
        packer: Packer, seed: UInt64
    ) throws {
        var generator = SplitMix64(seed: seed)
        let plain = numberedLines(200, using: &generator)
        let more = numberedLines(50, from: 200, using: &generator)
        let packed = packer.pack(plain) + packer.pack(more)
        let path = try folder.write([], to: "log")
        var reader = try ArchiveReader(path: path)
        var bytes: [UInt8] = []
        var at = 0
        var isUnfinished = false
        while at < packed.count {
            let end = min(packed.count, at + 1 + generator.below(at < 20 ? 3 : 400))
            try folder.append(Array(packed[at..<end]), to: "log")
            at = end
            let transcript = try reader.transcript(bufferBytes: 1 + generator.below(300))
            #expect(transcript.faults.isEmpty)
            bytes += transcript.bytes
            isUnfinished = transcript.isUnfinished
        }
        #expect(bytes == plain + more, "\(packer), seed \(seed)")
        #expect(!isUnfinished)
        #expect(reader.compression == packer.compression)
    }

    @Test func `What a writer has flushed can be read before the member ends`() throws {
        let lines = (0..<50).map { Array("line \($0) of a log\n".utf8) }
        let whole = Packing.gzip(lines.flatMap { $0 }, flushEvery: lines[0].count)
        var seen = 0
        for cut in 1..<whole.count {
            let path = try folder.write(Array(whole[..<cut]), to: "log")
            let count = try readAll(path).bytes.count
            #expect(count >= seen)
            seen = max(seen, count)
        }
        #expect(seen == lines.joined().count)
    }

    @Test func `After garbage at the end a member that comes later is found, byte by byte`() throws {
        let (a, b) = (Array("one\n".utf8), Array("two\n".utf8))
        for packer in Packer.packed {
            let path = try folder.write(packer.pack(a) + Array("garbage".utf8), to: "log")
            var reader = try ArchiveReader(path: path)
            #expect(try reader.transcript() == Transcript(bytes: a, faults: [.trailingGarbage]))
            var bytes: [UInt8] = []
            for byte in packer.pack(b) {
                try folder.append([byte], to: "log")
                let transcript = try reader.transcript()
                #expect(transcript.faults.isEmpty)
                bytes += transcript.bytes
            }
            #expect(bytes == b, "\(packer)")
        }
    }

    @Test func `An empty file that turns out to be of an unread packing is refused then`() throws {
        let path = try folder.write([], to: "log")
        var reader = try ArchiveReader(path: path)
        #expect(try reader.transcript() == Transcript())
        try folder.append([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], to: "log")
        #expect(throws: ReadFault.self) { try readAll(path) }
        do {
            _ = try reader.transcript()
            Issue.record("a packing that is not read was read")
        } catch let fault as ReadFault {
            #expect(fault.reason.contains("xz"))
        }
    }
}
