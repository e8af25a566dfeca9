/// Collects what is wrong in one file, so that its writer mends everything in one go.
struct ProblemList {
    /// A file with more problems than this is not a configuration with mistakes but another kind of file.
    static let limit = 100

    let file: String
    private(set) var problems: [Problem] = []

    init(file: String) { self.file = file }

    var hasErrors: Bool { problems.contains { $0.severity == .error } }

    // Texts are made only where they are kept: a suggestion for each of a hundred thousand unknown keys takes long.
    mutating func error(
        _ place: TextPlace, _ message: @autoclosure () -> String, mend: @autoclosure () -> String = ""
    ) {
        add(.error, place, message, mend)
    }

    mutating func warning(
        _ place: TextPlace, _ message: @autoclosure () -> String, mend: @autoclosure () -> String = ""
    ) {
        add(.warning, place, message, mend)
    }

    /// Takes over the problems of a file that this one names.
    mutating func append(_ others: [Problem]) { problems += others }

    private mutating func add(
        _ severity: Problem.Severity, _ place: TextPlace, _ message: () -> String, _ mend: () -> String
    ) {
        guard problems.count <= ProblemList.limit else { return }
        let isLast = problems.count == ProblemList.limit
        problems.append(
            Problem(
                file: file, line: place.line, column: place.column, severity: isLast ? .error : severity,
                message: isLast ? "too many problems, the rest is not shown" : message(), mend: isLast ? "" : mend()))
    }

    /// By place; problems of other files come after those of this one.
    var sorted: [Problem] {
        problems.sorted {
            ($0.file == file ? 0 : 1, $0.file, $0.line, $0.column) < (
                $1.file == file ? 0 : 1, $1.file, $1.line, $1.column
            )
        }
    }
}

/// A place in a text, both numbers from 1.
struct TextPlace: Hashable, Sendable {
    var line: Int
    var column: Int

    static let start = TextPlace(line: 1, column: 1)
}
