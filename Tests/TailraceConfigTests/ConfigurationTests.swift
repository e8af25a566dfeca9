import TailraceConfig
import TailracePipeline
import Testing

struct ConfigurationTests {
    @Test(arguments: ["", "# nothing but a comment\n", "---\n", "stages:\n", "sources: []\nrules: {}\n"])
    func `a file that declares nothing gives every default`(text: String) throws {
        let configuration = try Configuration.parse(text: text, file: "t.yaml")
        #expect(configuration.store == "/var/lib/tailrace/tailrace.sqlite")
        #expect(configuration.sources.isEmpty)
        #expect(configuration.zone == .utc)
        #expect(configuration.workingHours == nil)
        #expect(configuration.stages.isEmpty)
        #expect(configuration.memoryBytes == 268_435_456)
        #expect(configuration.allowedLateness == .seconds(600))
        #expect(configuration.rules.isEmpty)
        #expect(configuration.receivers.isEmpty)
        #expect(configuration.privacy.titles == .keep)
        #expect(configuration.privacy.actors == .pseudonym)
        #expect(configuration.privacy.keyFile == nil)
        #expect(configuration.privacy.minimumGroup == 5)
        #expect(configuration.retention.items == .related)
        #expect(configuration.scanInterval == .seconds(1))
        #expect(configuration.definitions.map(\.name) == FormatDefinition.shipped.map(\.name))
        #expect(configuration.warnings.isEmpty)
    }

    @Test func `a stage that is only named has nothing declared`() throws {
        let configuration = try Configuration.parse(text: "stages: {dealdesk: }\n", file: "t.yaml")
        #expect(configuration.stages == ["dealdesk": Configuration.Stage()])
    }

    @Test func `every key of a full file arrives where it belongs`() throws {
        let configuration = try Configuration.parse(text: fullText, file: "/etc/tailrace/tailrace.yaml")
        #expect(configuration.file == "/etc/tailrace/tailrace.yaml")
        #expect(configuration.store == "/srv/flow.sqlite")
        #expect(
            configuration.sources == [
                .init(paths: ["/var/log/flow/*.ndjson*", "/etc/tailrace/beside/*.gz"], format: "tailrace"),
                .init(paths: ["/var/log/one.csv"]),
            ])
        #expect(configuration.zone.name == "Europe/Paris")
        #expect(configuration.workingHours?.spans.count == 5)
        #expect(configuration.memoryBytes == 1 << 30)
        #expect(configuration.allowedLateness == .zero)
        #expect(configuration.scanInterval == .milliseconds(500))
        #expect(
            configuration.rules == [
                "absorption-exceeded": .init(severity: .page),
                "after-hours": .init(severity: .off, hold: .seconds(7200)),
            ])
        #expect(
            configuration.receivers == [
                .init(name: "on-call", kind: .alertmanager, target: "http://127.0.0.1:9093"),
                .init(name: "journal", kind: .journald, target: ""),
                .init(name: "own", kind: .program, target: "/usr/local/bin/tell --loud"),
            ])
        #expect(configuration.privacy.titles == .drop)
        #expect(configuration.privacy.actors == .keep)
        #expect(configuration.privacy.keyFile == "/etc/tailrace/key")
        #expect(configuration.privacy.minimumGroup == 8)
        #expect(configuration.retention.items == .all)

        var stage = Configuration.Stage()
        stage.owner = "sales-ops-oncall"
        stage.team = "sales-ops"
        stage.kind = .review
        stage.tolerance = .seconds(86_400)
        stage.capacityPerDay = 40
        stage.effort = .seconds(2700)
        stage.backlogLimit = 120
        stage.ageLimit = .seconds(3 * 86_400)
        stage.dailyLimits = ["EUR": 100_000_000, "USD": 50_005_000]
        stage.workers = 3
        stage.isExempt = true
        #expect(configuration.stages == ["dealdesk": stage])
    }

    @Test func `a capacity an hour or a week follows the declared hours wherever they stand in the file`() throws {
        let text = """
            stages:
              a: {capacity: 5/hour}
              b: {capacity: 200/week}
              c: {capacity: 40/day}
            """
        let plain = try Configuration.parse(text: text, file: "t.yaml").stages
        #expect(plain["a"]?.capacityPerDay == 40)
        #expect(plain["b"]?.capacityPerDay == 40)
        let short = try Configuration.parse(text: text + "\nworking_hours: Mon-Thu 09:00-15:00\n", file: "t.yaml")
            .stages
        #expect(short["a"]?.capacityPerDay == 30)
        #expect(short["b"]?.capacityPerDay == 50)
        #expect(short["c"]?.capacityPerDay == 40)
    }

    @Test func `relative paths start from the folder of the file`() throws {
        let text = "store: s.sqlite\nsources: [{paths: logs}]\n"
        let deep = try Configuration.parse(text: text, file: "sub/t.yaml")
        #expect(deep.store == "sub/s.sqlite")
        #expect(deep.sources.first?.paths == ["sub/logs"])
        #expect(try Configuration.parse(text: text, file: "t.yaml").store == "s.sqlite")
    }

    @Test func `a small group is a warning and not an error`() throws {
        let configuration = try Configuration.parse(text: "privacy:\n  minimum_group: 3\n", file: "t.yaml")
        #expect(configuration.privacy.minimumGroup == 3)
        #expect(
            configuration.warnings.map(\.description) == [
                "t.yaml:2:18: warning: figures over 3 people can point at a person; 5 is the usual least"
            ])
    }

    private let fullText = """
        store: /srv/flow.sqlite
        sources:
          - paths: ["/var/log/flow/*.ndjson*", beside/*.gz]
            format: tailrace
          - paths: /var/log/one.csv
        timezone: Europe/Paris
        working_hours: Mon-Fri 09:00-17:00
        stages:
          dealdesk:
            owner: sales-ops-oncall
            team: sales-ops
            kind: review
            tolerance: 1 day
            capacity: 40/day
            effort: 45 min
            backlog_limit: 120
            age_limit: 3 days
            daily_limit: {EUR: 10000, USD: 5000.50}
            workers: 3
            exempt: true
        memory: 1GiB
        allowed_lateness: 0 s
        scan_interval: 500 ms
        rules:
          absorption-exceeded: {severity: page}
          after-hours: {severity: off, for: 2 h}
        receivers:
          - name: on-call
            alertmanager: http://127.0.0.1:9093
          - {name: journal, journald: }
          - {name: own, program: /usr/local/bin/tell --loud}
        privacy: {titles: drop, actors: keep, key_file: key, minimum_group: 8}
        retention: {items: all}
        formats: []
        """
}
