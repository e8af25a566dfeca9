import TailracePipeline
import Testing

@testable import TailraceConfig

struct FormatDefinitionTests {
    @Test func `every key of a definition arrives in its plan`() throws {
        let definition = try FormatDefinition.parse(text: fullText, file: "desk.yaml")
        #expect(definition.name == "desk-export")
        #expect(definition.description == "Tickets of the desk.")
        #expect(definition.file == "desk.yaml")
        let plan = definition.plan
        #expect(plan.kind == .csv(separator: UInt8(ascii: ";")))
        #expect(plan.isOrdered)
        #expect(plan.zone?.name == "Europe/Berlin")
        #expect(plan.timeFormats == ["%d/%m/%Y %H:%M", "%b %e"])
        #expect(plan.itemFrom == [.workCase, .stage])
        #expect(plan.bindings.map(\.field) == [.time, .workCase, .stage, .action, .stream])
        #expect(plan.bindings[0].names == ["when"])
        #expect(plan.bindings[1].names == ["ticket", "number"])
        let action = plan.bindings[3]
        #expect(action.names == ["status"])
        #expect(action.map == ["New": "schedule", "Closed": "complete"])
        #expect(action.fallback == "start")
        #expect(action.absent == ["?", "NULL"])
        #expect(plan.bindings[4].names.isEmpty && plan.bindings[4].fallback == "ticket")
        #expect(definition.required == [["when"], ["ticket", "number"], ["category#2"]])
        #expect(
            definition.samples == [
                .init(
                    record: "when;ticket\n29/2/2016 01:16;7\n",
                    events: [["action": "start", "case": "7", "team": ""]], rejections: ["bad-time"], line: 20)
            ])
    }

    @Test func `a small definition gets the defaults of its kind`() throws {
        let json = try FormatDefinition.parse(
            text: "format: a\nrecord: json\nfields: {time: t, stream: s, action: a, item: i}\n", file: "t.yaml")
        #expect(json.plan.kind == .json && json.plan.isOrdered && json.plan.zone == nil)
        #expect(json.required == [["t"], ["s"], ["a"], ["i"]])
        let csv = try FormatDefinition.parse(
            text: """
                format: a
                record: csv
                fields: {time: t, action: {from: x, default: complete}, item: [i, j]}
                constants: {stream: email}
                """, file: "t.yaml")
        #expect(csv.plan.kind == .csv(separator: nil) && !csv.plan.isOrdered)
        #expect(csv.required == [["t"], ["i", "j"]])
    }

    @Test func `a header is recognised without regard to case and a JSON record to the letter`() throws {
        let csv = try FormatDefinition.parse(text: fullText, file: "t.yaml")
        #expect(csv.recognises(names: ["Category", "NUMBER", " when ", "category"]))
        #expect(!csv.recognises(names: ["category", "number", "when"]))
        let json = try #require(FormatDefinition.shipped.first { $0.name == "tailrace" })
        #expect(json.recognises(names: ["item", "x", "time", "action", "stream"]))
        #expect(!json.recognises(names: ["Item", "time", "action", "stream"]))
        #expect(!json.recognises(names: []))
    }

    @Test(arguments: [
        ("formt: x\n", #"1:1 unknown key "formt" in the definition; did you mean "format"?"#),
        ("format: My Format\n", #"1:9 the name "My Format" cannot be used; use a–z, 0–9 and `-`, 64 at most"#),
        ("record: xml\n", #"1:9 record cannot be "xml"; known are: json, csv, syslog, text, mbox"#),
        ("record: json\nseparator: ','\n", "2:12 separator belongs to `record: csv`; leave it out"),
        (
            "record: csv\nseparator: ab\n",
            #"2:12 separator cannot be "ab"; write one character in quotes, tab, or auto"#
        ),
        (
            "record: syslog\njoin: {by: [], keep: {a: b}}\n",
            "2:12 by is empty: all lines would be of one thing; write `by: [host, queue]`"
        ),
        ("order: tme\n", #"1:8 order cannot be "tme"; did you mean "time"?"#),
        ("timezone: Europe/Pari\n", #"1:11 there is no time zone "Europe/Pari"; did you mean "Europe/Paris"?"#),
        (
            "times: [\"%Y-%q\"]\n",
            #"1:9 the time format "%Y-%q" has an unknown `%q`; known are: %Y %y %m %d %e %H %I %M %S %f %p %b %z %Z"#
        ),
        (
            "times: [\"%Y%\"]\n",
            #"1:9 the time format "%Y%" has an unknown `%`; known are: %Y %y %m %d %e %H %I %M %S %f %p %b %z %Z"#
        ),
        ("fields: {tiem: x}\n", #"1:10 an event has no field "tiem"; did you mean "time"?"#),
        ("fields: {team: {form: x}}\n", #"1:17 unknown key "form" in field team; did you mean "from"?"#),
        ("fields: {team: {absent: '?'}}\n", #"1:16 field team has no "from"; name a key of the record"#),
        (
            "fields: {action: {from: x, map: {New: shedule}}}\n",
            #"1:39 action cannot be "shedule"; did you mean "schedule"?"#
        ),
        (
            "fields: {action: {from: x, map: {New: start, NEW: assign}}}\n",
            #"1:46 "NEW" is in the map already; upper and lower case are the same here"#
        ),
        ("fields: {stream: {from: x, default: mail}}\n", #"1:37 stream cannot be "mail"; did you mean "email"?"#),
        ("constants: {stream: tickets}\n", #"1:21 stream cannot be "tickets"; did you mean "ticket"?"#),
        (
            "fields: {team: x}\nconstants: {team: y}\n",
            "2:13 team is filled by fields already; use `default` there instead"
        ),
        ("item_from: [stage]\n", #"1:13 item_from names "stage", which no key of fields fills; add it to fields"#),
        ("required: [team]\n", #"1:12 required names "team", which no key of fields fills; add it to fields"#),
        ("samples: [{events: []}]\n", #"1:11 a sample has no "record"; write `record: |` and the text"#),
        ("samples: [{record: x}]\n", "1:11 a sample says nothing of its outcome; add `events:` or `rejected:`"),
        ("samples: [{record: x, events: [{tem: y}]}]\n", #"1:33 an event has no field "tem"; did you mean "team"?"#),
        (
            "samples: [{record: x, rejected: [bad_time]}]\n",
            #"1:34 there is no reason "bad_time"; did you mean "bad-time"?"#
        ),
    ])
    func `each mistake in a definition has its place and its mend`(text: String, problem: String) {
        #expect(formatProblems(text).contains(problem), "\(formatProblems(text))")
    }

    @Test func `a definition without what every event needs tells all that is missing`() {
        #expect(
            formatProblems("description: nothing\n") == [
                #"1:1 the definition has no "format"; write `format: my-format`"#,
                "1:1 the definition has no \"record\"; write `record: json` or `csv`",
                #"1:1 nothing fills "time"; add it to fields"#,
                #"1:1 nothing fills "stream"; add it to fields or constants"#,
                #"1:1 nothing fills "action"; add it to fields or constants"#,
                #"1:1 nothing fills "item"; add it to fields, or write item_from"#,
            ])
        #expect(formatProblems("").count == 6)
    }

    private let fullText = """
        format: desk-export
        description: Tickets of the desk.
        record: csv
        order: time
        separator: ";"
        timezone: Europe/Berlin
        times: ["%d/%m/%Y %H:%M", "%b %e"]
        fields:
          time: when
          case: [ticket, number]
          stage: category#2
          action:
            from: status
            map: {New: schedule, Closed: complete}
            default: start
            absent: ["?", "NULL"]
        constants: {stream: ticket}
        item_from: [case, stage]
        samples:
          - record: |
              when;ticket
              29/2/2016 01:16;7
            events:
              - {case: 7, action: start, team: ""}
            rejected: [bad-time]
        """
}
