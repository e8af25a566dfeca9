import Testing

@testable import TailraceConfig
@testable import TailracePipeline

@Suite struct OriginTests {
    private func origin(_ actor: String, _ agent: String = "", _ rules: OriginRules = .shipped) -> Origin {
        rules.origin(actor: Array(actor.utf8).span, agent: Array(agent.utf8).span)
    }

    @Test(arguments: [
        "renovate[bot]", "No-Reply@example.org", "svc-backup", "build@x.iam.gserviceaccount.com", "MAILER-DAEMON",
        #"NT AUTHORITY\SYSTEM"#, "HOST7$", "app@sharepoint",
    ])
    func `Names under which programs act are known`(actor: String) { #expect(origin(actor) == .automated) }

    @Test(arguments: ["kim@example.org", "Abbott", "systems-lead@example.org", "lee", "", "talbot@example.org.uk"])
    func `What people are called is left alone`(actor: String) { #expect(origin(actor) == .unknown) }

    @Test func `Programs tell what they are, and the actor goes first`() {
        #expect(origin("kim", "Mozilla/5.0 (compatible; Somebot/2.1; +https://example.org)") == .automated)
        #expect(origin("kim", "Mozilla/5.0 (X11; Linux x86_64)") == .unknown)
        #expect(origin("kim", "Microsoft 365 Copilot") == .assisted)
        #expect(origin("svc-x", "Microsoft 365 Copilot") == .automated)
    }

    @Test func `A configuration's own rules go before the shipped ones`() throws {
        let text = """
            origins:
              - {origin: human, actors: ["svc-kim"]}
              - {origin: assisted, actors: ["*+draft@*"], agents: "OurWriter *"}
            """
        let configuration = try Configuration.parse(text: text, file: "t.yaml")
        #expect(origin("svc-kim", "", configuration.originRules) == .human)
        #expect(origin("svc-lee", "", configuration.originRules) == .automated)
        #expect(origin("kim+draft@example.org", "", configuration.originRules) == .assisted)
        #expect(origin("kim", "ourwriter 2", configuration.originRules) == .assisted)
    }

    @Test(arguments: [
        ("origins:\n  - {actors: a}\n", "2:5 an origin has no \"origin\""),
        ("origins:\n  - {origin: robot, actors: a}\n", "2:14 origin cannot be \"robot\""),
        ("origins:\n  - {origin: human}\n", "2:5 an origin names no actors and no agents"),
    ])
    func `A mistake has its place`(text: String, problem: String) {
        do throws(ConfigurationFault) {
            _ = try Configuration.parse(text: text, file: "t.yaml")
        } catch {
            let found = error.problems.first.map { "\($0.line):\($0.column) \($0.message)" } ?? ""
            #expect(found.hasPrefix(problem), "\(error)")
        }
    }

    @Test func `Who makes an item tells its origin, who reads it does not`() throws {
        let format = """
            format: x
            record: json
            fields: {time: t, item: i, actor: who, agent: with, action: did, origin: o}
            constants: {stream: document}
            """
        let plan = try FormatDefinition.parse(text: format, file: "x.yaml").plan
        var settings = ScanSettings()
        settings.originRules = .shipped
        func events(_ rest: String) -> [String] {
            var scanner = RecordScanner(plan: plan, settings: settings)
            var batch = ScannedBatch()
            let line = Array("{\"t\":1,\"i\":\"d\",\(rest)}".utf8)
            _ = scanner.scan(line.span, position: 0, isFinal: true, into: &batch)
            return batch.records.map { record in
                "\(record.event.origin.name) \(record.event.actorKind.name) "
                    + String(decoding: batch.bytes(record.event.actor), as: UTF8.self)
            }
        }
        #expect(events(#""who":"svc-x","did":"create""#) == ["automated automated svc-x"])
        #expect(events(#""who":"svc-x","did":"read""#) == ["unknown automated svc-x"])
        #expect(events(#""who":"kim","did":"create","with":"Copilot""#) == ["assisted unknown kim"])
        #expect(events(#""who":"svc-x","did":"create","o":"human""#) == ["human automated svc-x"])
        #expect(events(#""did":"create""#) == ["unknown unknown "])
    }
}
