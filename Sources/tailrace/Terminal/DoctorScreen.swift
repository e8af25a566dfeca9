/// What the doctor found, for a person who was just woken up: what is wrong, what to do, what to type.
struct DoctorScreen {
    let findings: [Finding]
    /// What was looked at.
    let checked: [String]
    let terminal: Terminal

    private static let indent = "  "

    var text: String {
        var blocks = findings.bySeverity.map { block($0).joined(separator: "\n") }
        blocks.append(summary.joined(separator: "\n"))
        return blocks.joined(separator: "\n\n")
    }

    private func block(_ finding: Finding) -> [String] {
        let name = finding.severity.rawValue.uppercased()
        var lines = [
            terminal.styled(name, Self.style(finding.severity)) + " "
                + terminal.styled(finding.place.printable, .strong)
        ]
        lines += paragraph(finding.what)
        if !finding.mend.isEmpty { lines += paragraph(finding.mend) }
        // Commands are not wrapped: they are copied.
        lines += finding.commands.map { Self.indent + Self.indent + "$ " + $0.printable }
        return lines
    }

    private func paragraph(_ text: String) -> [String] {
        let text = text.prefix(1).uppercased() + text.dropFirst()
        return text.printable.wrapped(to: max(20, terminal.textColumns - Self.indent.count)).map { Self.indent + $0 }
    }

    private var summary: [String] {
        let seen = checked.isEmpty ? "" : " Looked at: \(checked.joined(separator: ", "))."
        let counts: [(Finding.Severity, String)] = [(.error, "error"), (.warning, "warning"), (.note, "note")]
        let text = counts.compactMap { severity, name in
            let count = findings.count(severity)
            return count == 0 ? nil : Figure.counted(count, name)
        }.joined(separator: ", ")
        let head = findings.hasTrouble ? "\(text)." : text.isEmpty ? "All is well." : "All is well (\(text))."
        return (head + seen).printable.wrapped(to: terminal.textColumns)
    }

    private static func style(_ severity: Finding.Severity) -> Style {
        switch severity {
        case .error: .red
        case .warning: .yellow
        case .note: .faint
        }
    }
}
