import TailraceAnalysis
import Testing

struct BacklogLimitTests {
    /// One value an hour; nil is unknown. The transitions' names, hour by hour, "-" for none.
    private func lives(limit: Int64, hold: Int64, _ values: [Int64?], frozen: Set<Int> = []) -> [String] {
        var rule = BacklogLimit(measure: .backlog, limit: limit, holdSeconds: hold)
        return values.indices.map { hour in
            let transition = rule.close(
                start: Int64(hour) * 3600, value: values[hour], isFrozen: frozen.contains(hour))
            return switch transition {
            case nil: "-"
            case .pending: "pending"
            case .lapsed: "lapsed"
            case .firing: "firing"
            case .escalated: "escalated"
            case .renewed: "renewed"
            case .resolved: "resolved"
            }
        }
    }

    @Test func `a limit fires only after it has been passed for the whole hold`() {
        #expect(
            lives(limit: 10, hold: 7200, [10, 11, 11, 11, 12, 10, 11])
                == ["-", "pending", "-", "firing", "-", "resolved", "pending"])
    }

    @Test func `a hold of nothing fires at once`() {
        #expect(lives(limit: 10, hold: 0, [11, 9]) == ["firing", "resolved"])
    }

    @Test func `an excursion shorter than the hold lapses`() {
        #expect(lives(limit: 10, hold: 7200, [11, 11, 10]) == ["pending", "-", "lapsed"])
    }

    @Test func `unknown and frozen hours neither fire nor lapse nor resolve`() {
        #expect(
            lives(limit: 10, hold: 3600, [11, nil, 3, 11, nil, 4, 4], frozen: [2, 5])
                == ["pending", "-", "-", "firing", "-", "-", "resolved"])
    }

    @Test func `evidence keeps the peak and the start`() throws {
        var rule = BacklogLimit(measure: .oldestAge, limit: 100, holdSeconds: 3600)
        _ = rule.close(start: 0, value: 150)
        _ = rule.close(start: 3600, value: 900)
        _ = rule.close(start: 7200, value: 300)
        let evidence = try #require(rule.close(start: 10800, value: 50)?.evidence)
        #expect(evidence.pendingSince == 3600)
        #expect(evidence.peak == 900)
        #expect(evidence.peakAt == 7200)
        #expect(evidence.value == 50)
    }
}
