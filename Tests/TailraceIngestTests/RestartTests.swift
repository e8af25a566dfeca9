import Testing
import TestSupport

@testable import TailraceIngest

/// The oracle is the same file read from its start: from every point on, a reader that begins there must say the same.
@Suite struct RestartTests {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    /// Files of several kinds, each of some hundred thousand bytes unpacked.
    enum Carrier: CaseIterable {
        case fast, usual, best, stored, flushed, incompressible, members, tinyMembers, frames, blocks

        func pack(_ text: [UInt8], using generator: inout SplitMix64) -> [UInt8] {
            switch self {
            case .fast: Packing.gzip(text, level: 1)
            case .usual: Packing.gzip(text)
            case .best: Packing.gzip(text, level: 9)
            case .stored: Packing.gzip(text, level: 0)
            case .flushed: Packing.gzip(text, flushEvery: 700)
            case .incompressible: Packing.gzip(text)
            case .members: cut(text, 60_000, using: &generator).flatMap { Packing.gzip($0) }
            case .tinyMembers: cut(text, 3000, using: &generator).flatMap { Packing.gzip($0) }
            case .frames: cut(text, 9000, using: &generator).flatMap { Packing.zstd($0) }
            case .blocks: cut(text, 60_000, using: &generator).flatMap { Packing.zstd($0, blockBytes: 1000) }
            }
        }

        func text(using generator: inout SplitMix64) -> [UInt8] {
            self == .incompressible ? generator.bytes(300_000) : numberedLines(5000, using: &generator)
        }

        private func cut(_ text: [UInt8], _ most: Int, using generator: inout SplitMix64) -> [[UInt8]] {
            var pieces: [[UInt8]] = []
            var at = 0
            while at < text.count {
                let end = min(text.count, at + generator.below(most))
                pieces.append(Array(text[at..<end]))
                at = end
            }
            return pieces
        }
    }

    private static let spacingBytes: Int64 = 5000

    /// A reader that keeps a point every few thousand bytes, and all of them.
    private func reader(_ path: String, from point: RestartPoint? = nil) throws -> ArchiveReader {
        var reader = try ArchiveReader(path: path, from: point)
        reader.trail.spacingBytes = RestartTests.spacingBytes
        reader.trail.limit = .max
        return reader
    }

    /// What a reader says from a point on must be what the one from the start said.
    private func expectRest(
        _ transcript: Transcript, from point: RestartPoint, is whole: Transcript, _ comment: String
    ) {
        #expect(transcript.bytes == Array(whole.bytes[Int(point.position)...]), "\(comment)")
        #expect(transcript.told == whole.told.filter { $0.position >= point.position }, "\(comment)")
        #expect(transcript.isUnfinished == whole.isUnfinished, "\(comment)")
    }

    @Test(arguments: Carrier.allCases, [1, 2] as [UInt64])
    func `From every point the rest is read as from the start`(carrier: Carrier, seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let text = carrier.text(using: &generator)
        let path = try folder.write(carrier.pack(text, using: &generator), to: "log")
        var first = try reader(path)
        let whole = try first.transcript(bufferBytes: 1 + generator.below(100_000))
        #expect(whole == Transcript(bytes: text))
        #expect(first.position == Int64(text.count))
        let points = first.points
        #expect(points.count >= 3, "\(carrier), \(generator)")
        for point in points {
            #expect(RestartPoint(encoded: point.encoded) == point)
            let kept = try #require(RestartPoint(encoded: point.encoded))
            var second = try reader(path, from: kept)
            #expect(second.position == point.position && second.compressedPosition == point.offset)
            let rest = try second.transcript(bufferBytes: 1 + generator.below(100_000))
            expectRest(rest, from: point, is: whole, "\(carrier), \(generator), at \(point.position)")
            #expect(second.position == Int64(text.count))
            // A point that both took is the same, window and checksum too.
            for other in second.points where other.position > point.position {
                let same = points.first { $0.offset == other.offset }
                #expect(same == nil || same == other, "\(carrier), \(generator), at \(other.position)")
            }
        }
    }

    @Test(arguments: Carrier.allCases)
    func `A flipped byte behind a point has the same verdict with and without a restart`(carrier: Carrier) throws {
        var generator = SplitMix64(seed: 31)
        let text = carrier.text(using: &generator)
        let packed = carrier.pack(text, using: &generator)
        var first = try reader(folder.write(packed, to: "whole"))
        _ = try first.transcript()
        var faults = 0
        for round in 0..<40 {
            let point = generator.pick(first.points)
            guard Int(point.offset) < packed.count else { continue }
            var damaged = packed
            // The last eight bytes are the checksum and the length: each is hit once.
            let position =
                round < 8
                ? packed.count - 1 - round : Int(point.offset) + generator.below(packed.count - Int(point.offset))
            guard position >= point.offset else { continue }
            damaged[position] ^= 1 << UInt8(generator.below(8))
            let path = try folder.write(damaged, to: "log")
            let whole = try readAll(path)
            faults += whole.faults.count
            var second = try reader(path, from: point)
            let rest = try second.transcript(bufferBytes: 1 + generator.below(9000))
            expectRest(
                rest, from: point, is: whole, "\(carrier), \(generator), flip at \(position) from \(point.offset)")
        }
        #expect(faults > 5, "\(carrier)")
    }

