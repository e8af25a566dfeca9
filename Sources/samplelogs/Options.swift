/// What `samplelogs` is asked for on the command line.
enum Options {
    case help
    /// The sample logs of the company, into a folder.
    case samples(folder: String, seed: UInt64)
    /// A log to measure with.
    case load(LoadOrder, seed: UInt64)

    static let usage = """
        usage: samplelogs --out FOLDER [--seed N]
               samplelogs --load PATH [--megabytes N] [--format F] [--skew S] [--files N] [--hours N] [--seed N]

        --out FOLDER     write the sample logs of an invented company, and what they must show
        --load PATH      write a log to measure with: plain lines in order of time
          --megabytes N  its size, of 10^6 bytes; 300
          --format F     ndjson: mails, tickets and documents, a fifth of the texts edited copies (default);
                         csv: an event log of process mining, cases with their steps
          --skew S       uneven use: the share S of the events falls on the first 1 - S of the stages, people,
                         recipients, documents and texts, and so on within them; 0.5 to 0.99, 0.8 is the 80-20 rule;
                         without it all are used alike
          --files N      split it into N files in the folder PATH, one after the other in time; 1 to 1000000
          --hours N      the time that it spans; 8760, a year
        --seed N         other texts, people and moments; 2026. The same seed gives the same bytes

        """

    /// - Throws: what is wrong, and what would be right.
    static func parse(_ words: [String]) throws(OptionFault) -> Options {
        var reader = OptionReader(words: words)
        var folder: String?
        var seed: UInt64 = 2026
        var order = LoadOrder()
        var loadOptions: [String] = []
        while let option = reader.next() {
            if ["--megabytes", "--format", "--skew", "--files", "--hours"].contains(option) {
                loadOptions.append(option)
            }
            switch option {
            case "--help", "-h": return .help
            case "--out": folder = try reader.value()
            case "--load": order.path = try reader.value()
            case "--megabytes": order.megabytes = try reader.number(in: 1...1_000_000)
            case "--format":
                let name = try reader.value()
                guard let format = LoadOrder.Format(rawValue: name) else {
                    let known = LoadOrder.Format.allCases.map(\.rawValue).joined(separator: " or ")
                    throw OptionFault(text: "--format takes \(known), not \(name)")
                }
                order.format = format
            case "--skew": order.skew = try reader.share(in: 0.5...0.99)
            case "--files": order.files = try reader.number(in: 1...1_000_000)
            case "--hours": order.hours = try reader.number(in: 1...1_000_000)
            case "--seed": seed = UInt64(try reader.number(in: 0...Int.max))
            default: throw OptionFault(text: "there is no option \(option)")
            }
        }
        switch (folder, order.path.isEmpty) {
        case (let folder?, true):
            if let option = loadOptions.first { throw OptionFault(text: "\(option) belongs to --load") }
            return .samples(folder: folder, seed: seed)
        case (nil, false): return .load(order, seed: seed)
        case (nil, true): throw OptionFault(text: "--out or --load is missing")
        default: throw OptionFault(text: "--out and --load are two tasks; ask for one")
        }
    }
}

/// Why the arguments cannot be followed.
struct OptionFault: Error {
    let text: String
}

/// Takes the words of a command line one by one.
private struct OptionReader {
    private var words: ArraySlice<String>
    private var option = ""

    init(words: [String]) { self.words = words[...] }

    mutating func next() -> String? {
        guard let word = words.popFirst() else { return nil }
        option = word
        return word
    }

    /// The word behind the option.
    mutating func value() throws(OptionFault) -> String {
        guard let word = words.popFirst(), !word.isEmpty else { throw OptionFault(text: "\(option) needs a value") }
        return word
    }

    mutating func number(in range: ClosedRange<Int>) throws(OptionFault) -> Int {
        let word = try value()
        guard let number = Int(word), range.contains(number) else {
            throw OptionFault(
                text: "\(option) takes a whole number from \(range.lowerBound) to \(range.upperBound), not \(word)")
        }
        return number
    }

    mutating func share(in range: ClosedRange<Double>) throws(OptionFault) -> Double {
        let word = try value()
        guard let number = Double(word), range.contains(number) else {
            throw OptionFault(
                text: "\(option) takes a share from \(range.lowerBound) to \(range.upperBound), not \(word)")
        }
        return number
    }
}
