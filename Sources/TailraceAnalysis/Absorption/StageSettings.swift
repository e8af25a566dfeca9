/// What an owner has declared about a stage. All of it is optional; what is not declared is learned.
public struct StageSettings: Sendable, Equatable {
    /// Items a working day that the stage can finish; nil means learn it. A declared value wins.
    public var capacityPerDay: Double?
    /// How many working days of backlog beyond normal the owner tolerates. Default: one.
    public var toleranceDays: Double
    /// Working hours by hour of the local week (168, Monday 00:00 first); nil means learn them.
    public var staffedHours: [Bool]?
    /// No backlog excess below this many items is an alert, whatever the capacity. A stage of two items a week has a
    /// working day of less than one item: without a floor every third arrival would be a day of work. Default: five.
    public var minimumExcess: Double

    public init(
        capacityPerDay: Double? = nil, toleranceDays: Double = 1, staffedHours: [Bool]? = nil,
        minimumExcess: Double = 5
    ) {
        self.capacityPerDay = capacityPerDay
        self.toleranceDays = toleranceDays
        self.staffedHours = staffedHours
        self.minimumExcess = minimumExcess
    }

    /// The declared hours, if they cover the week; a table of another length declares nothing.
    var declaredStaffedHours: [Bool]? {
        guard let staffedHours, staffedHours.count == 168, staffedHours.contains(true) else { return nil }
        return staffedHours
    }
}
