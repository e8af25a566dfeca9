extension Configuration {
    /// Reads a configuration file and the format definitions that it names.
    ///
    /// - Throws: all problems of all these files at once; a file that cannot be read is a problem in line 1.
    public static func load(path: String) throws(ConfigurationFault) -> Configuration {
        try parse(bytes: readNamedFile(path), file: path)
    }

    /// Reads the text of a configuration file.
    ///
    /// - Parameter file: stands in messages, and relative paths start from its folder.
    public static func parse(text: String, file: String) throws(ConfigurationFault) -> Configuration {
        try parse(bytes: Array(text.utf8), file: file)
    }

    package static func parse(bytes: [UInt8], file: String) throws(ConfigurationFault) -> Configuration {
        var reader = ConfigurationReader(file: file)
        let root = YAMLTree.read(bytes, problems: &reader.problems)
        let configuration = reader.read(root)
        if reader.problems.hasErrors { throw ConfigurationFault(problems: reader.problems.sorted) }
        return configuration
    }

    /// Names that `rules` may hold.
    public static let ruleNames = [
        "absorption-exceeded", "backlog-limit", "hollow-volume", "harm-creep", "redundancy-surge", "zombie-growth",
        "rework-expansion", "time-to-send", "control-step-added", "validation-share", "decoupling", "rebound-backfire",
        "single-person-queue", "bottleneck-moved", "two-speed", "framing-convergence", "rubber-stamp", "after-hours",
        "process-drift", "pilot-state", "common-friction", "limit-exceeded", "unowned-stage",
        "flow-bought-with-strain", "source-silent", "source-corrupt",
    ]
}

/// The bytes of a file that a person has named, or the problem that it cannot be read.
func readNamedFile(_ path: String) throws(ConfigurationFault) -> [UInt8] {
    do throws(TextFileFault) {
        return try readTextFile(path)
    } catch {
        throw ConfigurationFault(problems: [
            Problem(file: path, line: 1, column: 1, message: "cannot be read: \(error.message)", mend: error.mend)
        ])
    }
}

/// A path as a file means it that stands in a folder of its own.
func pathBeside(_ file: String, _ written: String) -> String {
    guard !written.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return written }
    return file[...slash] + written
}
