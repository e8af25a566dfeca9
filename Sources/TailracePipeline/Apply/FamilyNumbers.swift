/// One numbering for the families of several stores: in the order in which their leaders appeared, then by store.
struct FamilyNumbers {
    /// Where a number comes from, by number; nobody has 0.
    private(set) var places: [(host: Int32, family: UInt32)] = [(-1, 0)]
    /// By store and its own number.
    private var numbers: [[UInt32]]

    /// - Parameter published: of each store, when the leader of each family appeared, by the family's number there
    ///   (seconds); `Int64.min` where nothing is known of it.
    /// - Complexity: O(n log n) in the families, alone ones among them; 20 bytes each stay.
    init(_ published: [[Int64]]) {
        numbers = published.map { Array(repeating: 0, count: $0.count) }
        var order: [(time: Int64, host: Int32, family: UInt32)] = []
        for (host, times) in published.enumerated() {
            for family in times.indices.dropFirst() {
                order.append((times[family], Int32(clamping: host), UInt32(clamping: family)))
            }
        }
        order.sort { ($0.time, $0.host, $0.family) < ($1.time, $1.host, $1.family) }
        for entry in order {
            numbers[Int(entry.host)][Int(entry.family)] = UInt32(clamping: places.count)
            places.append((entry.host, entry.family))
        }
    }

    /// 0 for a family that no leader is known of.
    func number(of family: UInt32, in host: Int) -> UInt32 {
        Int(family) < numbers[host].count ? numbers[host][Int(family)] : 0
    }
}
