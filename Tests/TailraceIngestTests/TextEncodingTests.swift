import TestSupport
import Testing

@testable import TailraceIngest

/// Files in UTF-16 are read as UTF-8, whatever their packing and the size of the buffers.
struct TextEncodingTests {
    private static let text = "{\"a\":\"größe\"}\r\n{\"b\":\"日本 🙂\"}\n"

    private static func utf16(_ text: String, isLittle: Bool) -> [UInt8] {
        ([0xFEFF] + Array(text.utf16)).flatMap { unit -> [UInt8] in
            let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
            return isLittle ? [low, high] : [high, low]
        }
    }

    @Test(arguments: Packer.allCases, [true, false])
    func textInUTF16ComesOutAsUTF8(_ packer: Packer, isLittle: Bool) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(packer.pack(Self.utf16(Self.text, isLittle: isLittle)), to: "log")
        for bufferBytes in [1, 2, 3, 5, 64, 4096] {
            let found = try readAll(path, bufferBytes: bufferBytes).bytes
            #expect(found == Array("\u{FEFF}".utf8) + Array(Self.text.utf8), "buffers of \(bufferBytes)")
        }
    }

    @Test func bytesThatOnlyLookLikeAMarkComeOutAsTheyAre() throws {
        let folder = try TemporaryFolder()
        let heads: [[UInt8]] = [
            [0xFF, 0xFF, 0xFE, 0xFF, 0xFF, 0xFE, 1], [0xFF, 0xFE, 0, 0, 1, 2], [0xFE, 0xFE, 0xFF, 0xFE, 0xFF, 0xFF],
        ]
        for head in heads {
            let path = try folder.write(head, to: "log")
            for bufferBytes in [1, 2, 3, 4, 64] {
                #expect(try readAll(path, bufferBytes: bufferBytes).bytes == head, "buffers of \(bufferBytes)")
            }
        }
    }

    @Test func aGrowingFileInUTF16IsReadOn() throws {
        let folder = try TemporaryFolder()
        let bytes = Self.utf16(Self.text, isLittle: true)
        for cut in 1..<bytes.count {
            try folder.write(Array(bytes[..<cut]), to: "log")
            var reader = try ArchiveReader(path: folder.path("log"))
            var found = try reader.transcript().bytes
            try folder.append(Array(bytes[cut...]), to: "log")
            found += try reader.transcript().bytes
            #expect(found == Array("\u{FEFF}".utf8) + Array(Self.text.utf8), "cut at \(cut)")
        }
    }
}
