/// A file that was written, with what a reader must count in it.
struct LogFile {
    let path: String
    let events: Int
    /// Rejected lines by reason, in order of reason.
    let rejected: [(reason: String, count: Int)]
    let bytes: Int
    let compressedBytes: Int
}

/// Writes what was logged into the files that an organisation would have: a folder a system, a file a month.
struct LogWriter {
    let folder: String
    private var random: SplitMix64
    private(set) var files: [LogFile] = []

    init(folder: String, random: SplitMix64) {
        self.folder = folder
        self.random = random
    }

    /// How a file is packed.
    private enum Packing {
        case plain
        case gzip
        /// A member for each hour: what an hourly rotation that appends leaves behind.
        case gzipHourly
        case zstd
        /// A frame for each week.
        case zstdWeekly

        var suffix: String {
            switch self {
            case .plain: ""
            case .gzip, .gzipHourly: ".gz"
            case .zstd, .zstdWeekly: ".zst"
            }
        }
    }

    /// One line in a thousand is broken, each in its own way.
    private static let faults = [
        "syntax", "unknown-action", "missing-item", "bad-time", "missing-time", "unknown-stream", "missing-action",
        "missing-stream",
    ]

    mutating func write(_ log: CompanyLog) throws(WritingFault) {
        for system in LogSystem.allCases {
            try makeFolder("\(folder)/\(system.folder)")
            if system == .loans {
                try writeCaseTable(log.of(system))
            } else {
                try writeLines(log.of(system), of: system)
            }
        }
    }

    /// JSON lines in order of time, but for a few that were logged up to a minute late.
    private mutating func writeLines(_ events: [LogEvent], of system: LogSystem) throws(WritingFault) {
        let late: Set<String> = ["read", "click", "reply", "defer", "unsubscribe"]
        var order: [(time: Int, index: Int)] = []
        for (index, event) in events.enumerated() {
            let isLate = late.contains(event.action) && random.happens(0.05)
            order.append((event.time + (isLate ? random.whole(1...55) : 0), index))
        }
        order.sort { $0 < $1 }
        var start = 0
        while start < order.count {
            let month = system == .pilots ? "teams" : Berlin.month(of: order[start].time)
            var end = start
            while end < order.count, system == .pilots || Berlin.month(of: order[end].time) == month { end += 1 }
            let logged = order[start..<end].map { (time: $0.time, event: events[$0.index]) }
            try writeFile(of: system, month, logged)
            start = end
        }
    }

    private mutating func writeFile(
        of system: LogSystem, _ month: String, _ logged: [(time: Int, event: LogEvent)]
    ) throws(WritingFault) {
        let packing = LogWriter.packing(of: system, month)
        var parts: [[UInt8]] = [[]]
        var rejected: [String: Int] = [:]
        var lastHour = -1
        for (time, event) in logged {
            let hour = Int(Period.week(of: time) * 168)
            let isCut =
                packing == .gzipHourly ? hour != lastHour : packing == .zstdWeekly && hour / 168 != lastHour / 168
            if isCut, lastHour >= 0 { parts.append([]) }
            lastHour = hour
            let fields = event.fields(timeAsNumber: system == .pilots)
            parts[parts.count - 1] += Array(jsonLine(fields).utf8) + [UInt8(ascii: "\n")]
            if random.happens(0.001) {
                let fault = random.pick(LogWriter.faults)
                rejected[fault, default: 0] += 1
                parts[parts.count - 1] += Array(broken(fields, by: fault).utf8) + [UInt8(ascii: "\n")]
            }
        }
        let path = "\(system.folder)/\(month).ndjson\(packing.suffix)"
        try save(parts, packing, path, events: logged.count, rejected: rejected)
    }

    private static func packing(of system: LogSystem, _ month: String) -> Packing {
        switch (system, month) {
        case (.pilots, _): .plain
        case (.mail, "2026-05"): .gzipHourly
        case (.documents, "2026-04"): .zstdWeekly
        case (.documents, _): .zstd
        default: .gzip
        }
    }

    /// A line that a reader must reject for exactly this reason.
    private mutating func broken(_ fields: [(key: String, value: String)], by fault: String) -> String {
        var fields = fields
        func replace(_ key: String, _ value: String?) {
            guard let place = fields.firstIndex(where: { $0.key == key }) else { return }
            if let value { fields[place].value = value } else { fields.remove(at: place) }
        }
        switch fault {
        case "unknown-action": replace("action", random.pick(["\"archive\"", "\"ping\"", "\"frobnicate\""]))
        case "unknown-stream": replace("stream", random.pick(["\"fax\"", "\"telex\""]))
        case "bad-time": replace("time", random.pick(["\"2026-13-41T25:61:00+01:00\"", "\"yesterday noon\""]))
        case "missing-time", "missing-item", "missing-action", "missing-stream":
            replace(String(fault.dropFirst("missing-".count)), nil)
        default:
            // The machine stopped while it wrote: half of the line is there.
            let line = jsonLine(fields)
            return String(line.prefix(line.count / 2))
        }
        return jsonLine(fields)
    }

    /// A process miner's export: all rows of a case together, so rows are not in order of time.
    private mutating func writeCaseTable(_ events: [LogEvent]) throws(WritingFault) {
        var firstSeen: [String: Int] = [:]
        for (index, event) in events.enumerated() where firstSeen[event.item] == nil { firstSeen[event.item] = index }
        let order = events.indices.sorted {
            let (a, b) = (firstSeen[events[$0].item] ?? 0, firstSeen[events[$1].item] ?? 0)
            return (a, events[$0].time, $0) < (b, events[$1].time, $1)
        }
        var rejected: [String: Int] = [:]
        var text = "case,activity,transition,time,resource,group\n"
        for (row, index) in order.enumerated() {
            let event = events[index]
            func line(_ transition: String, _ time: String) -> String {
                "\(event.item),\(event.stage ?? ""),\(transition),\(time),\(event.actor ?? ""),\(event.team ?? "")\n"
            }
            text += line(event.action.uppercased(), Berlin.text(event.time))
            if row % 2000 == 700 {
                rejected["bad-time", default: 0] += 1
                text += line("COMPLETE", "31.02.")
            } else if row % 2000 == 1500 {
                rejected["unknown-action", default: 0] += 1
                text += line("TELEPORTED", Berlin.text(event.time))
            }
        }
        try save([Array(text.utf8)], .gzip, "loans/2026-h1.csv.gz", events: events.count, rejected: rejected)
    }

    private mutating func save(
        _ parts: [[UInt8]], _ packing: Packing, _ path: String, events: Int, rejected: [String: Int]
    ) throws(WritingFault) {
        var packed: [UInt8] = []
        for part in parts {
            switch packing {
            case .plain: packed += part
            case .gzip, .gzipHourly: packed += Compression.gzip(part)
            case .zstd, .zstdWeekly: packed += Compression.zstd(part)
            }
        }
        try saveFile("\(folder)/\(path)", packed)
        files.append(
            LogFile(
                path: path, events: events, rejected: rejected.sorted { $0.key < $1.key }.map { ($0.key, $0.value) },
                bytes: parts.reduce(0) { $0 + $1.count }, compressedBytes: packed.count))
    }
}
