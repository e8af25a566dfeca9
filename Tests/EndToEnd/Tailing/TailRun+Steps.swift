import Foundation
import TestSupport

extension TailRun {
    func perform(_ step: Step) throws {
        switch step {
        case .append, .half, .rest, .unended, .raw, .encoded, .noise, .openWriter, .write, .closeWriter, .rewrite,
            .writeMany:
            try writeLines(step)
        case .rename, .copy, .truncate, .remove, .removeFolder, .makeFolder, .hardLink, .link, .fifo, .mode,
            .copyTruncate:
            try move(step)
        case .discard(let path):
            try makeAble()
            try settle()
            try move(.remove(path))
        case .swapLink(let path, let target, let lines):
            try makeAble()
            try settle()
            try writeLines(.append(target, lines))
            try move(.link(path, to: target))
        case .pack, .member, .program, .prepare, .preparePacking, .deliver, .damage, .damageTrailer, .flip,
            .completePacking,
            .repack, .abandon:
            try pack(step)
        case .stop: try stop()
        case .start: try start()
        case .restart:
            try stop()
            try start()
        case .kill:
            try killNow()
            try start()
        case .freeze: daemon?.signal(SIGSTOP)
        case .thaw: daemon?.signal(SIGCONT)
        case .fillStore:
            // Without room for a new store the program says so and ends.
            try start()
            _ = try wait(patience) { StoreContent(store, isWhole: false) != nil }
            try disk?.fill()
        case .freeStore: try disk?.free()
        case .lockStore: storeLock = try StoreLock(store)
        case .unlockStore: storeLock = nil
        case .clock(let hours): timeShift += hours * 3_600_000
        case .hold(let seconds): try pass(seconds)
        case .settle:
            try makeAble()
            try settle()
        case .settleWithin(let seconds):
            try makeAble()
            try settle(within: seconds)
        case .state, .alert, .released, .peakBelow, .rejects, .mayReject: try look(step)
        }
    }

    // MARK: - Writing

