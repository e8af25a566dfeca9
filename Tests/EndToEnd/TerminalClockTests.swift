import Testing

@testable import tailrace

@Suite("The store's clock and the progress bar")
struct TerminalClockTests {
    /// Paris around 29 March 2026, when clocks went from UTC+1 to UTC+2.
    private let paris = StoreClock(days: [
        .init(start: 1_774_652_400, date: "2026-03-28", width: 86_400),
        .init(start: 1_774_738_800, date: "2026-03-29", width: 82_800),
        .init(start: 1_774_821_600, date: "2026-03-30", width: 86_400),
    ])

    @Test("Times are told as the organisation's clock showed them")
    func localTimes() {
        #expect(paris.moment(1_774_652_400) == "2026-03-28 00:00")
        #expect(paris.moment(1_774_738_800) == "2026-03-29 00:00")
        #expect(paris.moment(1_774_738_800 + 12 * 3600) == "2026-03-29 13:00")
        #expect(paris.moment(1_774_821_600) == "2026-03-30 00:00")
        #expect(paris.date(1_774_821_599) == "2026-03-29")
        #expect(paris.moment(nil) == "–")
        #expect(paris.name == "local time (UTC+1, UTC+2)")
        #expect(paris.end == 1_774_908_000)
    }

    @Test("A store without days tells UTC, and says so")
    func utc() {
        #expect(StoreClock.utc.moment(0) == "1970-01-01 00:00")
        #expect(StoreClock.utc.name == "UTC")
        #expect(StoreClock.utc.end == nil)
        #expect(StoreClock.utc.moment(.max) == "–")
    }

    @Test("Zones off the full hour have their minutes")
    func halfHours() {
        let kolkata = StoreClock(days: [.init(start: 1_767_551_400, date: "2026-01-05", width: 86_400)])
        #expect(kolkata.name == "local time (UTC+5:30)")
        #expect(kolkata.moment(1_767_551_400) == "2026-01-05 00:00")
    }

    @Test("A day with a name that is no date is passed over")
    func damagedDays() {
        let clock = StoreClock(days: [
            .init(start: 0, date: "2026-13-40", width: 86_400), .init(start: 0, date: "", width: 86_400),
            .init(start: 0, date: "2030-01-01", width: 86_400),
        ])
        #expect(clock.name == "UTC")
    }

    @Test("Nothing is drawn where nobody looks, and not for work that is over at once")
    func silentProgress() {
        let start = ContinuousClock.now
        var written: [String] = []
        var pipe = ProgressBar(Terminal(columns: 80), start: start) { written.append($0) }
        pipe.show(done: 5, of: 10, at: start + .seconds(5))
        pipe.finish()
        #expect(written.isEmpty)
        var short = ProgressBar(Terminal(columns: 80, isInteractive: true), start: start) { written.append($0) }
        short.show(done: 5, of: 10, at: start + .milliseconds(100))
        short.finish()
        #expect(written.isEmpty)
    }

    @Test("The line is drawn ten times a second at most, and taken away at the end")
    func progressIsPaced() {
        let start = ContinuousClock.now
        var written: [String] = []
        var bar = ProgressBar(Terminal(columns: 80, isInteractive: true), start: start) { written.append($0) }
        for step in 0..<1000 { bar.show(done: Int64(step), of: 1000, at: start + .milliseconds(step * 2)) }
        #expect(written.count == 16)
        bar.finish()
        bar.finish()
        #expect(written.count == 17)
        #expect(written.last == "\r\u{1B}[K")
    }

    @Test("The line says how far, how fast and how long, and fits")
    func progressLine() {
        let line = ProgressBar.line(
            done: 1_200_000_000, of: 2_400_000_000, seconds: 7.5, note: "3 files", width: 100)
        #expect(line == "   50 %  ██████████            1.2 GB of 2.4 GB  160 MB/s  8 s left  3 files")
        let unknown = ProgressBar.line(done: 1_200_000, of: nil, seconds: 0.5, note: "", width: 100)
        #expect(unknown == "  1.2 MB  2.4 MB/s")
        for width in 5...100 {
            let line = ProgressBar.line(done: 7, of: 3, seconds: 0, note: "審査部門", width: width)
            #expect(line.displayWidth <= width)
        }
    }
}
