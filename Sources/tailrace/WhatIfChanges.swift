import TailraceAnalysis

/// The changes of a stress test as they were asked for: `STAGE=x3`, `STAGE=/4`, `STAGE=+1`.
struct WhatIfChanges: Equatable {
    enum Amount: Equatable {
        case times(Double)
        /// People more, or fewer.
        case plus(Int)
    }
    struct Change: Equatable {
        var option: String
        var stage: String
        var amount: Amount
    }

    let changes: [Change]

    init(scale: [String], service: [String], workers: [String]) throws {
        var changes: [Change] = []
        for (option, texts) in [("--scale", scale), ("--service", service), ("--workers", workers)] {
            for text in texts { changes.append(try Self.change(option, text)) }
        }
        for change in changes where changes.count(where: { $0.option == change.option && $0.stage == change.stage }) > 1
        {
            try fail(
                "\(change.option) names the stage “\(change.stage)” twice", "say it once, as one factor", .usage)
        }
        self.changes = changes
    }

    /// The stages they name, as the store spells them.
    var names: [String] { changes.map(\.stage) }

    private static let examples = ["--scale": "x3", "--service": "/4", "--workers": "+1"]

    private static func change(_ option: String, _ text: String) throws -> Change {
        let example = "write it as STAGE=\(examples[option] ?? "x2")"
        // The last sign: a stage's name may hold others.
        guard let sign = text.lastIndex(of: "="), sign > text.startIndex else {
            try fail("\(option) “\(text)” is no change of a stage", example, .usage)
        }
        let value = String(text[text.index(after: sign)...])
        guard let amount = amount(value, allowsPeople: option == "--workers") else {
            try fail(
                "\(option) “\(text)”: “\(value)” is no factor from 0.001 to 1000",
                option == "--workers" ? "\(example), or =x2, or =/2" : example, .usage)
        }
        let name = String(text[..<sign])
        return Change(option: option, stage: name == "".stageName ? "" : name, amount: amount)
    }

    /// `x3`, `×3`, `3`, `/4`; of people `+1`, `-1` too. Nil for anything else.
    static func amount(_ text: String, allowsPeople: Bool) -> Amount? {
        guard let first = text.first else { return nil }
        if allowsPeople, first == "+" || first == "-" {
            return Int(text).flatMap { $0 != 0 && abs($0) <= 10_000 ? .plus($0) : nil }
        }
        let digits = "x×*/".contains(first) ? String(text.dropFirst()) : text
        guard digits.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }), let number = Double(digits), number > 0
        else { return nil }
        let factor = first == "/" ? 1 / number : number
        return factor >= 0.001 && factor <= 1000 ? .times(factor) : nil
    }

    /// The changes with stages as places of the graph and people as factors.
    func scenario(_ graph: StageGraph) throws -> Scenario {
        var scenario = Scenario()
        for change in changes {
            guard let place = graph.place(of: change.stage) else {
                let names = graph.stages.prefix(8).map { $0.name.stageName }.joined(separator: ", ")
                try fail(
                    "there is no stage “\(change.stage)”",
                    "the stages are \(names)\(graph.stages.count > 8 ? ", …; `tailrace flow` lists them" : "")", .usage)
            }
            let stage = graph.stages[place]
            let factor = try factor(change, stage)
            let made = Scenario.Change(stage: place, factor: factor)
            switch change.option {
            case "--scale": scenario.scale.append(made)
            case "--service": scenario.service.append(made)
            default: scenario.workers.append(made)
            }
            if change.option != "--scale", stage.capacityPerDay == nil {
                try fail(
                    "\(change.option): the capacity of “\(change.stage)” is not known",
                    "declare `capacity` for it in the configuration, or replay more weeks", .usage)
            }
        }
        return scenario
    }

    private func factor(_ change: Change, _ stage: StageNode) throws -> Double {
        switch change.amount {
        case .times(let factor):
            if change.option == "--scale", stage.enteredPerWeek == 0 {
                try fail(
                    "--scale: nothing enters “\(change.stage)” in the weeks that are fitted",
                    "scale a stage where work enters, or fit more weeks with --weeks", .usage)
            }
            return factor
        case .plus(let people):
            guard stage.workersAreKnown else {
                try fail(
                    "--workers: how many people work in “\(change.stage)” is not known (actors are not logged, or fewer "
                        + "than the minimum group)",
                    "say how much larger the team becomes, as \(change.stage)=x1.5", .usage)
            }
            guard stage.servers + people > 0 else {
                try fail(
                    "--workers: “\(change.stage)” has \(stage.servers) people, and \(people) would leave nobody",
                    "leave at least one", .usage)
            }
            return Double(stage.servers + people) / Double(stage.servers)
        }
    }
}
