import Glibc
import Testing
import TestSupport

@testable import TailraceIngest

@Suite struct CarrierMarkTests {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    private func naive(_ stored: [UInt8], _ offset: Int64) -> CarrierMark {
        let window = stored[max(0, Int(offset) - 4096)..<Int(offset)]
        return CarrierMark(offset: offset, hash: Array(window).withUnsafeBytes { StreamingHash.hash(of: $0) })
    }

    @Test(arguments: Packer.allCases)
    func `Wherever a reader stands, its mark is that of the bytes before`(packer: Packer) throws {
        var generator = SplitMix64(seed: 51)
        // Larger than the input buffer, so that it is filled several times.
        let text = packer.isPacked ? numberedLines(3000, using: &generator) : generator.bytes(900_000)
        let stored = packer.pack(text)
        let path = try folder.write(stored, to: "log")
        var reader = try ArchiveReader(path: path)
        #expect(reader.mark == CarrierMark(offset: 0, hash: naive(stored, 0).hash))
        var buffer = [UInt8](repeating: 0, count: packer.isPacked ? 700 : 5000)
        while case .bytes = try reader.read(into: &buffer, from: 0) {
            let mark = reader.mark
            #expect(mark == naive(stored, reader.compressedPosition))
            #expect(reader.carries(mark) == true)
        }
        #expect(reader.mark.offset == Int64(stored.count))
    }

    @Test func `A reader that was sent somewhere, or began at a point, knows the bytes before it too`() throws {
        var generator = SplitMix64(seed: 52)
        let bytes = generator.bytes(20_000)
        let path = try folder.write(bytes, to: "log")
        var reader = try ArchiveReader(path: path)
        for place in [0, 1, 4095, 4096, 4097, 19_999, 20_000] as [Int64] {
            reader.seek(to: place)
            #expect(reader.mark == naive(bytes, place))
            var buffer = [UInt8](repeating: 0, count: 100)
            _ = try reader.read(into: &buffer, from: 0)
            #expect(reader.mark == naive(bytes, reader.compressedPosition))
            let other = try ArchiveReader(path: path, from: .plain(at: place))
            #expect(other.mark == naive(bytes, place))
        }
        reader.seek(to: 30_000)
        #expect(reader.carries(reader.mark) == false, "a place beyond the file has no mark that holds")
        #expect(try reader.transcript() == Transcript())
    }

    @Test func `A file that is cut and written anew to the same size is seen, one that only grows is not`() throws {
        var generator = SplitMix64(seed: 53)
        for count in [1, 100, 4096, 10_000] {
            let old = generator.bytes(count)
            let path = try folder.write(old, to: "log")
            var reader = try ArchiveReader(path: path)
            _ = try reader.transcript()
            let mark = reader.mark
            try folder.append([1, 2, 3], to: "log")
            #expect(reader.carries(mark) == true)
            for position in Set([max(0, count - 4096), count / 2, count - 1]) where position >= count - 4096 {
                var new = old
                new[position] ^= 1
                try overwrite(new)
                #expect(reader.carries(mark) == false, "byte \(position) of \(count)")
                #expect(try ArchiveReader(path: path).carries(mark) == false)
                // What was read counts, not what stands there now.
                #expect(reader.mark == mark)
            }
            try overwrite(Array(old.dropLast()))
            #expect(reader.carries(mark) == false, "shorter")
            try overwrite(old)
            #expect(reader.carries(mark) == true)
        }
    }

    @Test func `A mark that makes no sense is carried by no file`() throws {
        let path = try folder.write([1, 2, 3], to: "log")
        let reader = try ArchiveReader(path: path)
        for offset in [-1, .min, 4, .max] as [Int64] {
            #expect(reader.carries(CarrierMark(offset: offset, hash: reader.mark.hash)) == false)
        }
    }

    @Test func `A reader that is sent back reads what stands there now`() throws {
        let path = try folder.write(Array("old line\n".utf8), to: "log")
        var reader = try ArchiveReader(path: path)
        _ = try reader.transcript()
        try overwrite(Array("new\n".utf8))
        reader.seek(to: 0)
        #expect(try reader.transcript().bytes == Array("new\n".utf8))
        #expect(try ArchiveReader(path: path).status == reader.status, "the same file")
    }

    /// Cuts the file and writes it anew in place, as copytruncate does.
    private func overwrite(_ bytes: [UInt8]) throws {
        let name = folder.path("log")
        let descriptor = open(name, O_WRONLY | O_TRUNC)
        defer { close(descriptor) }
        #expect(descriptor >= 0 && write(descriptor, bytes, bytes.count) == bytes.count)
    }
}
