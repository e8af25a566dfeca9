import Foundation
import Testing

/// What `make fuzz` begins with and what it has found, once more: each file through its target, in a program of its
/// own, so that one that ends it is a failure and not the end of the tests.
@Suite struct FuzzSeedTests {
    private static let seeds = Program.checkout.appendingPathComponent("Tests/Fuzz/Seeds")

    @Test(arguments: ["archive", "lines", "rows", "mail", "times", "settings"])
    func `No kept input ends the program that reads it, or makes it contradict itself`(target: String) throws {
        let folder = FuzzSeedTests.seeds.appendingPathComponent(target).path
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        #expect(names.count > 5)
        let outcome = try Program.run(Program.beside("fuzz"), [target] + names.map { "\(folder)/\($0)" })
        #expect(outcome.status == 0, "\(outcome.errors.split(separator: "\n").suffix(20).joined(separator: "\n"))")
        #expect(outcome.errors.split(separator: "\n").count == names.count)
    }

    @Test func `The seeds stay small`() throws {
        var total = 0
        for case let url as URL in try #require(
            FileManager.default.enumerator(at: FuzzSeedTests.seeds, includingPropertiesForKeys: [.fileSizeKey]))
        {
            let size = try url.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
            #expect(size <= 4096 || url.hasDirectoryPath, "\(url.lastPathComponent)")
            total += size
        }
        #expect(total < 200_000)
    }
}
