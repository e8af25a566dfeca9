import TailraceIngest
import TailracePipeline

/// Sources of which too many records are rejected, with the most frequent reason and its mend.
struct RejectionFindings {
    /// How the content of a file is read by a shell.
    let packing: (String) -> Compression?

    /// A log has a torn line now and then; more than this share is a fault.
    static let shareLimit = 0.01

    /// - Parameter reasons: rows of `source`, `reason`, `count` and `position` of the first.
    func findings(_ sources: SourceList, reasons: [ViewRow]) -> [Finding] {
        let bySource = Dictionary(grouping: reasons) { $0.text("source") ?? "" }
        return sources.rows.compactMap { row in
            let rejected = row.integer("rejected") ?? 0
            let all = rejected + (row.integer("events") ?? 0)
            guard rejected > 0, Double(rejected) > Self.shareLimit * Double(all) else { return nil }
            let path = row.text("path") ?? ""
            let worst = (bySource[row.text("source") ?? ""] ?? []).max { a, b in
                (a.integer("count") ?? 0) < (b.integer("count") ?? 0)
            }
            let isMost = rejected * 2 > all
            var what =
                "\(Figure.share(Double(rejected) / Double(all))) of its records are rejected and not counted "
                + "(\(Figure.count(rejected)) of \(Figure.count(all)))"
            let other = all == rejected ? " If it is no log, take it out of the paths under `sources:`." : ""
            guard let worst, let reason = worst.text("reason") else {
                return Finding(
                    severity: isMost ? .error : .warning, place: path, what: what + ".", mend: "See why." + other,
                    commands: ["tailrace status"])
            }
            let first = worst.integer("position") ?? 0
            what += ", most as `\(reason)` (\(Figure.count(worst.integer("count")))): \(Self.meaning(reason))."
            return Finding(
                severity: isMost ? .error : .warning, place: path, what: what,
                mend: Self.mend(reason) + other,
                commands: [
                    "\(packing(path) == .zstd ? "zstd -dcf" : "zcat -f") \(path.shellWord) | tail -c +\(first + 1) | head -c 400"
                ])
        }
    }

    static let reasonsSQL = """
        SELECT source, reason, sum(count) AS count, min(position) AS position FROM v1_rejections
        GROUP BY source, reason ORDER BY source, reason
        """

    /// What a reason says of the record.
    static func meaning(_ reason: String) -> String {
        switch RejectionReason.allCases.first(where: { $0.name == reason }) {
        case .syntax: "the line is no whole JSON object, or a quote never closes"
        case .missingTime: "no time where the format looks for it"
        case .missingStream: "neither the record nor the format says whether it is e-mail, ticket or document"
        case .missingAction: "no action where the format looks for it"
        case .missingItem: "no name of the message, ticket or document where the format looks for it"
        case .badTime: "the time is written in a way that the format does not know"
        case .unknownStream: "the stream is none of email, ticket, document"
        case .unknownAction: "a word for the action that the format does not know"
        case .badField: "a field holds another kind of value than it should"
        case .timeOutOfRange: "the time is before 1970 or after 2099"
        case .future: "the time lies more than a day ahead of its neighbours"
        case .oversize: "the line is longer than the limit"
        case .encoding: "the bytes are not UTF-8"
        case .nesting: "the JSON is nested too deeply"
        case .columns: "the row has another number of columns than the header"
        case .torn: "damage to the file cut the record off"
        case .unmapped: "the format has no event for such a record"
        case nil: "a reason that a newer version knows"
        }
    }

    /// What to do about it. The command shows the first such record.
    static func mend(_ reason: String) -> String {
        switch RejectionReason.allCases.first(where: { $0.name == reason }) {
        case .syntax:
            "Look at the first one. Half lines come from a writer that was killed; foreign lines from two "
                + "writers in one file, or from a file of another format."
        case .missingTime, .missingStream, .missingAction, .missingItem:
            "Look at the first one. Name the field that holds it in a format definition under `formats:`, and try that "
                + "with `tailrace check`."
        case .badTime:
            "Look at the first one. Add its notation (`times:`) or its zone (`timezone:`) to the format definition."
        case .unknownStream, .unknownAction:
            "Look at the first one. Map the word in the format definition (`map:`), or correct the writer."
        case .badField: "Look at the first one. Correct the writer, or bind another field in the format definition."
        case .timeOutOfRange, .future:
            "Look at the clock of the writer, and at the unit of the number: seconds or milliseconds."
        case .oversize: "Look at its head. A writer that never ends its lines, or a file that is no log."
        case .encoding: "Let the writer write UTF-8, or convert the file with iconv(1)."
        case .nesting, .columns:
            "Look at the first one, and correct the writer: an unquoted separator, a header that "
                + "changed in the middle."
        case .torn: "See what is said of the damage."
        case .unmapped:
            "Look at the first one. Add an event for it to the format definition (`events:`), or name it under `ignore:` "
                + "where it says nothing. Records of another product belong in a file of their own."
        case nil: "Look at the first one."
        }
    }
}
