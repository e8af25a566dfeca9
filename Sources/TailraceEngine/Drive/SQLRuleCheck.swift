public import TailraceConfig
internal import TailraceStore

extension Configuration {
    /// What is wrong with the SQL of the rules of the user's own: each is compiled against a store without rows.
    ///
    /// Complexity: O(rules); some milliseconds for the first.
    public func checkSQLRules() -> [Problem] {
        guard !sqlRules.isEmpty else { return [] }
        let reader: RuleReader
        do {
            reader = try RuleReader.empty()
        } catch {
            return [Problem(file: file, line: 1, column: 1, message: "rules cannot be checked: \(error)")]
        }
        return sqlRules.flatMap { rule in problems(of: rule, reader) }
    }

    private func problems(of rule: SQLRule, _ reader: RuleReader) -> [Problem] {
        func problem(_ message: String, _ mend: String) -> Problem {
            Problem(
                file: file, line: rule.line, column: rule.column, message: "rule \(rule.name): \(message)", mend: mend)
        }
        let columns: [String]
        do {
            columns = try reader.columns(of: rule.sql)
        } catch {
            guard case .invalid(let what, let mend) = error else { return [problem(error.message, "")] }
            return [problem(what, near(what) ?? mend)]
        }
        var problems: [Problem] = []
        for needed in ["stage", "value"] where !columns.contains(needed) {
            problems.append(
                problem(
                    "the rows have no column \"\(needed)\"",
                    needed == "stage"
                        ? "select the stage that the alert is about, '' where it is about none"
                        : "select a number `AS value`; null means not measurable"))
        }
        for name in SQLRule.names(in: rule.summary ?? "") where !columns.contains(name) {
            problems.append(
                Problem(
                    file: file, line: rule.summaryLine, column: rule.summaryColumn,
                    message: "rule \(rule.name): summary names {\(name)}, and the rows have no such column",
                    mend: "the columns are: \(columns.joined(separator: ", "))"))
        }
        return problems
    }

    /// The column or view that was meant, where SQLite does not know one.
    private func near(_ message: String) -> String? {
        for (prefix, known) in [("no such column: ", Store.columnNames), ("no such table: ", Store.viewNames)]
        where message.hasPrefix(prefix) {
            let name = message.dropFirst(prefix.count).split(separator: ".").last.map(String.init) ?? ""
            return nearestWord(to: name, among: known).map { "did you mean \"\($0)\"?" }
        }
        return nil
    }
}
