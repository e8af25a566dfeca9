import TestSupport

extension Scenario {
    /// What the daemon calls an archive that stays unfinished.
    private static let unfinished = TailRun.knowsTruncatedAfter ? ["truncated"] : ["waiting", "truncated"]

    /// S11 to S15, S20, S21: archives that grow.
    static let archives: [Scenario] = [
        Scenario("S11", "two members in one file") {
            [.member("logs/a.gz", 60, .gzip), .member("logs/a.gz", 40, .gzip), .settle]
        },
        Scenario("S11a", "many small members, an empty one among them") {
            (0..<12).map { .member("logs/a.gz", $0 == 5 ? 0 : 3, .gzip) } + [.settle]
        },
        Scenario("S12", "a member is appended to an archive that was read") {
            [.member("logs/a.gz", 60, .gzip), .settle, .member("logs/a.gz", 30, .gzip), .settle]
        },
        Scenario("S13", "a member with a flush every 50 lines, its end last") {
            [.prepare("logs/a.gz", .gzip, lines: 230, every: 50)]
                + (1...4).flatMap { [Step.deliver("logs/a.gz", .flushes($0)), .settle] }
                + [.deliver("logs/a.gz", .all), .settle]
        },
        Scenario("S13a", "the same with zstd") {
            [.prepare("logs/a.zst", .zstd, lines: 230, every: 50)]
                + (1...4).flatMap { [Step.deliver("logs/a.zst", .flushes($0)), .settle] }
                + [.deliver("logs/a.zst", .all), .settle]
        },
        Scenario("S14", "gzip arrives in pieces") { pieces("logs/a.gz", .gzip) },
        Scenario("S14a", "zstd arrives in pieces") { pieces("logs/a.zst", .zstd) },
        Scenario("S14b", "pieces with seconds between them") {
            [
                .prepare("logs/a.gz", .gzip, lines: 300, every: 0), .deliver("logs/a.gz", .fraction(0.4)), .hold(2.2),
                .deliver("logs/a.gz", .fraction(0.8)), .hold(2.2), .deliver("logs/a.gz", .all), .settle,
                .state("logs/a.gz", ["ok"]),
            ]
        },
        Scenario("S16", "a gzip that never ends") {
            [
                .prepare("logs/a.gz", .gzip, lines: 150, every: 50), .deliver("logs/a.gz", .flushes(2)), .settle,
                .append("logs/b", 20), .settle, .state("logs/a.gz", unfinished),
            ]
        },
        Scenario("S16a", "and then ends after all") {
            [
                .prepare("logs/a.gz", .gzip, lines: 150, every: 50), .deliver("logs/a.gz", .flushes(2)), .settle,
                .state("logs/a.gz", unfinished), .deliver("logs/a.gz", .all), .settle, .state("logs/a.gz", ["ok"]),
            ]
        },
        Scenario("S16b", "it goes on, and another member follows, while the daemon gets no time") {
            [
                .prepare("logs/a.gz", .gzip, lines: 60, every: 10), .deliver("logs/a.gz", .flushes(1)), .settle,
                .freeze, .hold(1.6), .deliver("logs/a.gz", .all), .member("logs/a.gz", 20, .gzip), .thaw, .settle,
                .state("logs/a.gz", ["ok"]),
            ]
        }.with { $0.modes = [.live] },
        Scenario("S16d", "it goes on, and another member follows, while the store has no room") {
            [
                .prepare("logs/a.gz", .gzip, lines: 60, every: 10), .deliver("logs/a.gz", .flushes(1)), .settle,
                .fillStore, .append("logs/b", 6000), .hold(0.3), .deliver("logs/a.gz", .flushes(2)), .hold(1.3),
                .deliver("logs/a.gz", .all), .member("logs/a.gz", 20, .gzip), .freeStore, .settleWithin(30),
                .state("logs/a.gz", ["ok"]),
            ]
        }.with {
            $0.hasSmallDisk = true
            $0.needs = [.root]
            $0.modes = [.live, .kill]
        },
        Scenario("S16c", "it stays unfinished, and another member follows") {
            [
                .prepare("logs/a.gz", .gzip, lines: 60, every: 10), .deliver("logs/a.gz", .flushes(3)), .settle,
                .hold(2), .abandon("logs/a.gz"), .member("logs/a.gz", 20, .gzip), .settleWithin(30),
                .state("logs/a.gz", ["corrupt"]),
            ]
        },
        Scenario("S20", "gzip named .log, plain text named .gz") {
            [
                .member("logs/a.log", 40, .gzip), .append("logs/b.gz", 40), .settle, .member("logs/a.log", 10, .gzip),
                .append("logs/b.gz", 10), .settle,
            ]
        },
        Scenario("S21", "zstd frames are appended, one that is skipped among them") {
            [
                .member("logs/a.zst", 40, .zstd), .settle, .raw("logs/a.zst", Packing.skippableFrame([1, 2, 3])),
                .member("logs/a.zst", 40, .zstd), .settle, .member("logs/a.zst", 0, .zstd),
                .member("logs/a.zst", 5, .zstd), .settle,
            ]
        },
        Scenario("S21a", "a flushed block in an open frame, then another frame") {
            [
                .member("logs/a.zst", 40, .zstd), .prepare("logs/a.zst", .zstd, lines: 90, every: 30),
                .deliver("logs/a.zst", .flushes(1)), .settle, .deliver("logs/a.zst", .all), .settle,
                .member("logs/a.zst", 40, .zstd), .settle,
            ]
        },
    ]

