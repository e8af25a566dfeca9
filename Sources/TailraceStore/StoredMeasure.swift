public import TailracePipeline

/// One measure of one stage in one window that has no view of its own.
public struct StoredMeasure: StoreRow, Equatable {
    public var window: Window
    public var stage: Int
    /// Index of the measure's name (`NameRow.Kind.measure`).
    public var measure: Int
    public var value: Double?
    public var low: Double?
    public var high: Double?
    public var unit: String
    /// What was missing where the value is null.
    public var missing: String?

    public init(window: Window, stage: Int, measure: Int, unit: String) {
        (self.window, self.stage, self.measure, self.unit) = (window, stage, measure, unit)
    }

    public static let table = "measure"
    public static let columns = ["id", "period", "stage", "measure", "value", "low", "high", "unit", "missing"]
    public func write(into row: inout RowBuffer) {
        row.append(contentsOf: [
            .integer(window.key << 28 | Int64(stage) << 14 | Int64(measure)), .integer(window.key),
            .integer(Int64(stage)), .integer(Int64(measure)), .optional(value), .optional(low), .optional(high),
            .text(unit), .optional(missing),
        ])
    }
}

/// How one rule has fared. What people say of its alerts is written elsewhere and not overwritten here.
public struct StoredRule: StoreRow, Equatable {
    public var id: Int64
    public var rule: String
    /// Alerts that fired.
    public var fired: Int64
    /// False alarms for each stage and 91 days, and how they were measured; nil where they were not.
    public var falseAlarms: Double?
    public var rateSource: String?

    public init(id: Int64, rule: String, fired: Int64) { (self.id, self.rule, self.fired) = (id, rule, fired) }

    public static let table = "rule"
    public static let columns = ["id", "rule", "fired", "false_alarms_per_stage_quarter", "rate_source"]
    public func write(into row: inout RowBuffer) {
        row.append(contentsOf: [
            .integer(id), .text(rule), .integer(fired), .optional(falseAlarms), .optional(rateSource),
        ])
    }
}
