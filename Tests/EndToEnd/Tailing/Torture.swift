import Foundation

/// How hard these tests try, from the environment; little where nothing is said.
enum Torture {
    /// `TAILRACE_TORTURE`: so many times the usual rounds, kills and seeds; 1 where absent.
    static let factor = max(1, number("TAILRACE_TORTURE") ?? 1)
    /// `TAILRACE_TORTURE_SECONDS`: how long the fuzzer works.
    static let seconds = Double(number("TAILRACE_TORTURE_SECONDS") ?? 20)
    static var isLong: Bool { factor > 1 }
    /// `TAILRACE_SEED`: the first seed, to see a failure again; random where absent.
    static let seed = number("TAILRACE_SEED").map(UInt64.init) ?? UInt64.random(in: 0..<1_000_000)
    /// `TAILRACE_WORLD`: the one folder that the fuzzer makes, to see a failure again; as many as there is time for
    /// where absent.
    static let world = number("TAILRACE_WORLD").map(UInt64.init)
    /// `TAILRACE_SCENARIO`: names of scenarios with commas between them; all where absent.
    static let names = ProcessInfo.processInfo.environment["TAILRACE_SCENARIO"]?.split(separator: ",").map(String.init)
    /// `TAILRACE_TABLE`: file that takes the table of scenarios.
    static let table = ProcessInfo.processInfo.environment["TAILRACE_TABLE"]

    private static func number(_ name: String) -> Int? { ProcessInfo.processInfo.environment[name].flatMap { Int($0) } }
}