    private func writeLines(_ step: Step) throws {
        switch step {
        case .append(let path, let count):
            try endLineWhereLenient(path)
            let numbers = model.take(count)
            try append(NumberedEvent.lines(numbers, shift: timeShift), to: path)
            model.require(numbers)
        case .half(let path):
            try endLineWhereLenient(path)
            let number = model.take(1).lowerBound
            let line = NumberedEvent.line(number)
            let cut = 1 + random.below(line.count - 4)
            try append(Array(line[..<cut]), to: path)
            begun[path] = (number, Array(line[cut...]))
        case .unended(let path, let isNeeded):
            try endLineWhereLenient(path)
            let numbers = model.take(1)
            try append(NumberedEvent.line(numbers.lowerBound, end: ""), to: path)
            isNeeded ? model.require(numbers) : model.excuse(numbers)
            begun[path] = (numbers.lowerBound, [0x0A])
        case .rest(let path):
            guard let line = begun.removeValue(forKey: path) else { return }
            try append(line.rest, to: path)
            if let number = line.number { model.require([number]) }
        case .raw(let path, let bytes): try append(bytes, to: path)
        case .encoded(let path, let count, let encoding):
            let numbers = model.take(count)
            try append(encoding.bytes(of: numbers), to: path)
            if encoding == .invalidUTF8 { model.mustReject(count) } else { model.require(numbers) }
        case .noise(let path, let count):
            try append((0..<count).flatMap { _ in NumberedEvent.noise }, to: path)
            model.noise += count
        case .openWriter(let name, let path):
            makeFolderOf(path)
            writers[name] = open(folder.path(path), O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
        case .write(let name, let count, let isSeenOnlyByOpenReaders):
            let numbers = model.take(count)
            try write(NumberedEvent.lines(numbers), to: writers[name] ?? -1)
            if isSeenOnlyByOpenReaders, mode != .live { model.excuse(numbers) } else { model.require(numbers) }
        case .closeWriter(let name): writers.removeValue(forKey: name).map { _ = close($0) }
        case .rewrite(let path, let count):
            let numbers = model.take(count)
            let bytes = NumberedEvent.lines(numbers)
            let descriptor = open(folder.path(path), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
            defer { close(descriptor) }
            try write(bytes, to: descriptor)
            model.require(numbers)
        case .writeMany(let folder, let files, let lines, let packed):
            for file in 0..<files {
                let numbers = model.take(lines)
                let bytes = NumberedEvent.lines(numbers)
                let packed = packed.map { FlushingPacker($0.format).finish(bytes) }
                try append(packed ?? bytes, to: "\(folder)/\(file).log")
                model.require(numbers)
            }
        default: break
        }
    }

    /// The daemon must be able to store what is waited for, whatever steps were left out.
    func makeAble() throws {
        if isLenient {
            try disk?.free()
            daemon?.signal(SIGCONT)
        }
        try start()
    }

    /// Where the step that would have ended a line is left out, the next one does it.
    private func endLineWhereLenient(_ path: String) throws {
        if isLenient { try writeLines(.rest(path)) }
    }

    /// Appends as a writer of logs does; makes the file, and its folder.
    func append(_ bytes: [UInt8], to path: String) throws {
        makeFolderOf(path)
        let descriptor = open(folder.path(path), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        defer { close(descriptor) }
        try write(bytes, to: descriptor)
    }

    private func makeFolderOf(_ path: String) {
        let parent = (folder.path(path) as NSString).deletingLastPathComponent
        try? FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    }

    private func write(_ bytes: [UInt8], to descriptor: Int32) throws {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes {
                Foundation.write(descriptor, $0.baseAddress! + done, bytes.count - done)
            }
            guard count > 0 else { throw TailFailure(description: "cannot write: \(String(cString: strerror(errno)))") }
            done += count
        }
    }

    // MARK: - Moving

    private func move(_ step: Step) throws {
        var failed: Int32 = 0
        switch step {
        case .rename(let from, let to):
            try endLineWhereLenient(from)
            makeFolderOf(to)
            if isLenient, exists(to) { return }
            failed = rename(folder.path(from), folder.path(to))
            begun[to] = begun.removeValue(forKey: from)
            parcels[to] = parcels.removeValue(forKey: from)
        case .copy(let from, let to): try append(content(from), to: to)
        case .copyTruncate(let from, let to):
            if isLenient, exists(to) { return }
            try endLineWhereLenient(from)
            try append(content(from), to: to)
            failed = truncate(folder.path(from), 0)
        case .truncate(let path): failed = truncate(folder.path(path), 0)
        case .remove(let path):
            failed = unlink(folder.path(path))
            begun[path] = nil
        case .removeFolder(let path): try FileManager.default.removeItem(atPath: folder.path(path))
        case .makeFolder(let path):
            try FileManager.default.createDirectory(atPath: folder.path(path), withIntermediateDirectories: true)
        case .hardLink(let from, let to): failed = link(folder.path(from), folder.path(to))
        case .link(let path, let target):
            let fresh = folder.path(path) + ".fresh-link"
            makeFolderOf(path)
            failed = symlink(folder.path(target), fresh)
            if failed == 0 { failed = rename(fresh, folder.path(path)) }
        case .fifo(let path): failed = mkfifo(folder.path(path), 0o644)
        case .mode(let path, let mode): failed = chmod(folder.path(path), mode_t(mode))
        default: break
        }
        if failed != 0 {
            throw TailFailure(
                description: "\(step.title) is not possible: \(String(cString: strerror(errno)))", isOfStep: true)
        }
    }

    func content(_ path: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: folder.path(path)) else {
            throw TailFailure(description: "no file \(path)", isOfStep: true)
        }
        return Array(data)
    }

    func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(folder.path(path), &status) == 0
    }

    // MARK: - Looking

    private func look(_ step: Step) throws {
        switch step {
        case .state(let path, let wanted):
            let sql = "SELECT state, detail FROM v1_sources WHERE path = '\(folder.path(path))'"
            var found: [String] = []
            let isSo = try wait(patience) {
                found = StoreContent.rows(store, sql)
                return found.contains { row in wanted.contains { row.hasPrefix($0 + " |") } }
            }
            if !isSo { throw TailFailure(description: "the state is \(found) instead of \(wanted)") }
        case .alert(let rule):
            let isThere = try wait(patience) {
                !StoreContent.rows(store, "SELECT alert FROM v1_alerts WHERE rule = '\(rule)'").isEmpty
            }
            if !isThere { throw TailFailure(description: "no alert \(rule)") }
        case .released:
            guard mode == .live else { return }
            // Its own: a child may be born with descriptors of tests that run beside this one.
            let logs = folder.path("logs")
            let isSo = try wait(30) { deletedFiles(under: logs).isEmpty }
            if !isSo { throw TailFailure(description: "still open: \(deletedFiles(under: logs))") }
        case .peakBelow(let bytes):
            if let peak = daemon?.peakBytes, peak > bytes {
                throw TailFailure(description: "\(peak >> 20) MiB of memory, at most \(bytes >> 20) wanted")
            }
        case .rejects(let count): model.mustReject(count)
        case .mayReject(let count): model.mayReject(count)
        default: break
        }
    }

    /// Files in the folder that the daemon holds open although they have no name any more.
    private func deletedFiles(under folder: String) -> [String] {
        (daemon?.openFiles ?? []).filter { $0.hasPrefix(folder) && $0.hasSuffix(" (deleted)") }
    }
}
