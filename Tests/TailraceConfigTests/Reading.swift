import TailraceConfig

/// The problems of a configuration, as `line:column what; mend`; empty where it can be used.
func problems(_ text: String) -> [String] {
    do throws(ConfigurationFault) {
        _ = try Configuration.parse(text: text, file: "t.yaml")
        return []
    } catch {
        return error.problems.map(shown)
    }
}

/// The problems of a format definition, in the same form.
func formatProblems(_ text: String) -> [String] {
    do throws(ConfigurationFault) {
        _ = try FormatDefinition.parse(text: text, file: "t.yaml")
        return []
    } catch {
        return error.problems.map(shown)
    }
}

private func shown(_ problem: Problem) -> String {
    "\(problem.line):\(problem.column) \(problem.message)\(problem.mend.isEmpty ? "" : "; \(problem.mend)")"
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers for the same seed on every machine.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
