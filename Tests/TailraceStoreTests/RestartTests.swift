import TailracePipeline
import Testing

@testable import TailraceStore

@Suite struct RestartTests {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test func onlyRowsOfWindowsThatEndLaterAreTakenUpAgainWithTheirState() throws {
        let open = [
            TallyRow(window: hour(2), stage: 0x3FFF, result: 0x3FFF, count: 1),
            TallyRow(window: day(0), stage: 0, result: 0, count: 200),
        ]
        do {
            let store = try Store(path: folder.path(), create: true)
            try store.checkpoint { checkpoint in
                try checkpoint.upsert([
                    SpanRow(window: hour(1), isClosed: true), SpanRow(window: hour(2), isClosed: false),
                    SpanRow(window: day(0), isClosed: false),
                ])
                try checkpoint.upsert([TallyRow(window: hour(1), stage: 1, result: 0, count: 9)] + open)
            }
        }
        let store = try Store(path: folder.path(), create: false)
        #expect(try store.windowRows(TallyRow.self, endingAfter: hour(1).end) == open.sorted { $0.rowID < $1.rowID })
        #expect(try store.windows(closed: false) == [day(0), hour(2)])
        #expect(try store.windows(closed: true) == [hour(1)])
    }

    @Test func theWidthOfAWindowSurvivesAChangeOfClocks() throws {
        let store = try Store(path: folder.path(), create: true)
        let short = Window(grain: .day, start: 1_774_738_800, end: 1_774_738_800 + 82_800)
        try store.checkpoint { checkpoint in
            try checkpoint.upsert([SpanRow(window: short, isClosed: false)])
            try checkpoint.upsert([TallyRow(window: short, stage: 1, result: 1, count: 1)])
        }
        #expect(try store.windowRows(TallyRow.self, endingAfter: short.end - 1).map(\.window) == [short])
    }

    @Test func anOpenRowWhoseStateIsDamagedIsNamed() throws {
        let store = try Store(path: folder.path(), create: true)
        let row = TallyRow(window: hour(0), stage: 1, result: 1, count: 1)
        try store.checkpoint { checkpoint in
            try checkpoint.upsert([SpanRow(window: hour(0), isClosed: false)])
            try checkpoint.upsert([row])
        }
        try store.connection.execute("UPDATE outcome SET state = NULL")
        let found = fault { _ = try store.windowRows(TallyRow.self, endingAfter: 0) }
        #expect(found?.kind == .damaged)
        #expect(found?.message.contains("\(row.rowID)") == true)
    }

    @Test func segmentsComeBackInTheOrderTheyWereAppended() throws {
        let store = try Store(path: folder.path(), create: true)
        let a = (0..<5).map { Segment(kind: "items", version: 1, data: [UInt8($0), 255]) }
        try store.checkpoint { checkpoint in
            for segment in a {
                try checkpoint.append(segment)
                try checkpoint.append(Segment(kind: "cases", version: 3, data: [1]))
            }
        }
        #expect(try store.segments("items") == a)
        let compact = [Segment(kind: "items", version: 2, data: [9])]
        try store.checkpoint { try $0.replaceSegments("items", with: compact) }
        #expect(try store.segments("items") == compact)
        #expect(try store.segments("cases").count == 5)
        #expect(try store.segments("none").isEmpty)
    }

    @Test(arguments: ["data = x'0203'", "version = 2", "data = x''", "checksum = 0"])
    func aSegmentThatIsNotWhatWasWrittenIsNamed(change: String) throws {
        let store = try Store(path: folder.path(), create: true)
        try store.checkpoint { try $0.append(Segment(kind: "items", version: 1, data: [2, 4])) }
        try store.connection.execute("UPDATE state_segment SET \(change)")
        let found = fault { _ = try store.segments("items") }
        #expect(found?.kind == .damaged)
        #expect(found?.message.contains("segment 1 of items") == true)
    }

