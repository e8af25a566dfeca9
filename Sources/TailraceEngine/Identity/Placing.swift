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
        let original = row.flatMap { driver.ledger[$0].copyOf }.map { Int($0) }
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
            case .copy:
                // A log that nobody has read can be another one when somebody does.
                makeCopy(standAlone(file, row), of: index, as: fresh[index] == nil ? file.status : nil)
                return nil
            case .more(let status):
                // Which of the two is copied from the other does not matter: this one has all of it.
                let old = FoundFile(path: driver.ledger[index].path, status: status)
                if let row { driver.ledger.remove(row) }
                driver.ledger.lose(index)
                driver.ledger.carry(index, by: file)
                makeCopy(driver.ledger.add(old), of: index, as: nil)
                return index
            case .fuller:
                // The file met before is only the beginning of this one.
                let original = standAlone(file, row)
                fresh[index] = nil
                enterFresh(original, ladder)
                makeCopy(index, of: original, as: nil)
                return original
            }
        }
        if let row, let original, try isDamagedCopy(file, head, of: original) {
            guard !driver.ledger.isCarried(original) else {
                makeCopy(row, of: original, as: file.status)
                return nil
            }
            driver.ledger.remove(row)
            driver.ledger.carry(original, by: file)
            driver.noteChangedOnDisk(original)
            return original
        }
        let index = standAlone(file, row)
        enterFresh(index, ladder)
        return index
    }

    private enum Verdict {
        case other, same, copy, fuller
        /// The file holds what the source's own file holds, which had this status, and more.
        case more(FileStatus)
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
        // Half an archive is on its way to be a whole one.
        let isTelling = ladder.count >= Placing.tellingBytes || head.isUnfinished
        let source = driver.ledger[index]
        guard driver.ledger.isCarried(index) else {
            if relation == .carries { return .same }
            return isTelling ? .copy : .other
        }
        guard let status = FileStatus(path: source.path),
            SourceLedger.FileKey(status) == SourceLedger.FileKey(source)
        else {
            // Its file has no name any more and is read to its end; then this one may take its place.
            return relation == .carries || isTelling ? .copy : .other
        }
        let order = try compareContent(source.path, file.path)
        guard isStillThere(file, index) else { return .stale }
        switch order {
        case .equal, .secondIsPrefix: return .copy
        case .firstIsPrefix:
            // A file that was cut short this moment is the beginning of everything.
            return relation == .carries ? .more(status) : .stale
        case .differs:
            // Cut short and written anew this moment: what was read of it may be in this file.
            return source.mark == nil || holdsMark(index) ? .other : .stale
        }
    }

    private func holdsMark(_ index: Int) -> Bool {
        let source = driver.ledger[index]
        guard let mark = source.mark, let file = try? FileDescriptor(path: source.path) else { return false }
        return file.carries(mark)
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

    /// An archive that was a copy, holds something else now and is damaged: it is still that copy.
    private func isDamagedCopy(_ file: FoundFile, _ head: FileHead, of original: Int) throws(ReadFault) -> Bool {
        guard head.packing != .plain, driver.ledger.isKnown(original) else { return false }
        return try isDamaged(file.path) && isStillThere(file)
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
}
