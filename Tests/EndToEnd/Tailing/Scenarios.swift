extension Scenario {
    /// All of `ingest.md`, with variants.
    static let all: [Scenario] = writing + rotation + archives + damage + files + limits

    /// S1 to S6: one file, written and cut short.
    private static let writing: [Scenario] = [
        Scenario("S1", "an empty file gets lines") { [.raw("logs/a", []), .hold(0.3), .append("logs/a", 3), .settle] },
        Scenario("S2", "a line comes in two parts") {
            [.append("logs/a", 5), .half("logs/a"), .hold(0.4), .rest("logs/a"), .settle]
        },
        Scenario("S2a", "seconds lie between the parts") {
            [.append("logs/a", 5), .half("logs/a"), .hold(2.6), .rest("logs/a"), .append("logs/a", 2), .settle]
        },
        Scenario("S2b", "only the line end is late") {
            [.append("logs/a", 2), .unended("logs/a"), .hold(2.4), .rest("logs/a"), .append("logs/a", 4), .settle]
        },
        Scenario("S2c", "the first bytes of a file are half a line") {
            [.half("logs/a"), .hold(0.3), .rest("logs/a"), .append("logs/a", 3), .settle]
        },
        Scenario("S3", "the last line has no end, and the file is renamed") {
            [
                .append("logs/a", 3), .unended("logs/a"), .settle, .rename("logs/a", "logs/a.1"), .append("logs/a", 3),
                .settle, .hold(2),
            ]
        },
        Scenario("S3a", "half a line is the end of a file that is renamed") {
            [
                .append("logs/a", 3), .raw("logs/a", Array("{\"time\":17724".utf8)), .settle,
                .rename("logs/a", "logs/a.1"), .append("logs/a", 3), .rejects(1), .settleWithin(80),
            ]
        },
        Scenario("S3b", "the last line of a new log has no end") {
            [.unended("logs/a"), .settle, .rest("logs/a"), .append("logs/a", 3), .settle]
        },
        Scenario("S4", "renamed, and both files are written") {
            [
                .append("logs/a", 20), .settle, .rename("logs/a", "logs/a.1"), .append("logs/a", 10),
                .append("logs/a.1", 10), .settle,
            ]
        },
        Scenario("S4a", "renamed at once, before it is read") {
            [
                .append("logs/a", 2000), .rename("logs/a", "logs/a.1"), .append("logs/a", 10),
                .append("logs/a.1", 10), .settle,
            ]
        },
        Scenario("S5", "copied, then cut short") {
            [
                .append("logs/a", 30), .settle, .copy("logs/a", "logs/a.1"), .truncate("logs/a"),
                .append("logs/a", 10), .settle, .append("logs/a", 40), .settle,
            ]
        },
        Scenario("S5a", "copied and cut short with an unread tail") {
            [
                .append("logs/a", 300), .settle, .append("logs/a", 900), .copy("logs/a", "logs/a.1"),
                .truncate("logs/a"), .append("logs/a", 10), .settle, .append("logs/a", 20), .settle,
            ]
        },
        Scenario("S5b", "copied and cut short before anything is read") {
            [
                .append("logs/a", 900), .copy("logs/a", "logs/a.1"), .truncate("logs/a"), .append("logs/a", 10),
                .settle,
            ]
        },
        Scenario("S5c", "copied and cut short three times, the copies moved on") {
            [
                .append("logs/a", 30), .settle, .copy("logs/a", "logs/a.1"), .truncate("logs/a"),
                .append("logs/a", 35), .settle, .rename("logs/a.1", "logs/a.2"), .copy("logs/a", "logs/a.1"),
                .truncate("logs/a"), .append("logs/a", 25), .settle, .rename("logs/a.2", "logs/a.3"),
                .rename("logs/a.1", "logs/a.2"), .copy("logs/a", "logs/a.1"), .truncate("logs/a"),
                .append("logs/a", 30), .settle,
            ]
        },
        Scenario("S6", "written anew to the same size") {
            [.append("logs/a", 40), .settle, .rewrite("logs/a", 40), .settle]
        }.with { $0.isReplayed = false },
        Scenario("S6a", "written anew and longer") {
            [.append("logs/a", 40), .settle, .rewrite("logs/a", 70), .settle, .append("logs/a", 5), .settle]
        }.with { $0.isReplayed = false },
        Scenario("S6b", "written anew and shorter") {
            [.append("logs/a", 40), .settle, .rewrite("logs/a", 7), .settle, .append("logs/a", 5), .settle]
        }.with { $0.isReplayed = false },
    ]

    /// S7 to S10: rotation that compresses.
    private static let rotation: [Scenario] = [
        Scenario("S7", "renamed with an unread tail, then gzip") {
            [
                .append("logs/a", 200), .settle, .append("logs/a", 1500), .rename("logs/a", "logs/a.1"),
                .program(["gzip", "logs/a.1"]), .append("logs/a", 50), .settle,
            ]
        },
        Scenario("S7a", "gzip later, after the new file has lines") {
            [
                .append("logs/a", 200), .settle, .append("logs/a", 300), .rename("logs/a", "logs/a.1"),
                .append("logs/a", 50), .settle, .program(["gzip", "logs/a.1"]), .append("logs/a", 20), .settle,
            ]
        },
        Scenario("S7b", "gzip works slowly, beside the original") {
            [
                .append("logs/a", 300), .settle, .append("logs/a", 300), .rename("logs/a", "logs/a.1"),
                .append("logs/a", 20), .preparePacking(of: "logs/a.1", "logs/a.1.gz", .gzip),
                .deliver("logs/a.1.gz", .bytes(5)), .hold(0.2), .deliver("logs/a.1.gz", .fraction(0.5)), .hold(0.3),
                .deliver("logs/a.1.gz", .allBut(4)), .hold(0.2), .deliver("logs/a.1.gz", .all), .remove("logs/a.1"),
                .append("logs/a", 20), .settle,
            ]
        },
        Scenario("S7c", "the original stays beside its archive") {
            [
                .append("logs/a", 300), .rename("logs/a", "logs/a.1"), .pack("logs/a.1", "logs/a.1.gz", .gzip),
                .append("logs/a", 20), .settle, .hold(0.5), .remove("logs/a.1"), .hold(0.5), .settle,
            ]
        },
        Scenario("S7d", "gzip of a file that nobody has read") {
            [.append("logs/a", 700), .program(["gzip", "logs/a"]), .append("logs/a", 30), .settle]
        },
        Scenario("S7e", "an archive is half written beside its original when the daemon starts") {
            [
                .append("logs/a", 60), .rename("logs/a", "logs/a.1"), .append("logs/a", 20), .settle,
                .append("logs/a.1", 15), .preparePacking(of: "logs/a.1", "logs/a.1.gz", .gzip),
                .deliver("logs/a.1.gz", .bytes(3)), .hold(0.1), .kill, .restart,
                .deliver("logs/a.1.gz", .fraction(0.3)), .hold(0.2), .kill, .append("logs/a", 5), .settle,
                .completePacking(of: "logs/a.1", "logs/a.1.gz"), .append("logs/a", 5), .settle,
            ]
        },
        Scenario("S8", "rotation with gzip while nobody runs") {
            [
                .append("logs/a", 200), .settle, .stop, .append("logs/a", 700), .rename("logs/a", "logs/a.1"),
                .program(["gzip", "logs/a.1"]), .append("logs/a", 50), .start, .settle,
            ]
        }.with { $0.modes = [.live, .kill] },
        Scenario("S8a", "two rotations while nobody runs") {
            [
                .append("logs/a", 200), .settle, .stop, .append("logs/a", 300), .rename("logs/a", "logs/a.1"),
                .program(["gzip", "logs/a.1"]), .append("logs/a", 50), .rename("logs/a.1.gz", "logs/a.2.gz"),
                .rename("logs/a", "logs/a.1"), .program(["gzip", "logs/a.1"]), .append("logs/a", 60), .start, .settle,
            ]
        }.with { $0.modes = [.live, .kill] },
        Scenario("S8b", "rotation while the daemon starts") { duringStarts { [.rename("logs/a", "logs/a.\($0)")] } }
            .with { $0.modes = [.live, .kill] },
        Scenario("S8c", "copied and cut short while the daemon starts") {
            duringStarts { [.copyTruncate("logs/a", "logs/a.\($0)")] }
        }.with { $0.modes = [.live, .kill] },
        Scenario("S8d", "rotation with gzip while the daemon starts") {
            duringStarts { [.rename("logs/a", "logs/a.\($0)"), .program(["gzip", "logs/a.\($0)"])] }
        }.with { $0.modes = [.live, .kill] },
        Scenario("S9", "archives move on, a new one comes") {
            [
                .append("logs/a", 100), .settle, .append("logs/a", 100), .rename("logs/a", "logs/a.1"),
                .program(["gzip", "logs/a.1"]), .append("logs/a", 50), .settle, .rename("logs/a.1.gz", "logs/a.2.gz"),
                .rename("logs/a", "logs/a.1"), .append("logs/a", 10), .program(["gzip", "logs/a.1"]), .settle,
            ]
        },
        Scenario("S9a", "five generations") {
            (0..<5).flatMap { turn -> [Step] in
                let older = stride(from: turn, to: 0, by: -1).map {
                    Step.rename("logs/a.\($0).gz", "logs/a.\($0 + 1).gz")
                }
                return [.append("logs/a", 40)] + older
                    + [.rename("logs/a", "logs/a.1"), .append("logs/a", 3), .program(["gzip", "logs/a.1"])]
            } + [.settle]
        },
        Scenario("S10", "rotation with zstd") {
            [
                .append("logs/a", 200), .settle, .append("logs/a", 700), .rename("logs/a", "logs/a.1"),
                .program(["zstd", "-q", "--rm", "logs/a.1"]), .append("logs/a", 50), .settle,
            ]
        }.with { $0.needs = [.zstdProgram] },
        Scenario("S10a", "a .gz is packed again as .zst") {
            [
                .append("logs/a", 300), .rename("logs/a", "logs/a.1"), .program(["gzip", "logs/a.1"]),
                .append("logs/a", 20), .settle, .program(["gzip", "-dk", "logs/a.1.gz"]),
                .program(["zstd", "-q", "--rm", "logs/a.1"]), .remove("logs/a.1.gz"), .append("logs/a", 20), .settle,
            ]
        }.with { $0.needs = [.zstdProgram] },
        Scenario("S10b", "packed again before it is read") {
            [
                .append("logs/a", 900), .rename("logs/a", "logs/a.1"), .pack("logs/a.1", "logs/a.1.zst", .zstd),
                .remove("logs/a.1"), .append("logs/a", 20), .settle,
            ]
        },
    ]
    /// Eight starts with much to read; at another moment of each, the log is rotated.
    private static func duringStarts(_ rotate: (Int) -> [Step]) -> [Step] {
        (1...8).flatMap { turn -> [Step] in
            [.stop, .append("logs/a", 500), .append("logs/b\(turn)", 200), .start, .hold(0.004 * Double(turn))]
                + rotate(turn) + [.append("logs/a", 20), .settle]
        }
    }
}
