import Glibc

/// Does what is asked for (`Options`), and gives the exit code.
func run(_ arguments: [String]) throws(WritingFault) -> Int32 {
    let options: Options
    do throws(OptionFault) {
        options = try Options.parse(arguments)
    } catch {
        // Exit code 64: the arguments were wrong.
        complain(error.text + "; `samplelogs --help` lists all options")
        return 64
    }
    switch options {
    case .help: print(Options.usage, terminator: "")
    case .samples(let folder, let seed): return try samples(to: folder, seed: seed)
    case .load(let order, let seed): return try load(order, seed: seed)
    }
    return 0
}

func samples(to folder: String, seed: UInt64) throws(WritingFault) -> Int32 {
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

func load(_ order: LoadOrder, seed: UInt64) throws(WritingFault) -> Int32 {
    guard order.files <= order.items else {
        complain(
            "\(order.megabytes) MB of \(order.format) hold \(order.items) items, too few for \(order.files) files; "
                + "ask for more --megabytes or fewer --files")
        return 64
    }
    var log = LoadLog(order, seed: seed)
    try log.write()
    return 0
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
