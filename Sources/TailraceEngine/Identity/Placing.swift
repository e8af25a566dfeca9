internal import TailraceIngest
internal import TailraceStore

/// Tells by its content which source a file carries.
///
/// Compares the file with every source whose first bytes agree, further and further, to the end of what was read:
/// two logs that begin alike are two logs, and the same log under another name, or packed otherwise, is the same.
struct Placing {
    /// A file that holds less than was read of a log which is gone is a copy of it only with so many equal bytes:
    /// fewer may be chance, or a common header.
    private static let tellingBytes: Int64 = 1024

    private let driver: Driver
    /// Sources by the hash of their first 64 bytes, all of them and those with less than 1 KiB; by that of their first
    /// 1 KiB; and those with less than 64 bytes.
    private var byStart: [UInt64: [Int]] = [:]
    private var byStartOfSmall: [UInt64: [Int]] = [:]
    private var byFirstKiB: [UInt64: [Int]] = [:]
    private var tiny: [Int] = []
    private var ladders: [Int: PrefixLadder] = [:]
    /// Those that were met here and not read yet: what is known of them is the head of their file.
    private var fresh: Set<Int> = []

    init(of driver: Driver) {
        self.driver = driver
        for index in driver.ledger.indices where driver.ledger[index].copyOf == nil {
            if let ladder = driver.ladder(of: index) { enter(index, ladder) }
        }
    }

    private mutating func enter(_ index: Int, _ ladder: PrefixLadder) {
        ladders[index] = ladder
        if let start = ladder.rung(PrefixLadder.lowestLevel) {
            byStart[start, default: []].append(index)
            if let kibibyte = ladder.rung(10) {
                byFirstKiB[kibibyte, default: []].append(index)
            } else {
                byStartOfSmall[start, default: []].append(index)
            }
        } else if ladder.count > 0 {
            tiny.append(index)
        }
    }

    private mutating func enterFresh(_ index: Int, _ ladder: PrefixLadder) {
        guard ladder.count > 0 else { return }
        fresh.insert(index)
        enter(index, ladder)
    }

    /// - Parameter row: the source that stood for the file so far, without content of its own.
    /// - Returns: the source that the file carries; nil where nothing of the file is to be read.
    mutating func place(_ file: FoundFile, row: Int?) -> Int? {
        do throws(ReadFault) {
            return try place(file, row, try FileHead(path: file.path))
        } catch {
            // Whoever opens it to read says so.
            return standAlone(file, row)
        }
    }

    private mutating func place(_ file: FoundFile, _ row: Int?, _ head: FileHead) throws(ReadFault) -> Int? {
        let ladder = head.ladder()
        for index in candidates(ladder) where index != row {
            let verdict =
                try fresh.contains(index)
                ? compare(file, ladder, withFresh: index) : compare(file, head, ladder, withRead: index)
            switch verdict {
            case .other: continue
            case .same:
                if let row { driver.ledger.remove(row) }
                driver.ledger.carry(index, by: file)
                return index
            case .copy, .copyForNow:
                let copy = standAlone(file, row)
                makeCopy(copy, of: index)
                if verdict == .copyForNow { driver.ledger[copy].modified = nil }
                return nil
            case .beyond: return goOn(from: index, file, row)
            case .fuller:
                // The file met before is only the beginning of this one.
                let original = standAlone(file, row)
                fresh.remove(index)
                ladders[index] = nil
                enterFresh(original, ladder)
                makeCopy(index, of: original)
                return original
            }
        }
        let index = standAlone(file, row)
        enterFresh(index, ladder)
        return index
    }

    private enum Verdict {
        case other, same, copy, beyond, fuller
        /// The source's own file is still to be read: then more can be said.
        case copyForNow
    }

