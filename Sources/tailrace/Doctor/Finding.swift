/// Something that is wrong, or that a person on call should know, and the mend.
struct Finding: Sendable, Equatable {
    enum Severity: String, Sendable, CaseIterable {
        /// Events are lost or not counted now.
        case error
        /// They may soon be.
        case warning
        /// Worth knowing; nothing has to be done.
        case note
    }

    var severity: Severity
    /// The file, folder or setting that it is about.
    var place: String
    /// What is wrong.
    var what: String
    /// What to do about it.
    var mend: String
    /// Commands to copy: to look closer, or to mend.
    var commands: [String] = []

    var json: JSONValue {
        .object([
            ("severity", .string(severity.rawValue)), ("place", .string(place)), ("what", .string(what)),
            ("mend", .string(mend)), ("commands", .array(commands.map { .string($0) })),
        ])
    }
}

extension [Finding] {
    /// Errors first, then warnings, then notes; in the order of the checks otherwise.
    var bySeverity: [Finding] { Finding.Severity.allCases.flatMap { severity in filter { $0.severity == severity } } }

    func count(_ severity: Finding.Severity) -> Int64 { Int64(count { $0.severity == severity }) }

    /// Is anything wrong? A note alone is not.
    var hasTrouble: Bool { contains { $0.severity != .note } }
}

extension String {
    /// The text as one word for a shell: bare where that is safe, in single quotes otherwise.
    var shellWord: String {
        let isSafe = unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                || "/._-+=:,@%".unicodeScalars.contains(scalar)
        }
        return isSafe && !isEmpty ? self : "'" + replacing("'", with: "'\\''") + "'"
    }
}