    private static func pieces(_ path: String, _ packed: Step.Packed) -> [Step] {
        let ends: [Step.Piece] = [.bytes(5), .fraction(0.3), .allBut(20), .allBut(8), .allBut(3), .all]
        return [.prepare(path, packed, lines: 300, every: 0)]
            + ends.flatMap { [Step.deliver(path, $0), .hold(0.25)] } + [.settle, .state(path, ["ok"])]
    }

    /// S17 to S19: archives that are not what they should be.
    static let damage: [Scenario] = [
        Scenario("S17", "a byte is wrong inside deflate data") {
            [
                .prepare("logs/a.gz", .gzip, lines: 200, every: 50), .damage("logs/a.gz", piece: 2),
                .deliver("logs/a.gz", .all), .member("logs/a.gz", 40, .gzip), .append("logs/b", 10), .settle,
                .state("logs/a.gz", ["corrupt"]), .alert("source-corrupt"),
            ]
        },
        Scenario("S17a", "the wrong byte comes later, before the next member") {
            [
                .prepare("logs/a.gz", .gzip, lines: 200, every: 50), .damage("logs/a.gz", piece: 2),
                .deliver("logs/a.gz", .flushes(2)), .settle, .deliver("logs/a.gz", .all), .hold(0.3),
                .member("logs/a.gz", 40, .gzip), .settleWithin(30), .state("logs/a.gz", ["corrupt"]),
            ]
        },
        Scenario("S17b", "a byte is wrong inside a zstd frame") {
            [
                .prepare("logs/a.zst", .zstd, lines: 200, every: 50), .damage("logs/a.zst", piece: 2),
                .deliver("logs/a.zst", .all), .member("logs/a.zst", 40, .zstd), .settle,
                .state("logs/a.zst", ["corrupt"]), .alert("source-corrupt"),
            ]
        },
        Scenario("S17c", "a byte changes on the disk after everything was read") {
            [.member("logs/a.gz", 60, .gzip), .settle, .flip("logs/a.gz", 0.5), .hold(0.6), .settle]
        }.with { $0.isReplayed = false },
        Scenario("S17d", "a byte changes in a copy, then the original goes") {
            [
                .append("logs/a", 60), .settle, .pack("logs/a", "logs/b.gz", .gzip), .state("logs/b.gz", ["ok"]),
                .flip("logs/b.gz", 0.5), .hold(0.6), .settle, .remove("logs/a"), .append("logs/c", 5), .hold(0.6),
                .settle,
            ]
        }.with { $0.isReplayed = false },
        Scenario("S18", "a wrong CRC over whole data") { wrongTrailer(.checksum) },
        Scenario("S18a", "a wrong size over whole data") { wrongTrailer(.size) },
        Scenario("S19", "zeros behind the last member") {
            [.member("logs/a.gz", 40, .gzip), .raw("logs/a.gz", [UInt8](repeating: 0, count: 1000)), .settle]
        },
        Scenario("S19a", "garbage behind the last member") {
            [.member("logs/a.gz", 40, .gzip), .raw("logs/a.gz", Array("this is no archive".utf8)), .settle]
        },
        Scenario("S19b", "zeros, then another member") {
            [
                .member("logs/a.gz", 40, .gzip), .raw("logs/a.gz", [UInt8](repeating: 0, count: 512)), .settle,
                .member("logs/a.gz", 20, .gzip), .settle,
            ]
        },
    ]

    private static func wrongTrailer(_ trailer: Step.Trailer) -> [Step] {
        [
            .prepare("logs/a.gz", .gzip, lines: 60, every: 0), .damageTrailer("logs/a.gz", trailer),
            .deliver("logs/a.gz", .all), .settle, .state("logs/a.gz", ["corrupt"]), .alert("source-corrupt"),
            .member("logs/a.gz", 20, .gzip), .settle,
        ]
    }
}
