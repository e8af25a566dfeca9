import TailracePipeline

extension YAMLNode {
    /// A length of time above zero, or zero where that means something.
    func duration(
        _ what: String, _ example: String, mayBeZero: Bool = false, problems: inout ProblemList
    ) -> Duration? {
        value(what, example: example, problems: &problems) { text in
            parseDuration(text).flatMap { mayBeZero || $0 > .zero ? $0 : nil }
        }
    }

    /// A time zone by its IANA name.
    func zone(_ what: String, problems: inout ProblemList) -> ZoneTable? {
        guard let name = text(what, problems: &problems) else { return nil }
        if let zone = ZoneTable(named: name) { return zone }
        let near = nearestWord(to: name, among: ZoneTable.knownNames)
        problems.error(
            place, "there is no time zone \(quoted(name))",
            mend: near.map { "did you mean \(quoted($0))?" } ?? "write a name like `Europe/Paris`")
        return nil
    }
}
