/// What one rule must find in the logs, and where it must stay silent.
struct Expectation {
    struct Firing {
        /// A stage, or a team where the rule judges teams.
        let place: String
        /// Epoch seconds between which the alert must begin to fire.
        let from: Int
        let until: Int
        var currency: String?
    }

    /// The row of the table of complaints.
    let row: Int
    let rule: String
    /// Does the program have the rule yet?
    var isAvailable = false
    var fires: [Firing] = []
    var silent: [String] = []
    /// What happens, for people.
    let story: String
    /// Where it does not happen, for people.
    let contrast: String
    /// More facts for a machine: a key and its JSON.
    var facts: [(key: String, json: String)] = []

    /// A firing from one week's Monday up to another's.
    static func firing(_ place: String, weeks: ClosedRange<Int>) -> Firing {
        Firing(
            place: place, from: Period.moment(week: Double(weeks.lowerBound)),
            until: Period.moment(week: Double(weeks.upperBound)))
    }
}

/// Everything that the logs must show, as one JSON object.
struct Expectations {
    let seed: UInt64
    var rows: [Expectation] = []

    func json(files: [LogFile]) -> String {
        let totals = Totals(files)
        let rows = rows.sorted { $0.row < $1.row }
        return """
            {
            "seed":\(seed),
            "timezone":"Europe/Berlin",
            "start":\(Period.start),
            "end":\(Period.end),
            "files":[
            \(files.map(fileLine).joined(separator: ",\n"))
            ],
            "totals":{"files":\(files.count),"events":\(totals.events),"rejected":\(tally(totals.rejected)),\
            "bytes":\(totals.bytes),"compressed_bytes":\(totals.compressedBytes)},
            "rows":[
            \(rows.map(rowLine).joined(separator: ",\n"))
            ]
            }

            """
    }

    private func fileLine(_ file: LogFile) -> String {
        "{\"path\":\(quoted(file.path)),\"events\":\(file.events),\"rejected\":\(tally(file.rejected))}"
    }

    private func tally(_ counts: [(reason: String, count: Int)]) -> String {
        "{" + counts.map { "\(quoted($0.reason)):\($0.count)" }.joined(separator: ",") + "}"
    }

    private func rowLine(_ row: Expectation) -> String {
        let fires = row.fires.map { firing in
            var fields = [
                ("stage", quoted(firing.place)), ("from", String(firing.from)), ("until", String(firing.until)),
            ]
            if let currency = firing.currency { fields.append(("currency", quoted(currency))) }
            return jsonLine(fields.map { (key: $0.0, value: $0.1) })
        }
        var fields: [(key: String, value: String)] = [
            ("row", String(row.row)), ("rule", quoted(row.rule)), ("available", String(row.isAvailable)),
            ("fires", "[" + fires.joined(separator: ",") + "]"), ("silent", jsonList(row.silent)),
        ]
        fields += row.facts.map { (key: $0.key, value: $0.json) }
        return jsonLine(fields)
    }
}

/// Sums over files.
struct Totals {
    var events = 0
    var bytes = 0
    var compressedBytes = 0
    /// By reason, in order of reason.
    var rejected: [(reason: String, count: Int)] = []

    init(_ files: [LogFile]) {
        var counts: [String: Int] = [:]
        for file in files {
            events += file.events
            bytes += file.bytes
            compressedBytes += file.compressedBytes
            for rejection in file.rejected { counts[rejection.reason, default: 0] += rejection.count }
        }
        rejected = counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}

/// A JSON array of strings.
func jsonList(_ texts: [String]) -> String { "[" + texts.map(quoted).joined(separator: ",") + "]" }
