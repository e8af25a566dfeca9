/// The Wilson score interval of a share: where the true share lies when `hits` of `total` were counted
/// (E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22, 1927).
///
/// Unlike the normal approximation it never leaves 0...1 and stays honest for few counts and shares near 0 or 1.
///
/// - Parameters:
///   - hits: 0...total.
///   - total: how many were looked at. 0 tells nothing: the interval is then 0...1.
///   - z: width in standard deviations; 1.96 covers 95 %.
public func wilsonInterval(hits: Int, of total: Int, z: Double = 1.96) -> (low: Double, high: Double) {
    precondition(hits >= 0 && hits <= total)
    guard total > 0 else { return (0, 1) }
    let n = Double(total)
    let share = Double(hits) / n
    let scale = 1 + z * z / n
    let centre = (share + z * z / (2 * n)) / scale
    let half = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot() / scale
    // At the two ends the formula gives exactly 0 and 1; rounding must not move them.
    return (hits == 0 ? 0 : max(0, centre - half), hits == total ? 1 : min(1, centre + half))
}
