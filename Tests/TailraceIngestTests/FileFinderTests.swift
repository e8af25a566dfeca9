import Foundation
import Testing
import TestSupport

@testable import TailraceIngest

@Suite struct FileFinderTests {
    let folder: TemporaryFolder
    /// The folder's path without links: what the working folder would be.
    let base: String

    init() throws {
        folder = try TemporaryFolder()
        base = folder.url.resolvingSymlinksInPath().path
    }

    private func names(_ path: String) -> [String]? {
        FileFinder.find(at: path, relativeTo: base)?.map { String($0.path.dropFirst(base.count + 1)) }
    }

    private func write(_ names: String...) throws {
        for name in names { try folder.write(Array(name.utf8), to: name) }
    }

    @Test func `Only regular files are found, and nothing else is opened`() throws {
        try write("a.gz", "sub.gz/b.gz")
        #expect(mkfifo(folder.path("pipe.gz"), 0o600) == 0)
        #expect(symlink(folder.path("pipe.gz"), folder.path("link-to-pipe.gz")) == 0)
        #expect(symlink("/dev/zero", folder.path("link-to-device.gz")) == 0)
        #expect(names("") == ["a.gz", "sub.gz/b.gz"])
        #expect(names("*.gz") == ["a.gz", "sub.gz/b.gz"])
        #expect(names("pipe.gz") == [])
        #expect(FileFinder.faults(at: "pipe.gz", relativeTo: base).map(\.reason) == ["is not a regular file"])
        // Whoever named it hears why it is not read.
        #expect(FileFinder.files(at: "pipe.gz", relativeTo: base) == [base + "/pipe.gz"])
    }

    @Test func `Links to files are followed and links to folders only where they are named`() throws {
        try write("pods/one/0.log", "logs/plain.log")
        #expect(symlink("../pods/one/0.log", folder.path("logs/one.log")) == 0)
        #expect(symlink("../pods", folder.path("logs/pods")) == 0)
        #expect(symlink(".", folder.path("logs/round")) == 0)
        #expect(symlink("nowhere", folder.path("logs/dangling.log")) == 0)
        #expect(symlink("itself.log", folder.path("logs/itself.log")) == 0)
        #expect(symlink("logs", folder.path("named")) == 0)
        #expect(names("logs") == ["logs/one.log", "logs/plain.log"])
        #expect(names("named") == ["named/one.log", "named/plain.log"])
        #expect(names("logs/pods") == ["logs/pods/one/0.log"])
        #expect(names("logs/po*") == ["logs/pods/one/0.log"])
        #expect(FileFinder.faults(at: "logs", relativeTo: base).isEmpty)
        let files = try #require(FileFinder.find(at: "logs", relativeTo: base))
        #expect(files[0].status == FileStatus(path: base + "/pods/one/0.log"))
    }

    @Test func `Patterns stand in any component and match as the shell does`() throws {
        try write(
            "web-1/app.log", "web-2/app.log", "web-2/app.log.1", "web-2/.app.log", "db/app.log", ".web-3/app.log",
            "web-4", "star*.log", "star1.log")
        #expect(names("web-*/app.log") == ["web-1/app.log", "web-2/app.log"])
        #expect(names("web-*") == ["web-1/app.log", "web-2/app.log", "web-2/app.log.1", "web-4"])
        #expect(names("*/app.log*") == ["db/app.log", "web-1/app.log", "web-2/app.log", "web-2/app.log.1"])
        #expect(names("web-[!1]/*") == ["web-2/app.log", "web-2/app.log.1"])
        #expect(names("*/.app*") == ["web-2/.app.log"])
        #expect(names(".w*") == [".web-3/app.log"])
        #expect(names("web-?/*.gz") == nil)
        #expect(names("nothing/*") == nil)
        #expect(names("star*.log") == ["star*.log"], "a file of that very name is that file")
        #expect(names("./web-1/../web-2//app.log") == ["web-2/app.log"])
    }

    @Test func `What is found is covered by what named it, and no other file is`() throws {
        let paths = ["a/x.log", "a/b/y.log", "ab/x.log", "c/x.gz", "x.log"]
        for path in paths { try write(path) }
        for named in ["a", "a/", "*", "a*", "*/x.log", "a/*", "./a/b", "[ac]/x.*", "x.log", "", "a/b/../x.log"] {
            let found = FileFinder.files(at: named, relativeTo: base) ?? []
            let covered = paths.map { base + "/" + $0 }.filter { FileFinder.covers(base + "/" + named, $0) }
            #expect(FileFinder.sorted(covered) == found, "\(named)")
        }
    }

