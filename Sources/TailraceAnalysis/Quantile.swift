/// The value below which `share` of the values lie, the upper neighbour; 0 for no values. The array is left partly
/// ordered: everything before that value is at most it, everything after at least it.
///
/// Hoare's selection (1961) with the middle element as pivot: O(n) on average, no order of the rest.
func quantile<Value: Comparable & ExpressibleByIntegerLiteral>(_ share: Double, of values: inout [Value]) -> Value {
    guard !values.isEmpty else { return 0 }
    let rank = min(values.count - 1, Int(share * Double(values.count)))
    var (low, high) = (0, values.count - 1)
    while low < high {
        let pivot = values[(low + high) / 2]
        var (left, right) = (low, high)
        while left <= right {
            while values[left] < pivot { left += 1 }
            while values[right] > pivot { right -= 1 }
            if left <= right {
                values.swapAt(left, right)
                left += 1
                right -= 1
            }
        }
        if rank <= right {
            high = right
        } else if rank >= left {
            low = left
        } else {
            break
        }
    }
    return values[rank]
}
