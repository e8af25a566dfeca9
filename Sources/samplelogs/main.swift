import Glibc

/// Writes the sample logs: `samplelogs --out FOLDER [--seed N]`.
func run(_ arguments: [String]) throws(WritingFault) -> Int32 {
    var folder: String?
    var seed: UInt64 = 2026
    var rest = arguments.makeIterator()
    while let option = rest.next() {
        switch (option, rest.next()) {
        case ("--out", let value?): folder = value
        case ("--seed", let value?):
            guard let number = UInt64(value) else { return usage("--seed needs a whole number, not \(value)") }
            seed = number
        default: return usage("do not understand \(option)")
        }
    }
    guard let folder else { return usage("--out is missing") }

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
    complain("\(complaint)\nusage: samplelogs --out FOLDER [--seed N]")
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
