import Foundation
import Testing
import TestSupport

@testable import TailraceIngest

@Suite struct OpeningTests {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    private func reason(_ path: String) -> String? {
        do throws(ReadFault) {
            _ = try ArchiveReader(path: path)
            return nil
        } catch {
            #expect(error.path == path)
            return error.reason
        }
    }

    @Test func `A folder, a FIFO and a missing file are refused, each with its reason`() throws {
        #expect(reason(folder.path("")) == "is not a regular file")
        let pipe = folder.path("pipe")
        #expect(mkfifo(pipe, 0o600) == 0)
        #expect(reason(pipe) == "is not a regular file")
        #expect(reason(folder.path("missing"))?.contains("No such file") == true)
        #expect(reason("/dev/null") == "is not a regular file")
    }

    @Test(.enabled(if: geteuid() != 0, "the superuser may read everything"))
    func `A file without permission is refused with the reason`() throws {
        let path = try folder.write([65], to: "secret")
        #expect(chmod(path, 0) == 0)
        #expect(reason(path)?.contains("Permission denied") == true)
    }

    @Test(
        arguments: [
            ("xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]), ("zip", [0x50, 0x4B, 0x03, 0x04, 0x14, 0x00]),
            ("bzip2", [0x42, 0x5A, 0x68, 0x39, 0x31, 0x41]), ("lz4", [0x04, 0x22, 0x4D, 0x18, 0x64, 0x40]),
        ] as [(String, [UInt8])])
    func `A packing that is not read is named, with the mend`(name: String, head: [UInt8]) throws {
        let path = try folder.write(head + [1, 2, 3, 4, 5, 6, 7], to: "log.gz")
        #expect(reason(path) == "is packed with \(name); pack it with gzip or zstd, or unpack it")
    }

    @Test func `Texts that only begin like an archive are plain`() throws {
        for text in ["BZh\n", "BZhello\n", "PK is short\n", "P", "(", "\u{1F}\n", "", "T,1\n"] {
            let bytes = Array(text.utf8)
            let path = try folder.write(bytes, to: "log")
            // One byte may still become the head of an archive.
            let isOpen = bytes.count == 1
            #expect(try readAll(path) == Transcript(bytes: isOpen ? [] : bytes, isUnfinished: isOpen), "\(text)")
        }
    }

    @Test func `An empty file is at its end`() throws {
        let path = try folder.write([], to: "log")
        #expect(try readAll(path) == Transcript())
    }

    @Test func `Folders are walked whole and in byte order, patterns expanded, hidden files left out`() throws {
        for name in ["b.log", "a.log", "sub/c.log", ".hidden", "sub/.git/d", "ä.log", "Z.log"] {
            try folder.write([10], to: name)
        }
        #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
        let base = URL(fileURLWithPath: folder.path("")).standardizedFileURL.path + "/"
        func names(_ path: String) -> [String]? {
            FileFinder.files(at: path, relativeTo: folder.path(""))?.map { String($0.dropFirst(base.count)) }
        }
        #expect(names(folder.path("")) == ["Z.log", "a.log", "b.log", "sub/c.log", "ä.log"])
        #expect(names("*.log") == ["Z.log", "a.log", "b.log", "ä.log"])
        #expect(names("[ab].lo?") == ["a.log", "b.log"])
        #expect(names("sub") == ["sub/c.log"])
        #expect(names(".hidden") == [".hidden"])
        #expect(names("missing") == nil)
        #expect(names("*.zip") == nil)
    }
}
