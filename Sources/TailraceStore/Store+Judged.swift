public import TailracePipeline

/// What a merger takes over of what a store has judged.
extension Store {
    /// Alerts in the order of their numbers, without what people said of them.
    public func alerts() throws(StoreFault) -> [StoredAlert] {
        let statement = try connection.prepare(
            "SELECT \(StoredAlert.columns.joined(separator: ", ")) FROM alert ORDER BY id")
        var alerts: [StoredAlert] = []
        while try statement.step() {
            var alert = StoredAlert(
                id: statement.integer(0), rule: statement.text(1), stage: statement.text(2),
                severity: StoredAlert.Severity(rawValue: statement.text(4)) ?? .info,
                state: StoredAlert.State(rawValue: statement.text(5)) ?? .firing, unit: statement.text(16))
            alert.owner = statement.optionalText(3)
            alert.pendingAt = statement.optionalInteger(6)
            alert.firingAt = statement.optionalInteger(7)
            alert.resolvedAt = statement.optionalInteger(8)
            alert.peakAt = statement.optionalInteger(9)
            alert.peakValue = statement.optionalReal(10)
            alert.drainedAt = statement.optionalInteger(11)
            alert.forecastDrainLow = statement.optionalInteger(12)
            alert.forecastDrainHigh = statement.optionalInteger(13)
            alert.value = statement.optionalReal(14)
            alert.threshold = statement.optionalReal(15)
            alert.cause = statement.optionalText(17)
            alert.summary = statement.text(18)
            alert.evidence = statement.text(19)
            alerts.append(alert)
        }
        return alerts
    }

    /// The measures of one window, by stage and measure. Complexity: O(measures of the window).
    public func measures(in window: Window) throws(StoreFault) -> [StoredMeasure] {
        let statement = try connection.cached(
            """
            SELECT stage, measure, value, low, high, unit, missing FROM measure
            WHERE id >= ?1 << 28 AND id < (?1 + 1) << 28 ORDER BY id
            """)
        try statement.bind([.integer(window.key)])
        defer { statement.reset() }
        var measures: [StoredMeasure] = []
        while try statement.step() {
            var measure = StoredMeasure(
                window: window, stage: Int(statement.integer(0)), measure: Int(statement.integer(1)),
                unit: statement.text(5))
            (measure.value, measure.low) = (statement.optionalReal(2), statement.optionalReal(3))
            (measure.high, measure.missing) = (statement.optionalReal(4), statement.optionalText(6))
            measures.append(measure)
        }
        return measures
    }
}
