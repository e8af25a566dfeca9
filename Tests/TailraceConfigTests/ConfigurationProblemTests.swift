import TailraceConfig
import Testing

struct ConfigurationProblemTests {
    @Test(arguments: [
        ("stroe: /x\n", #"1:1 unknown key "stroe" in the configuration; did you mean "store"?"#),
        ("stages:\n  a: {owener: b}\n", #"2:7 unknown key "owener" in stage "a"; did you mean "owner"?"#),
        ("privacy: {keyfile: x}\n", #"1:11 unknown key "keyfile" in privacy; did you mean "key_file"?"#),
        ("retention: {zzz: x}\n", #"1:13 unknown key "zzz" in retention; known are: items, fingerprints"#),
        ("store: a\nstore: b\n", #"2:1 "store" is written twice here, first in line 1; keep one of them"#),
        (
            "stages:\n  a: {}\n  b: {}\n  a: {}\n",
            #"4:3 "a" is written twice here, first in line 2; keep one of them"#
        ),
        ("store:\n", "1:7 store must be a single value, not nothing"),
        ("store: ''\n", "1:8 store is empty; write a value, or leave the key out"),
        ("store: [a]\n", "1:8 store must be a single value, not a list"),
        ("sources: /x\n", "1:10 sources must be a list, not a single value; begin each item with `- `"),
        ("sources: [x]\n", "1:11 a source must be a mapping, not a single value; write `key: value` lines"),
        (
            "sources:\n  - format: tailrace\n",
            #"2:5 a source has no "paths"; write `paths: ["/var/log/flow/*.ndjson*"]`"#
        ),
        ("sources: [{paths: []}]\n", "1:19 paths is empty; name a file or a folder"),
        (
            "sources: [{paths: a, format: event_log}]\n",
            #"1:30 there is no format "event_log"; did you mean "event-log"?"#
        ),
        ("timezone: Europe/Berln\n", #"1:11 there is no time zone "Europe/Berln"; did you mean "Europe/Berlin"?"#),
        ("processes: {a: {}}\n", #"1:16 process "a" has no "path"; write `path: [intake, assessment, payout]`"#),
        (
            "processes: {a: {path: [x]}}\n",
            "1:23 a path has two stages at least; write `path: [intake, assessment, payout]`"
        ),
        (
            "processes: {a: {path: [x, intake]}, b: {path: [intake, y]}}\n",
            #"1:47 stage "intake" belongs to two processes; a stage tells of which process a case is: leave it out of one"#
        ),
        (
            "processes: {a: {path: [x, intake], aliases: {z: intak}}}\n",
            #"1:49 "intak" is in no path of process "a"; did you mean "intake"?"#
        ),
        ("timezone: Nowhere\n", #"1:11 there is no time zone "Nowhere"; write a name like `Europe/Paris`"#),
        (
            "working_hours: Mon-Fri\n",
            #"1:16 working_hours cannot be "Mon-Fri"; write it like `Mon-Fri 09:00-17:00`"#
        ),
        ("memory: lots\n", #"1:9 memory cannot be "lots"; write it like `256MiB`"#),
        ("memory: 1MiB\n", "1:9 memory of 1048576 bytes is too little; give 32MiB or more"),
        ("allowed_lateness: 5\n", #"1:19 allowed_lateness cannot be "5"; write it like `10 min`"#),
        ("scan_interval: 1 ms\n", "1:16 scan_interval is too short; give 100 ms or more"),
        ("stages: [a]\n", "1:9 stages must be a mapping, not a list; write `key: value` lines"),
        ("stages: {a: {tolerance: 0 s}}\n", #"1:25 tolerance cannot be "0 s"; write it like `1 day`"#),
        ("stages: {a: {capacity: 40}}\n", #"1:24 capacity cannot be "40"; write it like `40/day`"#),
        ("stages: {a: {kind: mke}}\n", #"1:20 kind cannot be "mke"; did you mean "make"?"#),
        (
            "stages: {a: {backlog_limit: -1}}\n",
            #"1:29 backlog_limit cannot be "-1"; write a whole number from 0 to 1000000000"#
        ),
        ("stages: {a: {exempt: maybe}}\n", #"1:22 exempt cannot be "maybe"; write true or false"#),
        (
            "stages: {a: {daily_limit: {EUR: 1.23456}}}\n",
            #"1:33 daily_limit cannot be "1.23456"; write it like `{EUR: 10000}`"#
        ),
        (
            "stages: {a: {daily_limit: 5}}\n",
            "1:27 daily_limit must be a mapping, not a single value; write `key: value` lines"
        ),
        (
            "rules:\n  absorption-exceded: {severity: page}\n",
            #"2:3 there is no rule "absorption-exceded"; did you mean "absorption-exceeded"?"#
        ),
        ("rules: {after-hours: {severity: pge}}\n", #"1:33 severity cannot be "pge"; did you mean "page"?"#),
        ("rules: {after-hours: {for: 5}}\n", #"1:28 for cannot be "5"; write it like `2 h`"#),
        ("privacy: {actors: x}\n", #"1:19 actors cannot be "x"; known are: keep, drop, pseudonym"#),
        (
            "privacy: {minimum_group: 0}\n",
            #"1:26 minimum_group cannot be "0"; write a whole number from 1 to 10000"#
        ),
        (
            "retention: {fingerprints: 2 h}\n",
            "1:27 fingerprints are kept for whole days; give 1 day to 3650 days"
        ),
        ("retention: {items: none}\n", #"1:20 items cannot be "none"; known are: related, all"#),
        ("receivers: [{slack: https://x}]\n", #"1:13 a receiver has no "name"; write `name: on-call`"#),
        (
            "receivers: [{name: a, slack: x}]\n",
            #"1:30 slack "x" is no address; begin it with http:// or https://"#
        ),
        (
            "receivers: [{name: a, journald: }, {name: a, journald: }]\n",
            #"1:43 a second receiver is named "a"; rename one"#
        ),
        (
            "receivers: [{name: a, smtp: b, program: c}]\n",
            "1:13 a receiver has more than one kind; "
                + "give it one of alertmanager, webhook, slack, pagerduty, smtp, program, journald"
        ),
        ("- a\n", "1:1 the configuration must be a mapping, not a list; write `key: value` lines"),
        // Columns count Unicode scalars, as libyaml does, not bytes.
        ("{store: é, x: 1, rules: {}}\n", "1:12 unknown key \"x\" in the configuration; known are: " + allKeys),
    ])
    func `each mistake is one problem with its place and its mend`(text: String, problem: String) {
        #expect(problems(text) == [problem])
    }

    @Test func `an unknown kind of receiver is an error beside the missing kind`() {
        #expect(
            problems("receivers:\n  - name: a\n    telegram: x\n") == [
                "2:5 a receiver has no kind; "
                    + "give it one of alertmanager, webhook, slack, pagerduty, smtp, program, journald",
                "3:5 unknown key \"telegram\" in a receiver; "
                    + "known are: name, alertmanager, webhook, slack, pagerduty, smtp, program, journald",
            ])
    }

    @Test func `all problems of a file are told at once and in its order`() {
        let text = """
            memory: lots
            stages:
              a: {capacity: 40, effort: soon}
              a: {}
            rules: {two-sped: {}}
            memory: 1GiB
            timezone: Mars
            stroe: x
            """
        let places = problems(text).map { $0.prefix { $0 != " " } }
        #expect(places == ["1:9", "3:17", "3:29", "4:3", "5:9", "6:1", "7:11", "8:1"])
    }

    @Test func `a problem prints as compilers print theirs`() {
        let problem = Problem(file: "a.yaml", line: 3, column: 7, message: "what", mend: "do this")
        #expect(problem.description == "a.yaml:3:7: error: what; do this")
        let warning = Problem(file: "a.yaml", line: 3, column: 7, severity: .warning, message: "what")
        #expect(warning.description == "a.yaml:3:7: warning: what")
        #expect(ConfigurationFault(problems: [problem, warning]).description.split(separator: "\n").count == 2)
    }

    @Test func `every rule of the list is accepted and known once`() throws {
        #expect(Configuration.ruleNames.count == 26)
        #expect(Set(Configuration.ruleNames).count == 26)
        let text = "rules:\n" + Configuration.ruleNames.map { "  \($0): {severity: info}\n" }.joined()
        #expect(try Configuration.parse(text: text, file: "t.yaml").rules.count == 26)
    }
}

private let allKeys =
    "store, sources, timezone, working_hours, stages, processes, memory, allowed_lateness, rules, receivers, privacy, retention, "
    + "scan_interval, truncated_after, formats, origins"
