import Glibc

/// What reads bytes from outside, each a target of its own. A target ends the program where something is not as it has
/// to be; what it is given is otherwise refused or read.
enum FuzzTarget: String, CaseIterable {
    /// Stored bytes of a log, packed or not.
    case archive
    /// Lines of JSON, down to the rows they count in.
    case lines
    /// Rows of separated values under their header.
    case rows
    /// Messages of an mbox.
    case mail
    /// A format of times, a line end, and a time.
    case times
    /// A configuration, and a format definition.
    case settings

    /// - Parameter bytes: exactly these, so that a sanitizer sees a step beyond them.
    func run(_ bytes: UnsafeBufferPointer<UInt8>) {
        switch self {
        case .archive: readArchive(bytes)
        case .lines: scanLines(bytes)
        case .rows: scanRows(bytes)
        case .mail: scanMail(bytes)
        case .times: readTime(bytes)
        case .settings: readSettings(bytes)
        }
    }
}

/// Ends the program where the condition does not hold.
func require(_ condition: Bool, _ what: @autoclosure () -> String) {
    if condition { return }
    write("fuzz: \(what())\n")
    abort()
}

func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
}
