import Testing
import TestSupport

@testable import TailraceIngest

@Suite struct GivenUpMemberTests {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    /// Reads to the end, and gives up members that do not end as long as that leads on.
    private func readAllOfIt(_ path: String) throws -> (Transcript, givenUp: Int) {
        var reader = try ArchiveReader(path: path)
        var whole = Transcript()
        var givenUp = -1
        repeat {
            givenUp += 1
            let transcript = try reader.transcript()
            whole.bytes += transcript.bytes
            whole.faults += transcript.faults
            whole.told += transcript.told
            whole.reasons += transcript.reasons
            whole.isUnfinished = transcript.isUnfinished
        } while try whole.isUnfinished && reader.giveUpMember()
        return (whole, givenUp)
    }

    @Test(arguments: Packer.packed)
    func `Whatever byte of the first of two members is changed, the second is delivered in the end`(
        packer: Packer
    ) throws {
        var generator = SplitMix64(seed: 71)
        let (a, b) = (numberedLines(5, using: &generator), numberedLines(3, from: 5, using: &generator))
        let first = packer.pack(a)
        let packed = first + packer.pack(b)
        // A file whose magic is changed is a plain one, or one of a packing that is not read.
        let magicBytes = packer.compression == .gzip ? 2 : 4
        var waiting = 0
        for position in magicBytes..<first.count {
            for change in (0..<8).map({ 1 << UInt8($0) }) + [0xFF, UInt8(1 + generator.below(255))] {
                var damaged = packed
                damaged[position] ^= change
                let path = try folder.write(damaged, to: "log")
                let (transcript, givenUp) = try readAllOfIt(path)
                waiting += min(1, givenUp)
                #expect(
                    transcript.bytes.suffix(b.count).elementsEqual(b) && !transcript.isUnfinished,
                    "\(packer), byte \(position) of \(first.count) changed by \(change): \(transcript.reasons)")
            }
        }
        // Lengths that reach beyond the file: of an extra field of gzip, of a block of zstd.
        if packer == .gzip || packer == .zstdBlocks { #expect(waiting > 0, "\(packer)") }
    }

    @Test(arguments: Packer.packed)
    func `Where no other member begins nothing is given up, and the rest is read when it comes`(packer: Packer) throws {
        var generator = SplitMix64(seed: 72)
        let text = numberedLines(12, using: &generator)
        let packed = packer.pack(text)
        for cut in stride(from: 1, to: packed.count, by: 3) {
            let path = try folder.write(Array(packed[..<cut]), to: "log")
            var reader = try ArchiveReader(path: path)
            let head = try reader.transcript(bufferBytes: 50)
            #expect(try reader.giveUpMember() == false, "\(packer), cut at \(cut)")
            try folder.append(Array(packed[cut...]), to: "log")
            let rest = try reader.transcript(bufferBytes: 50)
            #expect(head.bytes + rest.bytes == text && rest.faults.isEmpty && !rest.isUnfinished)
            #expect(try reader.giveUpMember() == false, "nothing is left to give up")
        }
    }

    @Test func `A member that is given up is a fault at the end of the file, and what is appended is read`() throws {
        let (a, b, c) = (Array("one\n".utf8), Array("two\n".utf8), Array("three\n".utf8))
        // A packed block that claims more bytes than there are.
        let open = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x58] + [0x04, 0x10, 0x00] as [UInt8]
        let path = try folder.write(Packing.zstd(a) + open + Packing.zstd(b), to: "log")
        let end = Int64(Packing.zstd(a).count + open.count + Packing.zstd(b).count)
        var reader = try ArchiveReader(path: path)
        #expect(try reader.transcript() == Transcript(bytes: a, isUnfinished: true))
        #expect(try reader.giveUpMember() == true)
        #expect(try reader.giveUpMember() == true, "asked twice, given up once")
        let transcript = try reader.transcript()
        #expect(transcript == Transcript(bytes: b, faults: [.corrupt]))
        #expect(transcript.told.map(\.fault.offset) == [end])
        #expect(transcript.reasons == ["the member does not end"])
        try folder.append(Packing.zstd(c), to: "log")
        #expect(try reader.transcript() == Transcript(bytes: c))
        #expect(reader.position == Int64(a.count + b.count + c.count))
        // From the point behind the member that was given up everything is well.
        let point = try #require(reader.points.last { $0.position == Int64(a.count) || $0.position > Int64(a.count) })
        var second = try ArchiveReader(path: path, from: point)
        #expect(try second.transcript().faults.isEmpty)
    }

    @Test func `A head that cannot be decoded is passed over`() throws {
        let text = Array("a line\n".utf8)
        let head = Array(Packing.gzip(text).prefix(10))
        // FEXTRA with a length beyond the end: the member waits.
        let open = [0x1F, 0x8B, 8, 4, 0, 0, 0, 0, 0, 3, 0xFF, 0xFF] as [UInt8]
        let broken = head + [0xFF, 0xFF, 0xFF]
        let path = try folder.write(open + broken + head + broken + Packing.gzip(text) + head, to: "log")
        var reader = try ArchiveReader(path: path)
        #expect(try reader.transcript() == Transcript(isUnfinished: true))
        #expect(try reader.giveUpMember() == true)
        // The last head is that of a member that has only begun.
        #expect(try reader.transcript() == Transcript(bytes: text, faults: [.corrupt], isUnfinished: true))
        #expect(try reader.giveUpMember() == false)
    }

    @Test func `A head is found at every place around the end of the search's buffer`() throws {
        let text = Array("a line\n".utf8)
        // A frame to be skipped that claims four gigabytes.
        let open = [0x50, 0x2A, 0x4D, 0x18, 0xFF, 0xFF, 0xFF, 0xFF] as [UInt8]
        for place in (64 << 10) - 12...(64 << 10) + 4 {
            // Each byte of the filler may begin a head.
            let filler = [UInt8](repeating: 0x28, count: place - open.count)
            let path = try folder.write(open + filler + Packing.zstd(text), to: "log")
            var reader = try ArchiveReader(path: path)
            #expect(try reader.transcript() == Transcript(isUnfinished: true))
            #expect(try reader.giveUpMember() == true)
            #expect(try reader.transcript() == Transcript(bytes: text, faults: [.corrupt]), "at \(place)")
        }
    }
}