    @Test(arguments: Carrier.allCases)
    func `What grows behind a point in pieces, and members behind that, is read whole`(carrier: Carrier) throws {
        var generator = SplitMix64(seed: 32)
        let text = carrier.text(using: &generator)
        let more = numberedLines(200, using: &generator)
        let head = carrier.pack(text, using: &generator)
        let packed = head + carrier.pack(more, using: &generator)
        var first = try reader(folder.write(packed, to: "whole"))
        _ = try first.transcript()
        for _ in 0..<6 {
            let point = generator.pick(first.points)
            var at = Int(point.offset)
            let path = try folder.write(Array(packed[..<at]), to: "log")
            var second = try reader(path, from: point)
            var bytes: [UInt8] = []
            while at < packed.count {
                let end = min(packed.count, at + 1 + generator.below(generator.oneIn(3) ? 9 : 40_000))
                try folder.append(Array(packed[at..<end]), to: "log")
                at = end
                let transcript = try second.transcript(bufferBytes: 1 + generator.below(5000))
                #expect(transcript.faults.isEmpty)
                bytes += transcript.bytes
                #expect(transcript.isUnfinished || at == packed.count || bytes.count > 0 || transcript.bytes.isEmpty)
            }
            #expect(
                bytes == Array((text + more)[Int(point.position)...]), "\(carrier), \(generator), from \(point.offset)")
            #expect(try second.transcript() == Transcript())
        }
    }

    @Test func `The window of another text is found out at the member's end`() throws {
        var generator = SplitMix64(seed: 33)
        let (a, b) = (numberedLines(5000, using: &generator), numberedLines(5000, from: 7, using: &generator))
        var first = try reader(folder.write(Packing.gzip(a), to: "a"))
        _ = try first.transcript()
        let path = try folder.write(Packing.gzip(b), to: "b")
        for point in first.points where point.memoryBytes > 0 {
            var second = try reader(path, from: point)
            let transcript = try second.transcript()
            #expect(!transcript.faults.isEmpty || transcript.isUnfinished)
        }
    }

    @Test func `A point that does not fit the file is passed over: reading begins at the start`() throws {
        var generator = SplitMix64(seed: 34)
        let text = numberedLines(4000, using: &generator)
        var first = try reader(folder.write(Packing.gzip(text), to: "gz"))
        _ = try first.transcript()
        let point = try #require(first.points.last { $0.memoryBytes > 0 })
        let short = Packing.gzip(Array(text[..<1000]))
        for (name, packed, expected) in [
            ("zst", Packing.zstd(text), text), ("plain", text, text), ("short", short, Array(text[..<1000])),
            ("empty", [], []),
        ] {
            var other = try reader(folder.write(packed, to: name), from: point)
            #expect(other.position == 0)
            #expect(try other.transcript() == Transcript(bytes: expected), "\(name)")
        }
    }

    @Test func `A plain file is entered at a point, and no further than its size`() throws {
        let path = try folder.write(Array("one\ntwo\nthree\n".utf8), to: "log")
        for (position, rest) in [(4, "two\nthree\n"), (14, ""), (15, "one\ntwo\nthree\n"), (0, "one\ntwo\nthree\n")] {
            let point = try #require(RestartPoint(encoded: RestartPoint.plain(at: Int64(position)).encoded))
            var reader = try reader(path, from: point)
            #expect(try reader.transcript().bytes == Array(rest.utf8))
            #expect(reader.position == 14)
            #expect(reader.points.isEmpty)
        }
    }

    @Test func `Padding and garbage behind the last member are told again by whoever begins before them`() throws {
        let text = Array("one\n".utf8)
        for packer in Packer.packed {
            let path = try folder.write(packer.pack(text) + [0, 0, 0] + Array("garbage".utf8), to: "log")
            var first = try ArchiveReader(path: path)
            let whole = try first.transcript()
            let point = try #require(first.points.first)
            #expect(first.points.count == 1 && point.position == 4)
            var second = try ArchiveReader(path: path, from: point)
            expectRest(try second.transcript(), from: point, is: whole, "\(packer)")
        }
    }
}