    /// Sources whose content may be that of the file: those without a carrier first.
    private func candidates(_ ladder: PrefixLadder) -> [Int] {
        guard ladder.count > 0 else { return [] }
        var found = tiny
        if let start = ladder.rung(PrefixLadder.lowestLevel) {
            if let kibibyte = ladder.rung(10) {
                found += byFirstKiB[kibibyte] ?? []
                found += byStartOfSmall[start] ?? []
            } else {
                found += byStart[start] ?? []
            }
        }
        found = found.filter { ladders[$0] != nil }
        return found.filter { !driver.ledger.isCarried($0) } + found.filter { driver.ledger.isCarried($0) }
    }

    // MARK: - Comparing

    private func compare(_ file: FoundFile, _ head: FileHead, _ ladder: PrefixLadder, withRead index: Int)
        throws(ReadFault) -> Verdict
    {
        guard let known = ladders[index] else { return .other }
        let relation = try relation(file, head, ladder, known)
        if relation == .differs { return .other }
        let source = driver.ledger[index]
        guard driver.ledger.isCarried(index) else {
            if relation == .carries { return .same }
            return ladder.count >= Placing.tellingBytes ? .copy : .other
        }
        guard let status = FileStatus(path: source.path),
            SourceLedger.FileKey(status) == SourceLedger.FileKey(source)
        else {
            // Its file has no name any more and is read to its end; then this one may take its place.
            return relation == .carries || ladder.count >= Placing.tellingBytes ? .copy : .other
        }
        switch try compareContent(source.path, file.path) {
        case .equal, .secondIsPrefix: return .copy
        case .firstIsPrefix:
            // More than the carrier holds: new lines, once the carrier is read to its end.
            let isRead = source.state == "ok" && source.size == status.size && source.modified == status.modified
            return isRead ? .beyond : .copyForNow
        case .differs: return .other
        }
    }

    private func relation(_ file: FoundFile, _ head: FileHead, _ ladder: PrefixLadder, _ known: PrefixLadder)
        throws(ReadFault) -> ContentRelation
    {
        if known.count <= Int64(head.bytes.count) {
            return head.ladder(of: Int(known.count)).hash == known.hash ? .carries : .differs
        }
        guard ladder.agrees(with: known) else { return .differs }
        if head.holdsAll { return .prefix(ladder.count) }
        return try contentRelation(of: file.path, to: known)
    }

    private func compare(_ file: FoundFile, _ ladder: PrefixLadder, withFresh index: Int) throws(ReadFault) -> Verdict {
        guard let known = ladders[index], ladder.agrees(with: known) else { return .other }
        switch try compareContent(driver.ledger[index].path, file.path) {
        case .equal, .secondIsPrefix: return .copy
        case .firstIsPrefix: return .fuller
        case .differs: return .other
        }
    }

    // MARK: - Entering

    private func standAlone(_ file: FoundFile, _ row: Int?) -> Int {
        guard let row else { return driver.ledger.add(file) }
        driver.ledger.carry(row, by: file)
        driver.ledger[row].copyOf = nil
        driver.ledger[row].detail = nil
        return row
    }

    private func makeCopy(_ copy: Int, of index: Int) {
        let path = driver.ledger[copy].path
        let status = FileStatus(path: path)
        driver.ledger[copy].copyOf = Int64(index)
        driver.ledger[copy].state = "ok"
        driver.ledger[copy].detail = "holds the same log as \(driver.ledger[index].path), which is counted there"
        driver.ledger[copy].size = status?.size
        driver.ledger[copy].modified = status?.modified
    }

    /// A copy that grew on its own: what it shares with the source is counted there.
    private func goOn(from index: Int, _ file: FoundFile, _ row: Int?) -> Int {
        let original = driver.ledger[index]
        let own = standAlone(file, row)
        driver.ledger[own].prefix = original.prefix
        driver.ledger[own].basePosition = ladders[index]?.count
        driver.ledger[own].baseTime = original.baseTime
        driver.ledger[own].position = original.position
        driver.ledger[own].format = original.format
        driver.ledger[own].lastEventTime = original.lastEventTime
        driver.ledger[own].state = "reading"
        return own
    }
}
