import Foundation
import TestSupport
import Testing

/// Lines of a mail log that speak of one message, mixed with those of others.
@Suite(.enabled(if: Program.hasPython, Comment(rawValue: Program.needsPython)))
struct JoinedLogTests {
    private static func log(seed: UInt64) -> String {
        var generator = SplitMix64(seed: seed)
        var pending: [[String]] = []
        var lines: [String] = []
        for number in 0..<500 {
            let id = "\(String(40_000 + number % 90, radix: 16, uppercase: true))"
            var message = [
                "postfix/smtpd[1]: \(id): client=mail.example.org[192.0.2.1]",
                "postfix/cleanup[2]: \(id): message-id=<m\(number)@example.org>",
                "postfix/qmgr[3]: \(id): from=<p\(generator.below(7))@example.org>, size=\(generator.below(9000)), nrcpt=2 (queue active)",
            ]
            if generator.oneIn(2) {
                message.insert(
                    "postfix/cleanup[2]: \(id): warning: header Subject: Offer \(number) from us from mail[192.0.2.1]; from=<a@b> to=<c@d> proto=ESMTP",
                    at: 1)
            }
            if generator.oneIn(3) {
                message.append("postfix/smtp[4]: \(id): to=<a@b>, relay=none, dsn=4.4.1, status=deferred (no)")
                message.append(message[message.count - 2])
            }
            message.append("postfix/qmgr[3]: \(id): removed")
            pending.append(message)
            if pending.count > 12 || number == 499 {
                while pending.count > (number == 499 ? 0 : 11) {
                    let at = generator.below(pending.count)
                    let minute = lines.count / 6
                    let time = String(
                        format: "Mar %2d %02d:%02d:%02d", 2 + minute / 1440, minute / 60 % 24, minute % 60,
                        lines.count % 6)
                    lines.append("\(time) mx1 \(pending[at].removeFirst())")
                    if pending[at].isEmpty { pending.remove(at: at) }
                }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static let questions = [
        "SELECT grain, time, stage, arrivals, completions, returns, backlog, unscheduled FROM v1_flow ORDER BY 1, 2, 3",
        "SELECT grain, time, stage, sent, recipients, soft_bounces FROM v1_engagement ORDER BY 1, 2, 3",
        "SELECT grain, time, stage, items, bytes, authors FROM v1_output ORDER BY 1, 2, 3",
    ]

    private func answers(_ store: String) throws -> [[String]] {
        try JoinedLogTests.questions.map { try ReplayedStore.column($0, of: store) }
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `Lines are joined the same in whatever pieces, sorted or not, and when the log grows`(seed: UInt64) throws {
        let folder = try TemporaryFolder()
        let bytes = Array(JoinedLogTests.log(seed: seed).utf8)
        try folder.write(bytes, to: "mail.log")
        let whole = try ReplayedStore([folder.path("mail.log")])
        #expect(whole.status == 0, "\(whole.errors)")
        let expected = try answers(whole.path)
        #expect(try whole.column("SELECT sum(sent) FROM v1_engagement WHERE grain = 'month'") == ["500"])
        for options in [
            ["--chunk-bytes", "301"], ["--sort"], ["--sort", "--sort-bytes", "9000"], ["--checkpoint-bytes", "4000"],
        ] {
            let other = try ReplayedStore(options + [folder.path("mail.log")])
            #expect(other.status == 0, "\(other.errors)")
            #expect(try answers(other.path) == expected, "seed \(seed), \(options)")
        }
        // Inside of an hour: what comes late to a closed one has no part here.
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
        let store = folder.path("store.sqlite")
        for share in [7 * 360 + 5, 11 * 360 + 17, lines.count] where share <= lines.count {
            let part = lines.prefix(share).flatMap { $0 + [UInt8(ascii: "\n")] }
            try folder.write(part, to: "growing.log")
            let outcome = try Program.run(
                Program.tailrace, ["replay", "--store", store, folder.path("growing.log")], in: folder.url)
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
        #expect(
            try ReplayedStore.column(
                "SELECT sum(sent), sum(soft_bounces) FROM v1_engagement WHERE grain = 'month'", of: store)
                == whole.column("SELECT sum(sent), sum(soft_bounces) FROM v1_engagement WHERE grain = 'month'"))
    }
}
