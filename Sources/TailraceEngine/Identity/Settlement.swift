internal import TailraceIngest
internal import TailracePipeline
internal import TailraceStore

/// What became of the files that are there.
struct Settlement {
    /// Sources with something to look at, in the order of their files.
    var news: [Int]
    /// Sources that are being read and whose file has no name any more.
    var adrift: Set<Int>
}

extension Driver {
    /// Finds out which source each file carries, and which sources have something new to read.
    ///
    /// What was known about a file holds as long as the bytes just before the place that reading reached are still
    /// there. A file that is new, or holds something else now, is told by its content (`place`): rotation, packing,
    /// repacking and copying change the carrier, not the log.
    ///
    /// - Parameters:
    ///   - found: the files that are there, sorted by path.
    ///   - open: says of a source that is being read whether its file still holds what was read; nil where the source
    ///     is not being read.
    func settle(_ found: [FoundFile], open: (Int) -> Bool? = { _ in nil }) -> Settlement {
        isStale = false
        var adrift: Set<Int> = []
        var there: Set<Int> = []
        var unknown: [(file: FoundFile, row: Int?)] = []
        var news: [Int] = []
        for file in Driver.oneName(for: found, in: ledger) {
            guard let index = ledger.find(file.status) else {
                unknown.append((file, nil))
                continue
            }
            if ledger[index].path != file.path { ledger.carry(index, by: file) }
            let source = ledger[index]
            if isUnchanged(index, file.status) {
                there.insert(index)
            } else if source.copyOf == nil, isBegun(source), holds(index, file, open(index)) {
                there.insert(index)
                news.append(index)
            } else {
                // A copy that changed, a file that held nothing yet, or another log: its content tells.
                unknown.append((file, isBegun(source) && source.copyOf == nil ? nil : index))
                if isBegun(source), source.copyOf == nil { ledger.lose(index) } else { there.insert(index) }
            }
        }
        var folders = FolderContents()
        for index in ledger.indices where ledger.isCarried(index) && !there.contains(index) {
            guard let moved = whereabouts(of: index, in: &folders) else {
                if open(index) == true { adrift.insert(index) } else { ledger.lose(index) }
                continue
            }
            if ledger[index].path != moved.path { ledger.carry(index, by: moved) }
            if !isUnchanged(index, moved.status), ledger[index].copyOf == nil { news.append(index) }
        }
        unknown += copiesOfLost(besides: Set(unknown.compactMap(\.row)))
        if !unknown.isEmpty {
            var placing = Placing(of: self)
            for (file, row) in unknown {
                if let index = placing.place(file, row: row) { news.append(index) }
            }
        }
        var seen: Set<Int> = []
        news = news.filter { seen.insert($0).inserted && ledger.isCarried($0) && ledger[$0].copyOf == nil }
        return Settlement(news: news, adrift: adrift)
    }

    /// One file has one name here, however many links lead to it: the one it is known by, else the first.
    private static func oneName(for found: [FoundFile], in ledger: SourceLedger) -> [FoundFile] {
        var files: [FoundFile] = []
        var places: [SourceLedger.FileKey: Int] = [:]
        for file in found {
            let key = SourceLedger.FileKey(file.status)
            guard let place = places[key] else {
                places[key] = files.count
                files.append(file)
                continue
            }
            if ledger.find(path: file.path) == ledger.find(file.status), ledger.find(path: file.path) != nil {
                files[place] = file
            }
        }
        return files
    }

    /// Something of the source was read, so that its content tells it.
    func isBegun(_ source: StoredSource) -> Bool { source.prefix != nil || source.events + source.rejected > 0 }

    private func isUnchanged(_ index: Int, _ status: FileStatus) -> Bool {
        let source = ledger[index]
        // What was not read yet is compared with known logs once in the life of the process, before it is read.
        let isTold = isBegun(source) || source.copyOf != nil || undecided[index] != nil || placed[index] != nil
        return isTold && source.size == status.size && source.modified == status.modified
            && source.state != "reading" && source.pending == nil
    }

    private func holds(_ index: Int, _ file: FoundFile, _ open: Bool?) -> Bool {
        let source = ledger[index]
        if let open {
            if open { return true }
        } else if let mark = source.mark {
            // What cannot be opened now is told where it is read.
            guard let opened = try? FileDescriptor(path: file.path) else { return true }
            if opened.carries(mark) { return true }
        }
        guard let ladder = ladder(of: index) else { return true }
        if source.mark == nil {
            // A damaged copy that took the place of its original holds something else, and is known to.
            return source.damage != nil || (try? contentRelation(of: file.path, to: ladder)) != .differs
        }
        return isDamagedInPlace(index, file, ladder)
    }

    /// Bytes of an archive that change behind a reader's back, with its size left as it was, are damage: nobody
    /// writes another log in place to the same length, packed. What was read stands and is not read again.
    private func isDamagedInPlace(_ index: Int, _ file: FoundFile, _ ladder: PrefixLadder) -> Bool {
        let source = ledger[index]
        guard source.size == file.status.size, isPacked(source),
            // An inode is used again within a moment: what is not even such an archive is another file.
            let head = try? FileHead(path: file.path), head.packing.rawValue == source.packing,
            head.fault != nil
                || head.ladder().rung(PrefixLadder.lowestLevel) == ladder.rung(PrefixLadder.lowestLevel)
        else { return false }
        noteChangedOnDisk(index)
        return true
    }

    func isPacked(_ source: StoredSource) -> Bool {
        source.packing.map { $0 != Compression.plain.rawValue } ?? false
    }

    func noteChangedOnDisk(_ index: Int) {
        ledger[index].damage = ledger[index].damage ?? "bytes of the file changed after they were read"
        raiseDamage(of: index)
    }

    /// Where a source's file is that is not among those found: elsewhere by its own name, or renamed in its folder to
    /// a name that no pattern covers.
    private func whereabouts(of index: Int, in folders: inout FolderContents) -> FoundFile? {
        let source = ledger[index]
        guard let key = SourceLedger.FileKey(source) else { return nil }
        if let status = FileStatus(path: source.path), SourceLedger.FileKey(status) == key {
            return FoundFile(path: source.path, status: status)
        }
        return folders.file(key, beside: source.path)
    }

    /// Files that repeat a source which has no carrier any more: one of them may take its place.
    private func copiesOfLost(besides known: Set<Int>) -> [(file: FoundFile, row: Int?)] {
        let lost = ledger.takeLost()
        guard !lost.isEmpty else { return [] }
        return ledger.indices.compactMap { index in
            guard let original = ledger[index].copyOf, lost.contains(Int(original)), !known.contains(index),
                let status = FileStatus(path: ledger[index].path)
            else { return nil }
            return (FoundFile(path: ledger[index].path, status: status), index)
        }
    }

    /// Hashes of what was read of a source; nil where nothing was.
    func ladder(of index: Int) -> PrefixLadder? { ledger[index].prefix.flatMap { PrefixLadder(encoded: $0) } }
}

/// Files by folder, looked up once.
private struct FolderContents {
    private var folders: [String: [SourceLedger.FileKey: FoundFile]] = [:]

    mutating func file(_ key: SourceLedger.FileKey, beside path: String) -> FoundFile? {
        let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
        if folders[folder] == nil {
            let found = FileFinder.find(at: folder.isEmpty ? "/" : folder, relativeTo: "/") ?? []
            folders[folder] = Dictionary(
                found.map { (SourceLedger.FileKey($0.status), $0) }, uniquingKeysWith: { first, _ in first })
        }
        return folders[folder]?[key]
    }
}
