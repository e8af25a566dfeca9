import Testing
import TestSupport

@testable import TailraceIngest

@Suite struct ContentComparisonTests {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: Packer.allCases)
    func `A file carries the ladder of its own beginning, however it is packed`(packer: Packer) throws {
        var generator = SplitMix64(seed: 61)
        let text = numberedLines(2500, using: &generator)
        let path = try folder.write(packer.pack(text), to: "log")
        for count in [0, 1, 63, 64, 1000, 65_536, 100_000, text.count] {
            #expect(try contentRelation(of: path, to: ladder(Array(text[..<count]))) == .carries, "\(count) bytes")
        }
        #expect(try contentRelation(of: path, to: ladder(text + [10])) == .prefix(Int64(text.count)))
        let other = try folder.write(packer.pack(Array(text[..<70_000])), to: "short")
        #expect(try contentRelation(of: other, to: ladder(text)) == .prefix(70_000))
    }

    @Test(arguments: Packer.allCases)
    func `Another content differs, at whatever byte`(packer: Packer) throws {
        var generator = SplitMix64(seed: 62)
        let text = numberedLines(600, using: &generator)
        let ladder = ladder(text)
        for position in [0, 50, 64, 1000, text.count / 2, text.count - 1] {
            var changed = text
            changed[position] ^= 1
            let path = try folder.write(packer.pack(changed), to: "log")
            #expect(try contentRelation(of: path, to: ladder) == .differs, "byte \(position)")
        }
    }

    @Test(arguments: Packer.packed)
    func `A damaged file is compared up to its damage`(packer: Packer) throws {
        var generator = SplitMix64(seed: 63)
        let (a, b) = (numberedLines(200, using: &generator), numberedLines(200, from: 200, using: &generator))
        let garbage = Array("garbage".utf8)
        let path = try folder.write(packer.pack(a) + garbage + packer.pack(b), to: "log")
        #expect(try contentRelation(of: path, to: ladder(a)) == .carries)
        #expect(try contentRelation(of: path, to: ladder(a + b)) == .prefix(Int64(a.count)))
        let whole = try folder.write(packer.pack(a + b), to: "whole")
        #expect(try compareContent(path, whole) == .firstIsPrefix)
        #expect(try compareContent(whole, path) == .secondIsPrefix)
        #expect(try compareContent(path, path) == .equal)
        let cut = try folder.write(Array(packer.pack(a).dropLast(5)), to: "cut")
        #expect(try compareContent(cut, whole) == .firstIsPrefix, "it waits")
    }

    @Test func `Contents are compared across packings, from any place on`() throws {
        var generator = SplitMix64(seed: 64)
        let text = numberedLines(4000, using: &generator)
        let paths = try Packer.allCases.map { try folder.write($0.pack(text), to: $0.rawValue) }
        for first in paths {
            for second in paths {
                #expect(try compareContent(first, second) == .equal)
                #expect(try compareContent(first, second, from: Int64(text.count - 5)) == .equal)
            }
        }
        for position in [0, 70_000, text.count - 1] {
            var changed = text
            changed[position] ^= 0x20
            for packer in [Packer.plain, .gzip, .zstd] {
                let other = try folder.write(packer.pack(changed), to: "other")
                let (at, behind) = (Int64(position), Int64(position + 1))
                #expect(try compareContent(other, paths[1]) == .differs(at: at))
                #expect(try compareContent(other, paths[3], from: at) == .differs(at: at))
                #expect(try compareContent(other, paths[0], from: behind) == .equal)
            }
        }
        for packer in Packer.allCases {
            let shorter = try folder.write(packer.pack(Array(text.dropLast(1000))), to: "shorter")
            for path in paths {
                #expect(try compareContent(shorter, path) == .firstIsPrefix)
                #expect(try compareContent(path, shorter) == .secondIsPrefix)
                #expect(try compareContent(path, shorter, from: Int64(text.count)) == .equal)
            }
        }
        let empty = try folder.write([], to: "empty")
        #expect(try compareContent(empty, paths[1]) == .firstIsPrefix)
        #expect(try compareContent(empty, empty) == .equal)
        #expect(try contentRelation(of: empty, to: ladder(text)) == .prefix(0))
        #expect(throws: ReadFault.self) { try compareContent(paths[0], folder.path("missing")) }
    }
}
