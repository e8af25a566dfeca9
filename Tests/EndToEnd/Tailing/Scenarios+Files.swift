extension Scenario {
    /// S22 to S28: names, inodes and bytes.
    static let files: [Scenario] = [
        Scenario("S22", "a link moves from one log to the next") {
            [
                .append("data/a", 20), .link("logs/current", to: "data/a"), .settle, .append("data/a", 10), .settle,
                .append("data/b", 20), .link("logs/current", to: "data/b"), .settle, .append("data/b", 10), .settle,
            ]
        }.with { $0.isReplayed = false },
        Scenario("S22a", "the target of a link is rotated") {
            [
                .append("data/a", 20), .link("logs/current", to: "data/a"), .settle, .rename("data/a", "data/a.1"),
                .append("data/a", 20), .settle, .append("data/a", 10), .settle,
            ]
        }.with { $0.isReplayed = false },
        Scenario("S22b", "a link and its target are both followed") {
            [
                .append("data/a", 20), .link("logs/current", to: "data/a"), .settle, .append("data/a", 30),
                .append("data/b", 20), .link("logs/current", to: "data/b"), .append("data/a", 5), .settle,
            ]
        }.with { $0.sources = ["logs", "data"] },
        Scenario("S23", "unlinked while it is read, and still written") {
            [
                .openWriter("w", path: "logs/a"), .write("w", 40), .settle, .remove("logs/a"),
                .write("w", 30, isSeenOnlyByOpenReaders: true),
                .settle, .write("w", 10, isSeenOnlyByOpenReaders: true), .settle, .closeWriter("w"),
                .append("logs/b", 5), .settle, .released,
            ]
        }.with { $0.isReplayed = false },
        // Once its time without a name was counted from its last line, and it was closed at once.
        Scenario("S23a", "unlinked after long quiet, and still written") {
            [
                .openWriter("w", path: "logs/a"), .write("w", 40), .settle, .program(["sleep", "11"]),
                .remove("logs/a"),
                .program(["sleep", "2"]), .write("w", 30, isSeenOnlyByOpenReaders: true), .settle, .closeWriter("w"),
                .append("logs/b", 5), .settle, .released,
            ]
        }.with { $0.isReplayed = false },
        Scenario("S24", "a new file takes the inode") {
            [
                .append("logs/a", 20), .settle, .remove("logs/a"), .append("logs/a", 20), .settle,
                .remove("logs/a"), .append("logs/b", 35), .settle,
            ]
        }.with { $0.isReplayed = false },
        Scenario("S24a", "a new file takes the inode and grows beyond the old place") {
            [
                .append("logs/a", 20), .settle, .remove("logs/a"), .append("logs/a", 10), .append("logs/a", 10),
                .append("logs/a", 10), .settle,
            ]
        }.with { $0.isReplayed = false },
        Scenario("S25", "two logs have the same first 64 KiB") {
            [.noise("logs/a", 750), .append("logs/a", 20), .noise("logs/b", 750), .append("logs/b", 20), .settle]
        },
        Scenario("S25a", "they come later to differ in what was not read") {
            [
                .noise("logs/a", 750), .append("logs/a", 20), .settle, .noise("logs/b", 750), .append("logs/b", 20),
                .append("logs/a", 5), .append("logs/b", 5), .settle,
            ]
        },
        Scenario("S25c", "the first has nothing of its own when the second is there") {
            [
                .noise("logs/a", 750), .settle, .noise("logs/b", 750), .append("logs/b", 20), .hold(0.5),
                .append("logs/a", 20), .settle,
            ]
        },
        Scenario("S25b", "the second is an archive") {
            [
                .noise("logs/a", 750), .append("logs/a", 20), .settle, .noise("data/b", 750), .append("data/b", 20),
                .pack("data/b", "logs/b.gz", .gzip), .settle,
            ]
        },
        Scenario("S26", "files of 0 and 1 bytes, and tiny ones") {
            [
                .raw("logs/empty", []), .raw("logs/end", [0x0A]), .raw("logs/a", Array("{".utf8)),
                .raw("logs/b", Array("{".utf8)), .append("logs/tiny", 1), .settle,
            ]
        }.with { $0.isReplayed = false },
        Scenario("S26a", "tiny files grow and come to differ") {
            [
                .half("logs/a"), .half("logs/b"), .half("logs/c"), .hold(0.4), .rest("logs/a"), .rest("logs/b"),
                .rest("logs/c"), .append("logs/a", 3), .append("logs/b", 4), .settle,
            ]
        },
        Scenario("S27", "a byte order mark") {
            [.encoded("logs/a", 20, .byteOrderMark), .settle, .append("logs/a", 5), .settle]
        },
        Scenario("S27a", "CR and LF") {
            [.encoded("logs/a", 20, .returnAndNewline), .settle, .append("logs/a", 5), .settle]
        },
        Scenario("S27b", "CR alone") { [.encoded("logs/a", 20, .returnOnly), .append("logs/a", 5), .settle] },
        Scenario("S27c", "UTF-16, low byte first") { [.encoded("logs/a", 20, .utf16Little), .settle] },
        Scenario("S27d", "UTF-16, high byte first") { [.encoded("logs/a", 20, .utf16Big), .settle] },
        Scenario("S27e", "bytes that are no UTF-8") {
            [.append("logs/a", 5), .encoded("logs/a", 6, .invalidUTF8), .append("logs/a", 5), .settle]
        },
        Scenario("S28", "a writer goes on at its old place after a cut") {
            [
                .openWriter("w", path: "logs/a"), .write("w", 60), .settle, .copy("logs/a", "logs/a.1"),
                .truncate("logs/a"), .write("w", 10), .settle, .write("w", 5), .settle, .closeWriter("w"),
            ]
        },
        Scenario("S28a", "a NUL inside a line") {
            [.append("logs/a", 5), .encoded("logs/a", 4, .rawNUL), .append("logs/a", 5), .settle]
        },
    ]

    /// S29 to S33: size, rights, the store, and names that mislead.
    static let limits: [Scenario] = [
        Scenario("S29", "a line of 10 MB between two others") {
            [
                .append("logs/a", 5), .raw("logs/a", long + [0x0A]), .append("logs/a", 5), .rejects(1), .settle,
                .peakBelow(200 << 20),
            ]
        },
        Scenario("S29a", "10 MB without an end") {
            [
                .append("logs/a", 5), .raw("logs/a", long), .append("logs/b", 5), .mayReject(1), .settle,
                .peakBelow(200 << 20),
            ]
        }.with { $0.isReplayed = false },
        Scenario("S30", "the right to read is taken away and given back") {
            [
                .append("logs/a", 20), .settle, .mode("logs/a", 0), .append("logs/a", 20), .append("logs/b", 5),
                .hold(0.6), .mode("logs/a", 0o644), .settle, .append("logs/a", 5), .settle,
            ]
        }.with {
            $0.isUnprivileged = true
            $0.needs = [.root]
        },
        Scenario("S30a", "the folder goes and comes again") {
            [
                .append("logs/a", 20), .settle, .removeFolder("logs"), .hold(0.4), .append("logs/a", 20), .settle,
                .append("logs/a", 5), .settle,
            ]
        }.with { $0.isReplayed = false },
        Scenario("S30b", "the folder is moved away, grows and comes back") {
            [
                .append("logs/a", 20), .settle, .rename("logs", "away"), .append("away/a", 10), .hold(0.4),
                .append("away/a", 10), .rename("away", "logs"), .settle, .append("logs/a", 5), .settle,
            ]
        },
        Scenario("S31", "many files at once, few descriptors") {
            [
                .writeMany(folder: "in/x", files: 600, lines: 2, nil), .rename("in/x", "logs/x"),
                .writeMany(folder: "in/y", files: 600, lines: 2, .gzip), .rename("in/y", "logs/y"), .settleWithin(60),
                .append("logs/x/3.log", 5), .settle, .peakBelow(400 << 20),
            ]
        }.with { $0.descriptorLimit = 256 },
        Scenario("S31a", "10,000 files and 20,000 archives") {
            [
                .writeMany(folder: "in/x", files: 10_000, lines: 1, nil), .rename("in/x", "logs/x"),
                .settleWithin(300), .writeMany(folder: "in/y", files: 20_000, lines: 1, .gzip),
                .rename("in/y", "logs/y"), .settleWithin(300), .append("logs/x/3.log", 5), .settleWithin(60),
                .peakBelow(600 << 20),
            ]
        }.with {
            $0.descriptorLimit = 256
            $0.needs = [.heavy]
        },
        Scenario("S32", "the disk of the store is full for a while") {
            [
                .append("logs/a", 20), .settle, .fillStore, .append("logs/a", 6000), .hold(1.5), .append("logs/a", 20),
                .freeStore, .settleWithin(30),
            ]
        }.with {
            $0.hasSmallDisk = true
            $0.needs = [.root]
        },
        Scenario("S32a", "the store is locked for a while") {
            [
                .append("logs/a", 20), .settle, .lockStore, .append("logs/a", 300), .hold(1), .append("logs/a", 20),
                .unlockStore, .settleWithin(30),
            ]
        }.with { $0.modes = [.live] },
        Scenario("S32b", "event times an hour back, a day ahead") {
            [
                .append("logs/a", 20), .settle, .clock(-1), .append("logs/a", 20), .settle, .clock(26),
                .append("logs/a", 20), .settle, .clock(-24), .append("logs/a", 5), .append("logs/b", 5), .settle,
            ]
        },
        Scenario("S32c", "clocks change in the configured zone") {
            // From 2 March 09:00 UTC to 29 March 00:00, an hour before they change in Berlin.
            [.append("logs/a", 20), .settle, .clock(26 * 24 + 15), .append("logs/a", 5), .settle]
                + (0..<4).flatMap { _ in [Step.clock(1), .append("logs/a", 5)] } + [.settle]
        }.with { $0.configuration = "timezone: Europe/Berlin\n" },
        Scenario("S33", "gzip -c of a file that goes on growing") {
            [
                .append("logs/a", 60), .pack("logs/a", "logs/a.gz", .gzip), .settle, .append("logs/a", 40), .settle,
                .append("logs/a", 40), .settle, .hold(0.5),
            ]
        },
        Scenario("S33a", "hard links, the first name goes") {
            [
                .append("logs/a", 20), .hardLink("logs/a", "logs/b"), .settle, .append("logs/b", 10), .settle,
                .remove("logs/a"), .append("logs/b", 10), .settle,
            ]
        },
        Scenario("S33b", "a FIFO and a folder are named .gz") {
            [
                .fifo("logs/pipe.gz"), .makeFolder("logs/folder.gz"), .append("logs/a", 10),
                .append("logs/folder.gz/b", 10), .settle,
            ]
        },
        Scenario("S33c", "replaced by a longer file with the same head") {
            [
                .append("logs/a", 60), .settle, .copy("logs/a", "in/a"), .append("in/a", 40), .rename("in/a", "logs/a"),
                .settle, .append("logs/a", 5), .settle,
            ]
        },
        Scenario("S33d", "copied under another name, then the first goes") {
            [
                .append("logs/a", 60), .settle, .copy("logs/a", "logs/b"), .hold(0.4), .remove("logs/a"), .hold(0.4),
                .append("logs/b", 10), .settle,
            ]
        },
        Scenario("S33e", "a part of a log is read before the whole of it is there") {
            [
                .append("in/a", 60), .copy("in/a", "logs/b"), .settle, .append("in/a", 40), .rename("in/a", "logs/a"),
                .settle, .program(["cp", "logs/a", "logs/b"]), .append("logs/a", 5), .settle, .remove("logs/b"),
                .append("logs/a", 5), .settle,
            ]
        },
    ]

    private static let long = [UInt8](repeating: 0x78, count: 10 << 20)
}
