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
    /// Files that were met here and are not read yet: what is known of them is their head.
    private var fresh: [Int: PrefixLadder] = [:]
    private var freshIndex = ContentIndex()

    init(of driver: Driver) {
        self.driver = driver
        for index in driver.ledger.indices {
            let source = driver.ledger[index]
            guard source.copyOf == nil, source.prefix != nil,
                !driver.contents.isCurrent(index, source.position), let ladder = driver.ladder(of: index)
            else { continue }
            driver.contents.enter(index, ladder)
        }
    }

    private mutating func enterFresh(_ index: Int, _ ladder: PrefixLadder) {
        driver.placed[index] = ladder.rung(PrefixLadder.lowestLevel)
        driver.undecided[index] = ladder.rung(PrefixLadder.lowestLevel) == nil ? ladder.count : nil
        guard ladder.count > 0 else { return }
        fresh[index] = ladder
        freshIndex.enter(index, ladder)
    }

    /// - Parameter row: the source that stood for the file so far, without content of its own.
    /// - Returns: the source that the file carries; nil where nothing of the file is to be read.
    mutating func place(_ file: FoundFile, row: Int?) -> Int? {
        do throws(ReadFault) {
            let head = try FileHead(path: file.path)
            guard SourceLedger.FileKey(head.status) == SourceLedger.FileKey(file.status) else {
                driver.isStale = true
                return nil
            }
            return try place(file, row, head)
        } catch {
            guard isStillThere(file) else {
                driver.isStale = true
                return nil
            }
            // Whoever opens it to read says so.
            let index = standAlone(file, row)
            driver.undecided[index] = 0
            return index
        }
    }

    private mutating func place(_ file: FoundFile, _ row: Int?, _ head: FileHead) throws(ReadFault) -> Int? {
        let ladder = head.ladder()
        for index in candidates(ladder) where index != row {
            let verdict =
                try fresh[index] != nil
                ? compare(file, ladder, withFresh: index) : compare(file, head, ladder, withRead: index)
            switch verdict {
            case .other: continue
            case .stale:
                driver.isStale = true
                return nil
            case .same:
                if let row { driver.ledger.remove(row) }
                driver.ledger.carry(index, by: file)
                return index
            case .copy, .copyForNow:
                let copy = standAlone(file, row)
                makeCopy(copy, of: index, as: verdict == .copy ? file.status : nil)
                return nil
            case .beyond: return goOn(from: index, file, row)
            case .fuller:
                // The file met before is only the beginning of this one.
                let original = standAlone(file, row)
                fresh[index] = nil
                enterFresh(original, ladder)
                makeCopy(index, of: original, as: nil)
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
        /// Names changed while their files were compared.
        case stale
    }

    /// Sources whose content may be that of the file: those without a carrier first.
    private func candidates(_ ladder: PrefixLadder) -> [Int] {
        let known = driver.contents.candidates(for: ladder).filter {
            driver.ledger.isKnown($0) && driver.ledger[$0].copyOf == nil && fresh[$0] == nil
        }
        return known.filter { !driver.ledger.isCarried($0) } + known.filter { driver.ledger.isCarried($0) }
            + freshIndex.candidates(for: ladder).filter { fresh[$0] != nil }
    }

    // MARK: - Comparing

    private func compare(_ file: FoundFile, _ head: FileHead, _ ladder: PrefixLadder, withRead index: Int)
        throws(ReadFault) -> Verdict
    {
        guard let known = driver.ladder(of: index) else { return .other }
        let relation = try relation(file, head, ladder, known)
        if relation == .differs { return .other }
        guard isStillThere(file) else { return .stale }
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
        let order = try compareContent(source.path, file.path)
        guard isStillThere(file, index) else { return .stale }
        switch order {
        case .equal, .secondIsPrefix: return .copy
        case .firstIsPrefix:
            // More than the carrier holds: new lines, once the carrier is read to its end.
            // A file that was cut short this moment is the beginning of everything.
            let now = FileStatus(path: source.path)
            guard now?.size == status.size, now?.modified == status.modified else { return .stale }
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
        guard let known = fresh[index], ladder.agrees(with: known) else { return .other }
        let order = try compareContent(driver.ledger[index].path, file.path)
        guard isStillThere(file, index) else { return .stale }
        switch order {
        case .equal, .secondIsPrefix: return .copy
        case .firstIsPrefix: return .fuller
        case .differs: return .other
        }
    }

    private func isStillThere(_ file: FoundFile) -> Bool {
        FileStatus(path: file.path).map { SourceLedger.FileKey($0) == SourceLedger.FileKey(file.status) } ?? false
    }

    private func isStillThere(_ file: FoundFile, _ index: Int) -> Bool {
        let other = FileStatus(path: driver.ledger[index].path)
        return isStillThere(file) && other.map { driver.isCarried(index, by: $0) } ?? false
    }

    // MARK: - Entering

    private func standAlone(_ file: FoundFile, _ row: Int?) -> Int {
        guard let row else { return driver.ledger.add(file) }
        if driver.ledger.find(file.status) != row { driver.ledger.carry(row, by: file) }
        if driver.ledger[row].copyOf != nil {
            driver.ledger[row].copyOf = nil
            driver.ledger[row].detail = nil
        }
        return row
    }

    /// - Parameter status: of the file when it was compared; nil: it is to be compared again.
    private func makeCopy(_ copy: Int, of index: Int, as status: FileStatus?) {
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
        driver.ledger[own].basePosition = driver.ladder(of: index)?.count
        driver.ledger[own].baseTime = original.baseTime
        driver.ledger[own].position = original.position
        driver.ledger[own].format = original.format
        driver.ledger[own].lastEventTime = original.lastEventTime
        driver.ledger[own].state = "reading"
        return own
    }
}
