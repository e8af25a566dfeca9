/// What is written beside the logs for people and for the program.
extension Expectations {
    /// `EXPECTED.md`: the story of the company, row by row.
    func guide(files: [LogFile]) -> String {
        let totals = Totals(files)
        let rejected = totals.rejected.map { "\($0.count) \($0.reason)" }.joined(separator: ", ")
        var text = """
            # What these logs must show

            Kranich Leasing is invented: ninety people in Hamburg who lend machines to small firms. In January they \
            write everything by hand. In March they buy assistants: for marketing, \
            for proposals, for explainers, for quotes. Every activity chart rises. These \(Period.weeks) weeks \
            (\(Period.date(week: 0)) to \(CivilDay(number: Period.firstDay + 7 * Period.weeks - 1).text), \
            Europe/Berlin, Monday to Friday nine to five) show where the cost went, and where all is well.

            Everything here is written by `swift run samplelogs --out SampleLogs --seed \(seed)`; the same seed gives \
            the same lines. `expected.json` says the same to programs.

            | file | events | rejected | bytes | compressed |
            |---|--:|--:|--:|--:|

            """
        for file in files {
            let rejected = file.rejected.reduce(0) { $0 + $1.count }
            text += "| `\(file.path)` | \(file.events) | \(rejected) | \(file.bytes) | \(file.compressedBytes) |\n"
        }
        text += """
            | all | \(totals.events) | \(totals.rejected.reduce(0) { $0 + $1.count }) | \(totals.bytes) | \
            \(totals.compressedBytes) |

            Rejected on purpose: \(rejected). `mail/2026-05.ndjson.gz` has a gzip member for each hour, \
            `documents/2026-04.ndjson.zst` a zstd frame for each week; `loans/2026-h1.csv.gz` lists case after case, \
            not in order of time; `pilots/teams.ndjson` gives times as numbers. Reads and replies may stand up to a \
            minute late. A queue's first weeks start empty.

            ## Row by row
            Rows are those of the table of complaints in the project's mission. "From" and "until" bound the moment at \
            which an alert must begin to fire.


            """
        for row in rows.sorted(by: { $0.row < $1.row }) {
            text += "### \(row.row) · \(row.rule)\(row.isAvailable ? "" : " (rule to come)")\n\(row.story)\n\n"
            for firing in row.fires {
                let currency = firing.currency.map { " (\($0))" } ?? ""
                text += "- `\(firing.place)`\(currency): from \(Berlin.text(firing.from)) "
                text += "until \(Berlin.text(firing.until))\n"
            }
            text += "- not: \(row.contrast)\n\n"
        }
        text.removeLast()
        return text
    }

    /// `tailrace.yaml`: how the company would run Tailrace on these logs.
    static let configuration = """
        # Kranich Leasing. Paths are relative to this file; give the store on the command line (--store FILE).
        sources:
          - paths: ["mail", "tickets", "documents", "finance", "loans", "pilots"]
        timezone: Europe/Berlin
        working_hours: Mon-Fri 09:00-17:00
        stages:
          legal-review: {owner: legal-desk-oncall, tolerance: 1 day}
          credit-check: {owner: lending-oncall, tolerance: 1 day}
          pricing-desk: {owner: pricing-lead, tolerance: 1 day}
          proposal-drafting: {owner: sales-lead}
          first-line: {owner: support-lead, tolerance: 1 day}
          second-line: {owner: support-lead}
          outreach: {owner: marketing-lead}
          explainers: {owner: product-lead}
          supplier-invoices: {owner: accounting-lead, effort: 70 min}
          parcel-desk: {owner: facilities-lead, capacity: 16/day}
          # refunds has no owner: an agent works it, and nobody was named.
        processes:
          claims: {path: [claim-intake, claim-assessment, claim-payout]}
          loans: {path: [loan-entry, credit-check, loan-offer, disbursement]}
        rules:
          absorption-exceeded: {severity: page}
          limit-exceeded: {severity: page}
        privacy: {titles: keep, actors: pseudonym, minimum_group: 5}

        """
}
