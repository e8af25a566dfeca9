import TailracePipeline

extension ConfigurationReader {
    /// Reads the declared ways of one kind of case; nil with a problem where they cannot be used.
    ///
    /// ```yaml
    /// processes:
    ///   claims:
    ///     path: [claim-intake, claim-assessment, claim-payout]
    ///     variants: [[claim-intake, claim-payout]]
    ///     aliases: {claim-check: claim-assessment}
    /// ```
    mutating func readProcess(_ entry: YAMLNode.Entry, among others: [DeclaredProcess]) -> DeclaredProcess? {
        let what = "process \(quoted(entry.key))"
        let section = Section(entry.value, what, keys: ["path", "variants", "aliases"], problems: &problems)
        let mend = "write `path: [intake, assessment, payout]`"
        guard let node = section.needed("path", what, mend: mend, problems: &problems),
            let path = readPath(node, mend)
        else { return nil }
        var process = DeclaredProcess(name: entry.key, paths: [path])
        for variant in section["variants"]?.items("variants", problems: &problems) ?? [] {
            if let path = readPath(variant, mend) { process.paths.append(path) }
        }
        let steps = process.steps
        for alias in section["aliases"]?.entries("aliases", problems: &problems) ?? [] {
            guard let stage = alias.value.name("aliases", problems: &problems) else { continue }
            if steps.contains(stage) {
                process.aliases[alias.key] = stage
            } else {
                problems.error(
                    alias.value.place, "\(quoted(stage)) is in no path of \(what)",
                    mend: suggestion(for: stage, among: steps))
            }
        }
        let taken = Set(others.flatMap { $0.steps + $0.aliases.keys })
        if let shared = (steps + process.aliases.keys.sorted()).first(where: { taken.contains($0) }) {
            problems.error(
                node.place, "stage \(quoted(shared)) belongs to two processes",
                mend: "a stage tells of which process a case is: leave it out of one")
            return nil
        }
        guard steps.count <= DeclaredProcess.limit, others.count < DeclaredProcess.limit else {
            problems.error(
                node.place, "there are more than \(DeclaredProcess.limit) steps or processes", mend: "leave some out")
            return nil
        }
        return process
    }

    private mutating func readPath(_ node: YAMLNode, _ mend: String) -> [String]? {
        guard let names = node.names("path", problems: &problems) else { return nil }
        guard names.count >= 2 else {
            problems.error(node.place, "a path has two stages at least", mend: mend)
            return nil
        }
        return names
    }
}
