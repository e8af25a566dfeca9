public import TailracePipeline

/// One alert of one rule on one stage: a ticket that grows into a page stays one row.
public struct StoredAlert: StoreRow, Equatable, Codable {
    public enum State: String, Sendable, Codable { case pending, firing, resolved }
    public enum Severity: String, Sendable, Codable { case page, ticket, info }

    public var id: Int64
    public var rule: String
    public var stage: String
    public var owner: String?
    public var severity: Severity
    public var state: State
    // Seconds of event time.
    public var pendingAt: Int64?
    public var firingAt: Int64?
    public var resolvedAt: Int64?
    public var peakAt: Int64?
    public var peakValue: Double?
    public var drainedAt: Int64?
    public var forecastDrainLow: Int64?
    public var forecastDrainHigh: Int64?
    public var value: Double?
    public var threshold: Double?
    public var unit: String
    public var cause: String?
    public var summary: String
    /// JSON: the figures behind the summary.
    public var evidence: String

    public init(id: Int64, rule: String, stage: String, severity: Severity, state: State, unit: String) {
        (self.id, self.rule, self.stage, self.severity, self.state) = (id, rule, stage, severity, state)
        self.unit = unit
        summary = ""
        evidence = "{}"
    }

    public static let table = "alert"
    /// Without what people add (`acknowledged_by`, `useful`): a checkpoint never overwrites that.
    public static let columns = [
        "id", "rule", "stage", "owner", "severity", "state", "pending_at", "firing_at", "resolved_at", "peak_at",
        "peak_value", "drained_at", "forecast_drain_low", "forecast_drain_high", "value", "threshold", "unit",
        "cause", "summary", "evidence",
    ]
    public func write(into row: inout RowBuffer) {
        row.append(contentsOf: [
            .integer(id), .text(rule), .text(stage), .optional(owner), .text(severity.rawValue),
            .text(state.rawValue), .optional(pendingAt), .optional(firingAt), .optional(resolvedAt),
            .optional(peakAt), .optional(peakValue), .optional(drainedAt), .optional(forecastDrainLow),
            .optional(forecastDrainHigh), .optional(value), .optional(threshold), .text(unit), .optional(cause),
            .text(summary), .text(evidence),
        ])
    }
}
