import TailraceAnalysis
import TailracePipeline
import TestSupport
import Testing

struct SourceSilenceTests {
    private static let hour: Int64 = 3600
    /// A Monday at midnight, 2026-03-02 UTC.
    private static let monday: Int64 = 1_772_409_600

    /// Weeks of a log that speaks on working days from nine to five, a few times an hour.
    private func office(weeks: Int, _ random: inout SplitMix64) -> SourceSilence {
        var silence = SourceSilence()
        for day in 0..<weeks * 7 where day % 7 < 5 {
            for hour in 9..<17 {
                for _ in 0...random.below(3) {
                    silence.note(
                        Self.monday + Int64(day) * 86_400 + Int64(hour) * Self.hour + Int64(random.below(3600)))
                }
            }
        }
        return silence
    }

    @Test func nothingIsExpectedInTheFirstThreeWeeks() {
        var random = SplitMix64(seed: 1)
        let silence = office(weeks: 2, &random)
        #expect(silence.judge(at: Self.monday + 60 * 86_400) == nil)
        #expect(SourceSilence().judge(at: Self.monday) == nil)
    }

    @Test func aWeekendIsNoSilenceAndAMissingMorningIs() {
        var random = SplitMix64(seed: 2)
        let silence = office(weeks: 6, &random)
        let nextMonday = Self.monday + 42 * 86_400
        #expect(silence.judge(at: nextMonday + 9 * Self.hour) == nil)
        #expect(silence.judge(at: nextMonday + 11 * Self.hour) == nil)
        let found = silence.judge(at: nextMonday + 12 * Self.hour)
        #expect(found?.missedHours == 3 && found?.limitHours == 3)
        #expect(found?.since == nextMonday - 2 * 86_400 - 7 * Self.hour)
    }

    @Test func aLogThatOftenPausesIsGivenTwiceItsWorstPause() {
        var silence = SourceSilence()
        // Every hour, but for a pause of four hours each Wednesday of another hour.
        for hour in 0..<(6 * 168) where !(hour % 168 / 24 == 2 && (hour % 24) / 4 == hour / 168) {
            silence.note(Self.monday + Int64(hour) * Self.hour)
        }
        let end = Self.monday + 6 * 168 * Self.hour
        #expect(silence.judge(at: end + 7 * Self.hour) == nil)
        #expect(silence.judge(at: end + 8 * Self.hour)?.limitHours == 8)
    }

    @Test func aSilenceEndsWithTheNextEvent() {
        var random = SplitMix64(seed: 3)
        var silence = office(weeks: 6, &random)
        let tuesday = Self.monday + 43 * 86_400 + 10 * Self.hour
        #expect(silence.judge(at: tuesday) != nil)
        silence.note(tuesday)
        #expect(silence.judge(at: tuesday + Self.hour) == nil)
    }

    @Test func stateComesBackAsItWas() throws {
        let seed = UInt64.random(in: 0...99_999)
        var random = SplitMix64(seed: seed)
        var whole = SourceSilence()
        var parts = SourceSilence()
        var time = Self.monday
        for _ in 0..<2000 {
            time += Int64(random.below(random.oneIn(20) ? 400_000 : 4000)) - 500
            whole.note(time)
            parts.note(time)
            if random.oneIn(10) {
                var writer = ByteWriter()
                parts.write(to: &writer)
                var reader = ByteReader(writer.bytes)
                parts = try SourceSilence(from: &reader)
            }
        }
        #expect(whole == parts, "seed \(seed)")
    }
}