    @Test func theLeaderSegmentOfAFamilyIsTheOneWhoseRangeHoldsIt() throws {
        let store = try Store(path: folder.path(), create: true)
        let segments = [
            LeaderSegment(firstFamily: 10, lastFamily: 19, data: [1]),
            LeaderSegment(firstFamily: 20, lastFamily: 20, data: [2]),
            LeaderSegment(firstFamily: 30, lastFamily: .max, data: [3]),
        ]
        try store.checkpoint { try $0.write(segments) }
        for family in [0, 9, 10, 15, 19, 20, 21, 29, 30, 31, .max] as [UInt32] {
            let expected = segments.first { ($0.firstFamily...$0.lastFamily).contains(family) }
            #expect(try store.leaderSegment(holding: family) == expected, "family \(family)")
        }
        try store.checkpoint { try $0.removeLeaderSegments(before: 20) }
        #expect(try store.leaderSegments() == Array(segments.dropFirst()))
    }

    @Test func namesSettingsAndSourcesComeBackAsTheyWere() throws {
        var source = StoredSource(id: 4, path: "/var/log/a.gz")
        source.position = 1 << 40
        source.markHash = -1
        source.prefix = [1, 0, 255]
        source.lagSeconds = 0.25
        let names: [NameRow] = [
            NameRow(kind: .team, index: 0, text: "legal"), NameRow(kind: .team, index: 7, text: "sales"),
            NameRow(kind: .result, index: 0, text: "won"), NameRow(kind: .measure, index: 1, text: "rework"),
        ]
        do {
            let store = try Store(path: folder.path(), create: true)
            try store.checkpoint { checkpoint in
                try checkpoint.upsert([source])
                try checkpoint.upsert(names)
                try checkpoint.setSetting("zone", "UTC")
                try checkpoint.setSetting("zone", "Europe/Paris")
                try checkpoint.setSetting("old", "x")
                try checkpoint.setSetting("old", nil)
            }
        }
        let store = try Store(path: folder.path(), create: false)
        #expect(try store.sources() == [source])
        #expect(try store.names(.team).map(\.text) == ["legal", "sales"])
        #expect(try store.names(.team).map(\.index) == [0, 7])
        #expect(try store.names(.measure).map(\.text) == ["rework"])
        #expect(try store.settings() == ["zone": "Europe/Paris"])
    }

    @Test func closedHoursComeFromAMomentOnInOrderOfTimeThenStage() throws {
        let store = try Store(path: folder.path(), create: true)
        let windows = [hour(0), hour(1), hour(2), hour(3), day(0)]
        var rows: [FlowRow] = []
        for window in windows {
            for stage in [2, 1] {
                var row = FlowRow(window: window, stage: stage)
                row.arrivals = window.start
                row.backlog = stage == 1 ? 10 : nil
                rows.append(row)
            }
        }
        try store.checkpoint { checkpoint in
            try checkpoint.upsert(windows.map { SpanRow(window: $0, isClosed: $0 != hour(3)) })
            try checkpoint.upsert(rows)
        }
        var found: [FlowRow] = []
        try store.forEachClosedHour(from: hour(1).start) { found.append($0) }
        #expect(found.map(\.window) == [hour(1), hour(1), hour(2), hour(2)])
        #expect(found.map(\.stage) == [1, 2, 1, 2])
        #expect(found.map(\.backlog) == [10, nil, 10, nil])
        #expect(found.map(\.arrivals) == found.map(\.window.start))
    }

    @Test func rejectionsComeBackAsTheyWere() throws {
        var rejection = StoredRejection(id: 3, source: "/var/log/a.gz", position: 99, reason: "syntax")
        rejection.count = 12
        let store = try Store(path: folder.path(), create: true)
        try store.checkpoint { try $0.upsert([rejection]) }
        #expect(try store.rejections() == [rejection])
    }

    @Test func aCheckpointLeavesWhatPeopleSaidOfAnAlert() throws {
        let store = try Store(path: folder.path(), create: true)
        var alert = StoredAlert(
            id: 1, rule: "absorption-exceeded", stage: "review", severity: .ticket, state: .firing, unit: "days of work"
        )
        try store.checkpoint { try $0.upsert([alert]) }
        try store.connection.execute("UPDATE alert SET acknowledged_by = 'kim', useful = 1")
        (alert.severity, alert.state) = (.page, .resolved)
        try store.checkpoint { try $0.upsert([alert]) }
        let table = try StoreReader(path: folder.path()).table(
            "SELECT severity, state, acknowledged_by, useful FROM v1_alerts")
        #expect(table.rows == [[.text("page"), .text("resolved"), .text("kim"), .integer(1)]])
    }
}