    @Test func `Names that Unicode calls equivalent are two files`() throws {
        try write("\u{E9}.log", "e\u{301}.log")
        let found = try #require(FileFinder.find(at: "", relativeTo: base))
        #expect(found.map { $0.path.utf8.count - base.utf8.count } == [8, 7])
        #expect(FileFinder.sorted(found.map(\.path) + found.map(\.path)).count == 2)
    }

    @Test func `A name that is not UTF-8 is told and never dropped in silence`() throws {
        try write("good.log")
        let bytes = Array((base + "/bad").utf8CString.dropLast()) + [CChar(bitPattern: 0xFF), 0]
        let descriptor = creat(bytes, 0o600)
        #expect(descriptor >= 0)
        close(descriptor)
        #expect(names("") == ["good.log"])
        let faults = FileFinder.faults(at: "", relativeTo: base)
        #expect(
            faults.map(\.description) == [
                base + "/bad\u{FFFD}: its name is not UTF-8 and cannot be opened; rename it to read it"
            ])
    }

    @Test func `A folder without permission is a fault and not an empty folder`() throws {
        try write("open/a.log", "shut/b.log", "blind/c.log")
        #expect(chmod(folder.path("shut"), 0) == 0)
        #expect(chmod(folder.path("blind"), 0o444) == 0)
        defer { for name in ["shut", "blind"] { chmod(folder.path(name), 0o700) } }
        try unprivileged(nil) {
            #expect(names("") == ["open/a.log"])
            #expect(
                FileFinder.faults(at: "", relativeTo: base).map(\.description).sorted() == [
                    base + "/blind/c.log: Permission denied", base + "/shut: Permission denied",
                ])
            for named in ["shut", "shut/*", "shut/b.log"] {
                #expect(names(named) == [], "something may be there")
                #expect(FileFinder.faults(at: named, relativeTo: base).map(\.reason) == ["Permission denied"])
            }
        }
    }

    @Test func `Folders deeper than the limit and files beyond it are told`() throws {
        var path = "0"
        for level in 1...70 { path += "/\(level)" }
        try write(path + "/deep.log", "0/flat.log")
        #expect(names("0") == ["0/flat.log"])
        #expect(
            FileFinder.faults(at: "0", relativeTo: base).map(\.reason) == [
                "lies deeper than 64 folders; name it itself to read it"
            ])
        #expect(names(path) == [path + "/deep.log"])
        for i in 0..<20 { try write("many/\(i % 4)/\(i)") }
        for limit in [0, 1, 5, 19] {
            let search = FileSearch(at: "many", relativeTo: base, fileLimit: limit)
            #expect(search.files.count == limit)
            #expect(search.faults.count == 1)
        }
        #expect(FileSearch(at: "many", relativeTo: base, fileLimit: 20).faults.isEmpty)
    }

    @Test func `The folders of a search are those in which its files can appear or grow`() throws {
        try write("logs/a.log", "logs/sub/b.log", "logs/.git/c", "pods/x/0.log", "web-1/app.log", "web-2/other")
        try FileManager.default.createDirectory(atPath: folder.path("logs/empty"), withIntermediateDirectories: true)
        #expect(symlink("../pods/x/0.log", folder.path("logs/x.log")) == 0)
        func folders(_ path: String) -> [String] {
            FileFinder.folders(at: path, relativeTo: base).map { String($0.dropFirst(base.count + 1)) }
        }
        #expect(folders("logs") == ["logs", "logs/empty", "logs/sub", "pods/x"])
        #expect(folders("logs/*.log") == ["logs", "pods/x"])
        #expect(folders("logs/a.log") == ["logs"])
        #expect(folders("logs/missing.log") == ["logs"])
        #expect(folders("web-*/app.log") == ["", "web-1", "web-2"])
        #expect(folders("nowhere/app.log") == [])
        #expect(folders("nowhere") == [""])
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `Random trees are found as a naive walk finds them`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        var expected: Set<String> = []
        for _ in 0..<80 {
            let parts = (0...generator.below(4)).map { _ in
                generator.pick(["a", "b-", "b", "c.d", ".h", "ä", "Z", "b~"])
            }
            let path = parts.joined(separator: "/")
            // A name that is a folder or file already cannot be the other, too.
            guard (try? folder.write([1], to: path)) != nil else { continue }
            if !parts.contains(".h") { expected.insert(path) }
        }
        let found = names("")
        #expect(found.map(Set.init) == expected, "\(generator)")
        #expect(found == found?.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }, "\(generator)")
    }
}
