import Foundation
import TestSupport
import Testing

/// Times of syslog have neither year nor zone: the file and the configuration tell them.
@Suite(.enabled(if: Program.hasPython, Comment(rawValue: Program.needsPython)))
struct SyslogTests {
    private func lastTimes(_ lines: [String], modified: Int, options: [String] = []) throws -> [String] {
        let folder = try TemporaryFolder()
        try folder.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: "mail.log")
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: Double(modified))], ofItemAtPath: folder.path("mail.log"))
        try folder.write(Array("timezone: Europe/Paris\n".utf8), to: "t.yaml")
        let store = try ReplayedStore(["--config", folder.path("t.yaml"), folder.path("mail.log")] + options)
        #expect(store.status == 0, "\(store.errors)")
        return try store.column(
            "SELECT datetime(min(published_at), 'unixepoch'), datetime(max(published_at), 'unixepoch') FROM v1_items")
            + store.column("SELECT datetime(last_event_time, 'unixepoch') FROM v1_sources")
    }

    private func removed(_ time: String) -> String { "\(time) mx1 postfix/qmgr[7]: 4F1A2B3C4D: removed" }

    @Test(arguments: [[], ["--sort"]])
    func `A log goes from December into January, in the zone of the configuration`(options: [String]) throws {
        let lines = ["Nov  2 09:15:00", "Dec 31 23:59:59", "Jan  1 00:00:01", "Feb 28 12:00:00"].map(removed)
        // 1 March 2026.
        let times = try lastTimes(lines, modified: 1_772_355_600, options: options)
        #expect(times.last == "2026-02-28 11:00:00")
    }

    @Test func `The first time lies in the year before the file was last written`() throws {
        // Written on 28 December 2026: its January is that of the same year.
        let times = try lastTimes([removed("Jan  1 06:00:00")], modified: 1_798_500_000)
        #expect(times.last == "2026-01-01 05:00:00")
        // Written on 2 January: its December is that of the year before.
        #expect(try lastTimes([removed("Dec 31 06:00:00")], modified: 1_767_351_600).last == "2025-12-31 05:00:00")
    }
}
