import Foundation

/// The plainest log: items that come to one stage, one a second.
enum ScheduledItems {
    static func lines(_ prefix: String, _ count: Int) -> [UInt8] {
        (0..<count).flatMap { number in
            let time = String(format: "2026-03-02T09:%02d:%02dZ", number / 60 % 60, number % 60)
            let line =
                #"{"time":"\#(time)","stream":"ticket","action":"schedule","item":"\#(prefix)-\#(number)","stage":"d"}"#
            return Array((line + "\n").utf8)
        }
    }
}
