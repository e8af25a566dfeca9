import TailraceIngest

/// What is wrong with the sources, as the store remembers them.
struct SourceFindings {
    let clock: StoreClock
    /// Seconds since 1970 UTC.
    let now: Int64
    /// The user who reads the logs.
    let user: String
    /// What the file system says now; nil where there is no such file.
    let facts: (String) -> FileFacts?

    /// So much unread may be a moment's work; more is a queue.
    static let behindLimitBytes: Int64 = 64 << 20
    /// Machines whose clocks agree this closely are fine.
    static let clockLimitSeconds = 300.0
    /// A live store whose newest event is older than this has probably lost its logs.
    static let silenceLimitSeconds = 3600.0

    func findings(_ sources: SourceList) -> [Finding] {
        let rows = sources.rows
        return rows.flatMap { row in
            [state(row), behind(row), clocks(row)].compactMap { $0 }
        } + [silence(rows)].compactMap { $0 }
    }

    private func state(_ row: ViewRow) -> Finding? {
        let path = row.text("path") ?? ""
        switch row.text("state") {
        case "corrupt": return corrupt(row, path)
        case "truncated": return truncated(row, path)
        case "unreadable": return unreadable(row, path)
        case "gone": return gone(row, path)
        case "silent":
            return Finding(
                severity: .warning, place: path,
                what: "silent: it used to bring events and does so no longer; the last was at "
                    + "\(clock.moment(row.integer("last_event_time"))).",
                mend: "Look whether its writer still runs, and whether it writes to another file now.")
        default: return remark(row, path)
        }
    }

    /// A copy is no news; what else the reader remarked is.
    private func remark(_ row: ViewRow, _ path: String) -> Finding? {
        guard row.text("state") == "ok", row.text("copy_of") == nil, let detail = row.text("detail") else { return nil }
        return Finding(
            severity: .note, place: path, what: "\(detail).", mend: "All of it that is a log is read and counted.")
    }

    // MARK: - States

    private func corrupt(_ row: ViewRow, _ path: String) -> Finding {
        let kept = row.integer("events") ?? 0
        let told = row.text("detail").map { ": \($0)" } ?? ""
        let rest =
            kept == 0
            ? "Nothing of it could be read."
            : "\(Figure.counted(kept, "event")) of it \(kept == 1 ? "is" : "are") counted: what stood before the "
                + "damage, and what follows in members that are whole. Records inside the damaged part are lost."
        return Finding(
            severity: .error, place: path, what: "damaged\(told). \(rest)",
            mend: "Confirm it with the first command. If there is an intact copy where the file came from, replay that "
                + "into a store of its own to see what is missing. Then look for the cause: a copy that was cut off, a "
                + "full disk, a failing drive.",
            commands: ["\(tester(path)) \(path.shellWord)", "tailrace replay --store intact.sqlite INTACT-COPY"])
    }

    private func truncated(_ row: ViewRow, _ path: String) -> Finding {
        let since = facts(path).map { " It has not changed since \(clock.moment($0.modified)) (\(clock.name))." } ?? ""
        let told = row.text("detail") ?? "ends inside an archive member"
        let word = path.shellWord
        // A hidden name is not taken for another log.
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let whole = "\(path.parentFolder)/.\(name).whole".shellWord
        let packer = facts(path)?.packing == .zstd ? "zstd" : "gzip"
        return Finding(
            severity: .warning, place: path,
            what: "unfinished: \(told).\(since) The whole lines before that are counted "
                + "(\(Figure.counted(row.integer("events") ?? 0, "event"))).",
            mend:
                "If its writer runs, it will finish the file by itself. If the file was cut off on its way here, copy "
                + "it again over this one: reading goes on where it stopped. If its writer died, nothing more will "
                + "come; the commands close the file with what is in it, and nothing is counted twice.",
            commands: [
                "\(packer) -dc \(word) 2>/dev/null | \(packer) -c > \(whole)",
                "chown --reference=\(word) \(whole) && chmod --reference=\(word) \(whole)", "mv \(whole) \(word)",
            ])
    }

