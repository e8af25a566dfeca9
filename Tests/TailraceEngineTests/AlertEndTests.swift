import TailraceStore
import Testing

@testable import TailraceEngine

struct AlertEndTests {
    /// A queue that had settled at ten times its old length was once told to be back to normal.
    @Test func `an alert that is over says whether all is normal, the level is a new one, or the queue rose again`() {
        func sentence(_ end: AlertEnd) -> String? {
            var row = StoredAlert(
                id: 1, rule: "absorption-exceeded", stage: "desk", severity: .page, state: .firing,
                unit: "days of work")
            (row.firingAt, row.peakValue) = (0, 2.5)
            row.sumUp(at: 3 * 86_400, end)
            return row.summary
        }
        #expect(sentence(.normal) == "desk is back to normal after 3.0 days; peak 2.5 days of work")
        #expect(
            sentence(.newLevel)
                == "desk has lived with a new level for four weeks, as much leaves as enters; told for 3.0 days; peak 2.5 days of work"
        )
        #expect(
            sentence(.renewed)
                == "desk rose again after 3.0 days, before all was normal; another alert goes on; peak 2.5 days of work"
        )
    }
}
