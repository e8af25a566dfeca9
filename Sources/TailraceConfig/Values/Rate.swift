/// So many items a working hour, day or week.
struct Rate: Equatable {
    enum Period: Equatable { case hour, day, week }

    var amount: Double
    var period: Period

    /// `40/day`, `5/hour`, `200/week`; nil where it is none, zero, or above a billion.
    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let quantities = Quantity.list(String(parts[0])), quantities.count == 1,
            let quantity = quantities.first, quantity.unit.isEmpty, quantity.number > 0, quantity.number <= 1e9
        else { return nil }
        amount = quantity.number
        switch parts[1].filter({ $0 != " " }).lowercased() {
        case "h", "hour": period = .hour
        case "d", "day": period = .day
        case "w", "week": period = .week
        default: return nil
        }
    }

    /// Items a working day. An hour is a working hour and a week has its working days; where no hours are declared,
    /// a day has eight hours and a week five days.
    func perDay(_ hours: WorkingHours?) -> Double {
        let daysPerWeek = Double(hours?.daysPerWeek ?? 5)
        switch period {
        case .hour: return amount * (hours?.hoursPerWeek ?? 40) / daysPerWeek
        case .day: return amount
        case .week: return amount / daysPerWeek
        }
    }
}