    private func unreadable(_ row: ViewRow, _ path: String) -> Finding {
        let told = row.text("detail") ?? "it cannot be read"
        let folded = told.lowercased()
        if folded.contains("permission denied") {
            let right = ReadingRight(user: user, path: path, facts: facts(path))
            return Finding(
                severity: .error, place: path, what: "\(told) when it was last looked at. \(right.what)",
                mend: right.mend, commands: right.commands)
        }
        if folded.contains("unknown format") {
            return Finding(
                severity: .warning, place: path, what: "unknown format: no definition fits its first records.",
                mend: "If it is no log, take it out of the paths under `sources:`. Otherwise look at its first lines, "
                    + "then name its format (`format:` under `sources:`, or `replay --format NAME`) or describe it "
                    + "under `formats:`; `tailrace check` tries what you wrote.",
                commands: ["\(reader(path)) \(path.shellWord) | head -n 3", "tailrace check"])
        }
        if folded.contains("no such file") {
            return Finding(
                severity: .warning, place: path, what: "gone when it was last looked at (\(told)).",
                mend: "If it was rotated away on purpose, all is well. Otherwise bring it back under its name: reading "
                    + "goes on where it stopped.")
        }
        return Finding(
            severity: .error, place: path, what: "cannot be read: \(told).",
            mend: folded.contains("packed with")
                ? "Let its writer pack with gzip or zstd, or unpack it."
                : "Look at the file and at what the kernel says of its disk.",
            commands: ["ls -l \(path.shellWord)"] + (folded.contains("packed with") ? [] : ["dmesg | tail"]))
    }

    private func gone(_ row: ViewRow, _ path: String) -> Finding? {
        guard let behind = row.integer("behind_bytes"), behind > 0 else { return nil }
        return Finding(
            severity: .warning, place: path,
            what: "removed before it was read to its end: \(Figure.bytes(behind)) on disk were not read.",
            mend: "If there is a copy, bring it back under any name that the configuration covers: what is counted "
                + "already is not counted again. Let the rotation keep files for longer (`rotate` of logrotate).")
    }

    // MARK: - Lag

    private func behind(_ row: ViewRow) -> Finding? {
        guard let bytes = row.integer("behind_bytes"), bytes >= Self.behindLimitBytes, row.text("state") != "gone"
        else { return nil }
        let lag = row.real("lag_s").map { ", \(Figure.duration($0)) of events" } ?? ""
        return Finding(
            severity: .warning, place: row.text("path") ?? "",
            what: "\(Figure.bytes(bytes)) behind\(lag): it grows faster than it is read, or reading has just begun.",
            mend: "Look again in a minute. If the number shrinks, wait. If it grows, look at the load of this machine, "
                + "at the room on the store's disk, and at what the daemon says.",
            commands: ["tailrace sources", "journalctl -u tailrace --since -1h"])
    }

    private func clocks(_ row: ViewRow) -> Finding? {
        guard let lag = row.real("lag_s"), lag < -Self.clockLimitSeconds else { return nil }
        return Finding(
            severity: .warning, place: row.text("path") ?? "",
            what: "its last event lies \(Figure.duration(-lag)) ahead of this machine's clock.",
            mend: "Compare the clocks of this machine and of the writer, and the time zone that the writer puts into "
                + "its lines.", commands: ["timedatectl"])
    }

    private func silence(_ rows: [ViewRow]) -> Finding? {
        // Only a daemon tells lags; archives that were replayed are old by nature.
        guard let least = rows.compactMap({ $0.real("lag_s") }).min(), least > Self.silenceLimitSeconds else {
            return nil
        }
        return Finding(
            severity: .note, place: "all sources",
            what: "the newest event of all was \(Figure.duration(least)) old when its source was last looked at.",
            mend:
                "At night and on weekends that may be right. Otherwise look whether the daemon runs and the writers do.",
            commands: ["systemctl status tailrace"])
    }

    // MARK: - Commands

    private func tester(_ path: String) -> String { facts(path)?.packing == .zstd ? "zstd -t" : "gzip -t" }

    private func reader(_ path: String) -> String { facts(path)?.packing == .zstd ? "zstd -dcf" : "zcat -f" }
}
