/// Something wrong in a configuration or a format definition, with its place and the way to mend it.
public struct Problem: Error, Hashable, Sendable {
    public enum Severity: String, Sendable {
        /// The file cannot be used.
        case error
        /// The file can be used; its writer may have meant something else.
        case warning
    }

    public var file: String
    /// From 1.
    public var line: Int
    /// From 1, counted in Unicode scalars.
    public var column: Int
    public var severity: Severity
    /// What is wrong.
    public var message: String
    /// What to write instead; empty where the message says it.
    public var mend: String

    public init(
        file: String, line: Int, column: Int, severity: Severity = .error, message: String, mend: String = ""
    ) {
        self.file = file
        self.line = line
        self.column = column
        self.severity = severity
        self.message = message
        self.mend = mend
    }
}

extension Problem: CustomStringConvertible {
    /// `FILE:LINE:COLUMN: error: what; mend`, as compilers write it, so that editors can jump there.
    public var description: String {
        "\(file):\(line):\(column): \(severity.rawValue): \(message)\(mend.isEmpty ? "" : "; \(mend)")"
    }
}

/// Why a configuration or a format definition cannot be used: all its problems, not only the first.
public struct ConfigurationFault: Error, Sendable {
    /// By file, line and column; never empty, and at least one is an error.
    public let problems: [Problem]

    /// - Precondition: `problems` is not empty.
    public init(problems: [Problem]) {
        precondition(!problems.isEmpty)
        self.problems = problems
    }
}

extension ConfigurationFault: CustomStringConvertible {
    /// One problem a line.
    public var description: String { problems.map(\.description).joined(separator: "\n") }
}
