import Testing
import TestSupport

@testable import TailraceIngest

@Suite struct MemoryTests {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    /// A frame of blocks that repeat one byte, each of 128 KiB (RFC 8878, 3.1.1.2).
    private func repeatingFrame(blocks: Int) -> [UInt8] {
        var frame: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 7 << 3]
        for block in 0..<blocks {
            let head = (131_072 << 3) | (1 << 1) | (block == blocks - 1 ? 1 : 0)
            frame += [UInt8(head & 0xFF), UInt8(head >> 8 & 0xFF), UInt8(head >> 16), UInt8(ascii: "\n")]
        }
        return frame
    }

    @Test func `A file that unpacks to a thousand times its size costs time, not memory`() throws {
        let count = 200 << 20
        let gzip = Packing.gzip([UInt8](repeating: 10, count: count), level: 9)
        let zstd = repeatingFrame(blocks: count / 131_072)
        for (name, packed) in [("gz", gzip), ("zst", zstd)] {
            #expect(packed.count * 900 < count)
            var reader = try ArchiveReader(path: folder.write(packed, to: name))
            var buffer = [UInt8](repeating: 0, count: 64 << 10)
            var total = 0
            var most = 0
            while case .bytes(let read) = try reader.read(into: &buffer, from: 0) {
                total += read
                most = max(most, reader.memoryBytes)
            }
            #expect(total == count && reader.position == Int64(count))
            #expect(most < 1 << 20, "\(name)")
            #expect(reader.points.count <= 8)
            let point = try #require(reader.points.first)
            var second = try ArchiveReader(path: reader.path, from: RestartPoint(encoded: point.encoded))
            var rest = 0
            while case .bytes(let read) = try second.read(into: &buffer, from: 0) { rest += read }
            #expect(Int(point.position) + rest == count)
        }
    }

    @Test func `A frame that needs a window beyond 128 MiB is refused with the reason, and the next is read`() throws {
        let text = Array("a line\n".utf8)
        // Windows of 256 MiB and of 2 GiB + 1/8; content of 200 MiB in one segment.
        let windowed = [0x28, 0xB5, 0x2F, 0xFD, 0x00] as [UInt8]
        let segment = [0x28, 0xB5, 0x2F, 0xFD, 0xA0, 0, 0, 0x80, 0x0C] as [UInt8]
        for (head, need) in [(windowed + [18 << 3], 256), (windowed + [21 << 3 | 1], 2304), (segment, 200)] {
            let path = try folder.write(head + [1, 2, 3, 4, 5, 6, 7] + Packing.zstd(text), to: "log")
            for size in [1, 4096] {
                var reader = try ArchiveReader(path: path)
                let transcript = try reader.transcript(bufferBytes: size)
                #expect(transcript == Transcript(bytes: text, faults: [.corrupt]))
                #expect(
                    transcript.reasons == [
                        "the frame was made with --long and needs a window of \(need) MiB; the limit is 128 MiB"
                    ])
                #expect(reader.memoryBytes < 1 << 20)
            }
        }
    }

    @Test func `A window of 128 MiB is taken`() throws {
        let frame = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 17 << 3] + [0x09, 0x00, 0x00, 10] as [UInt8]
        #expect(try readAll(folder.write(frame, to: "log")).faults.isEmpty)
    }

    @Test func `A log of a hundred thousand members keeps a handful of points`() throws {
        let member = Packing.gzip(Array("a line of a log\n".utf8))
        var packed: [UInt8] = []
        for _ in 0..<100_000 { packed += member }
        var reader = try ArchiveReader(path: folder.write(packed, to: "log"))
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while case .bytes = try reader.read(into: &buffer, from: 0) {}
        #expect(reader.position == 1_600_000)
        #expect(reader.points.count == 1)
        #expect(reader.points.last?.position == 1_600_000)
    }
}
