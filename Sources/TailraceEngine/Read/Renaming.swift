internal import TailraceIngest
internal import TailraceStore

extension Driver {
    /// Files keep their place when their name changes: a rotated log is the log it was, under another name, and one
    /// that was packed or unpacked on the way is still the same log, because positions count its content.
    ///
    /// - Parameter files: the paths that are there now.
    /// - Returns: something was renamed.
    func settleNames(_ files: [String]) -> Bool {
        var isChanged = false
        // Looked up once, and only where some file is new: there may be many sources.
        lazy var gone = goneSources()
        for path in files {
            guard let status = FileStatus(path: path) else { continue }
            let inode = Int64(bitPattern: status.inode)
            let known = ledger.find(path: path)
            if let known, ledger[known].inode == inode || ledger[known].inode == nil { continue }
            guard let moved = movedSource(to: path, status, isKnown: known != nil, among: gone) else { continue }
            ledger.rename(moved, to: path)
            gone.removeAll { $0 == moved }
            isChanged = true
        }
        return isChanged
    }

    /// Sources whose file is not where it was: only they can have moved.
    private func goneSources() -> [Int] {
        ledger.sources.indices.filter { index in
            let source = ledger.sources[index]
            guard source.headHash != nil else { return false }
            let there = FileStatus(path: source.path)
            return there.map { Int64(bitPattern: $0.inode) != source.inode } ?? true
        }
    }

    private func movedSource(to path: String, _ status: FileStatus, isKnown: Bool, among gone: [Int]) -> Int? {
        let gone = gone.filter { ledger.sources[$0].path != path }
        guard !gone.isEmpty, let head = try? FileHead(path: path) else { return nil }
        let same = gone.filter { index in
            let source = ledger.sources[index]
            return source.headBytes ?? 0 > 0 && head.hash(of: Int(source.headBytes ?? 0)) == source.headHash
        }
        if let byInode = same.first(where: {
            ledger.sources[$0].inode == Int64(bitPattern: status.inode)
                && ledger.sources[$0].device == Int64(bitPattern: status.device)
        }) {
            return byInode
        }
        // By content alone only where the name is new and there is enough content to tell.
        guard !isKnown else { return nil }
        return same.first { ledger.sources[$0].headBytes ?? 0 >= FileHead.tellingBytes }
    }
}
