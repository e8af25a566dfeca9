import Glibc

/// Writes the sample logs, `samplelogs --out FOLDER [--seed N]`, or a log to measure with,
/// `samplelogs --load FILE --megabytes N [--seed N]`.
func run(_ arguments: [String]) throws(WritingFault) -> Int32 {
    var folder: String?
    var load: String?
    var megabytes = 300
    var seed: UInt64 = 2026
    var rest = arguments.makeIterator()
    while let option = rest.next() {
        switch (option, rest.next()) {
        case ("--out", let value?): folder = value
        case ("--load", let value?): load = value
        case ("--megabytes", let value?):
            guard let number = Int(value), number > 0 else { return usage("--megabytes needs a number, not \(value)") }
            megabytes = number
        case ("--seed", let value?):
            guard let number = UInt64(value) else { return usage("--seed needs a whole number, not \(value)") }
            seed = number
        default: return usage("do not understand \(option)")
        }
    }
    if let load {
        var log = LoadLog(seed: seed)
        try log.write(to: load, megabytes: megabytes)
        return 0
    }
    guard let folder else { return usage("--out or --load is missing") }

    let company = Company(seed: seed)
    try makeFolder(folder)
    var writer = LogWriter(folder: folder, random: SplitMix64(seed: seed, story: 99))
    try writer.write(company.log)
    let expectations = company.expectations
    try saveFile("\(folder)/expected.json", Array(expectations.json(files: writer.files).utf8))
    try saveFile("\(folder)/EXPECTED.md", Array(expectations.guide(files: writer.files).utf8))
    try saveFile("\(folder)/tailrace.yaml", Array(Expectations.configuration.utf8))

    let totals = Totals(writer.files)
    print("\(totals.events) events in \(writer.files.count) files, \(totals.compressedBytes) bytes, seed \(seed)")
    return 0
}

/// Exit code 64: the arguments were wrong.
func usage(_ complaint: String) -> Int32 {
    complain("\(complaint)\nusage: samplelogs --out FOLDER [--seed N] | --load FILE --megabytes N [--seed N]")
    return 64
}

/// Writes to standard error by its number: the C variable `stderr` is shared mutable state.
func complain(_ text: String) {
    let line = Array("samplelogs: \(text)\n".utf8)
    _ = Glibc.write(2, line, line.count)
}

do {
    exit(try run(Array(CommandLine.arguments.dropFirst())))
} catch {
    complain("cannot write \(error.path): \(String(cString: strerror(error.number)))")
    exit(74)
}
