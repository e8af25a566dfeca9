import Foundation

/// What standard output or standard error can show: how wide, and with or without colour.
///
/// A pipe has no width: tables are then as wide as their content, so that no program reads a shortened name.
struct Terminal: Sendable, Equatable {
    /// Columns of text; nil where there is no edge (a pipe or a file, without `COLUMNS`).
    var columns: Int?
    /// May text carry colour and weight?
    var hasColour: Bool
    /// Is a person looking, so that a line may be drawn over?
    var isInteractive: Bool

    /// Does it show nothing but ASCII? Then pictures are drawn with `#`, `-` and `|`.
    var isASCII = false

    init(columns: Int? = nil, hasColour: Bool = false, isInteractive: Bool = false) {
        (self.columns, self.hasColour, self.isInteractive) = (columns, hasColour, isInteractive)
    }

    /// Reads the conventions from an environment.
    ///
    /// `COLUMNS` wins over the window. `NO_COLOR` (not empty) wins over everything; then `CLICOLOR_FORCE` (not `0`)
    /// asks for colour even in a pipe; `CLICOLOR=0` and `TERM=dumb` refuse it.
    init(environment: [String: String], isTerminal: Bool, windowColumns: Int?) {
        let declared = environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
        columns = (declared ?? (isTerminal ? windowColumns ?? 80 : nil)).map { min(max($0, 20), 2000) }
        isInteractive = isTerminal && environment["TERM"] != "dumb"
        // POSIX: the first of these that is set decides. Where none is, nobody has said that UTF-8 would be wrong.
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        let isUTF8 = locale.map { $0.uppercased().replacing("-", with: "").contains("UTF8") } ?? true
        isASCII = !isUTF8 || environment["TERM"] == "dumb"
        func isSet(_ name: String) -> Bool { environment[name].map { !$0.isEmpty } ?? false }
        if isSet("NO_COLOR") {
            hasColour = false
        } else if isSet("CLICOLOR_FORCE"), environment["CLICOLOR_FORCE"] != "0" {
            hasColour = true
        } else {
            hasColour = isInteractive && environment["CLICOLOR"] != "0"
        }
    }

    /// The terminal behind a file descriptor of this process.
    static func of(descriptor: Int32) -> Terminal {
        let isTerminal = isatty(descriptor) == 1
        var size = winsize()
        let hasSize = isTerminal && ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        return Terminal(
            environment: ProcessInfo.processInfo.environment, isTerminal: isTerminal,
            windowColumns: hasSize ? Int(size.ws_col) : nil)
    }

    static var standardOutput: Terminal { of(descriptor: STDOUT_FILENO) }
    static var standardError: Terminal { of(descriptor: STDERR_FILENO) }

    /// Columns for running text: lines longer than a hundred are hard to read.
    var textColumns: Int { min(columns ?? 80, 100) }

    /// The text in this style, or bare where the terminal shows none.
    func styled(_ text: String, _ style: Style) -> String {
        guard hasColour, !text.isEmpty, let code = style.code else { return text }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
}

/// How text looks. Colours carry a meaning each, and there are two of them.
enum Style: Sendable, Equatable {
    case plain
    /// Headings.
    case strong
    /// Notes that can be passed over.
    case faint
    /// A page, or something broken.
    case red
    /// A ticket, or something to look at this week.
    case yellow

    /// The parameter of "select graphic rendition" (ECMA-48, 8.3.117); nil for plain text.
    var code: String? {
        switch self {
        case .plain: nil
        case .strong: "1"
        case .faint: "2"
        case .red: "31"
        case .yellow: "33"
        }
    }
}
