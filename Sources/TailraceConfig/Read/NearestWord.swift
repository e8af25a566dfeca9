/// The known word that a mistyped one most likely stands for; nil where none is near.
///
/// Nearness is the optimal string alignment distance (Damerau 1964: insert, delete, replace, swap neighbours),
/// blind to case and to `-` against `_`. A third of the letters may differ, three at most.
/// Complexity: O(known · length²), with the length capped.
package func nearestWord(to word: String, among known: some Sequence<String>) -> String? {
    let folded = comparable(word)
    guard folded.count <= 64 else { return nil }
    let limit = min(3, max(1, folded.count / 3))
    var best: (word: String, distance: Int, prefix: Int)?
    for candidate in known.sorted() {
        let other = comparable(candidate)
        let distance = alignmentDistance(folded, other)
        guard distance <= limit else { continue }
        // The first letters are the least mistyped: of two equally near words the one that begins alike.
        let prefix = zip(folded, other).prefix { $0 == $1 }.count
        if let best, (best.distance, -best.prefix) <= (distance, -prefix) { continue }
        best = (candidate, distance, prefix)
    }
    return best?.word
}

/// The mend for an unknown word: the one meant, or all that there are.
func suggestion(for word: String, among known: [String]) -> String {
    if let near = nearestWord(to: word, among: known) { return "did you mean \(quoted(near))?" }
    return "known are: \(known.joined(separator: ", "))"
}

/// A text of the file as messages show it: on one line, not too long.
func quoted(_ text: String) -> String {
    let limit = 60
    let isLong = text.unicodeScalars.count > limit
    var shown = ""
    for scalar in text.unicodeScalars.prefix(limit) {
        shown += scalar.properties.generalCategory == .control ? scalar.escaped(asASCII: true) : String(scalar)
    }
    return "\"\(shown)\(isLong ? "…" : "")\""
}

private func comparable(_ word: String) -> [UInt8] {
    word.utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : (65...90).contains($0) ? $0 | 0x20 : $0 }
}

private func alignmentDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var rows = Array(repeating: Array(repeating: 0, count: b.count + 1), count: a.count + 1)
    for i in 0...a.count { rows[i][0] = i }
    for j in 0...b.count { rows[0][j] = j }
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    for i in 1...a.count {
        for j in 1...b.count {
            let change = rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, change)
            if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
            }
        }
    }
    return rows[a.count][b.count]
}
