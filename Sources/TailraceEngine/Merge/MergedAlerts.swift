internal import TailraceAnalysis
internal import TailracePipeline
internal import TailraceStore

/// The alerts of a merger: those that the detectors raise on the rows of all hosts, and those that no row can tell.
struct MergedAlerts {
    private var rows: [Int64: StoredAlert] = [:]
    private var rules: [StoredRule] = []

    /// Alerts about single events and single logs, and about families by the week: each is its host's, and its evidence
    /// names the host.
    private static let handedOn =
        ["limit-exceeded", "source-corrupt", "source-silent"] + MergedWeeks.handedOn.map(\.rawValue)

    /// Takes what changed. Complexity: O(changes); alerts are kept until the end.
    mutating func take(_ changes: AlertBook.Changes) {
        for row in changes.rows { rows[row.id] = row }
        for id in changes.lapsed { rows[id] = nil }
        rules = changes.rules
    }

    /// Numbers all alerts in the order in which they came up. Returns how many there are.
    func write(_ inputs: [MergeInput], to transaction: inout Checkpoint) throws(StoreFault) -> Int64 {
        var all = rows.sorted { $0.key < $1.key }.map(\.value)
        var rules = rules
        for input in inputs {
            for var alert in try input.store.alerts() where MergedAlerts.handedOn.contains(alert.rule) {
                let name = alert.evidence.count > 2 ? "\(quoted(input.host))," : quoted(input.host)
                alert.evidence = "{\"host\":" + name + alert.evidence.dropFirst()
                all.append(alert)
                guard alert.firingAt != nil, let place = rules.firstIndex(where: { $0.rule == alert.rule }) else {
                    continue
                }
                rules[place].fired += 1
            }
        }
        // Stable: of one moment the detectors' come first, then host by host.
        let order = all.enumerated().sorted {
            ($0.element.pendingAt ?? .min, $0.offset) < ($1.element.pendingAt ?? .min, $1.offset)
        }
        try transaction.upsert(
            order.enumerated().map {
                var alert = $0.element.element
                alert.id = Int64($0.offset + 1)
                return alert
            })
        try transaction.upsert(rules)
        return Int64(all.count)
    }

    /// A name as JSON text.
    private func quoted(_ name: String) -> String {
        var text = "\""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "\"", "\\": text += "\\\(scalar)"
            case _ where scalar.value < 0x20: text += " "
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}
