internal import TailraceConfig
internal import TailraceIngest
internal import TailracePipeline
internal import TailraceStore

/// One source that has something to read: what it is, and where to begin.
struct PlannedFile {
    var source: Int
    var path: String
    var definition: FormatDefinition
    /// Least event time in its head, milliseconds.
    var firstTime: Int64
    var isUnordered: Bool
    var size: Int64
    var place: ReadingPlace
    /// Of the head by which the file was told.
    var mark: CarrierMark
    /// Records that were read before and wait for their turn; nil where it is read from a record's end.
    var pending: ReorderState?
    /// Records of a sorted source that were applied before.
    var skip: Int64 = 0
}

extension Driver {
    /// Looks into a source's file: what format has it, and where does reading begin?
    ///
    /// - Parameters:
    ///   - format: the name of the format, where a person named one.
    ///   - tell: hears what a person should know.
    /// - Returns: nil where there is nothing to read; the ledger says why, or `isStale` is set.
    func identify(
        _ index: Int, format: String?, tell: (Replay.Notice.Kind, String) -> Void
    ) throws(ReadFault) -> PlannedFile? {
        var source = ledger[index]
        let path = source.path
        let head = try FileHead(path: path)
        guard isCarried(index, by: head.status), !hasMore(index, head) else {
            isStale = true
            return nil
        }
        guard isAlike(index, head) else {
            isStale = true
            contradict(index)
            return nil
        }
        source.size = head.status.size
        source.modified = head.status.modified
        defer { ledger[index] = source }
        let recognised = Recognition(
            head: head.text, isWhole: head.isWhole, definitions: configuration.definitions,
            named: format ?? configuration.format(of: path), settings: configuration.scanSettings.reading(head.status),
            lateness: lateness)
        guard let definition = recognised.definition else {
            note(head, recognised, path: path, &source, tell)
            return nil
        }
        source.format = definition.name
        source.state = "reading"
        source.detail = nil
        let base = source.basePosition ?? 0
        var place = ReadingPlace(position: base, header: recognised.header)
        place.lastTime = source.baseTime.map { EventTime(milliseconds: $0) } ?? .earliest
        place.prefix = source.prefix.flatMap { PrefixLadder(encoded: $0) } ?? PrefixLadder()
        place.points = restartPoints(of: index)
        place.limit = source.sortLimit ?? .max
        var file = PlannedFile(
            source: index, path: path, definition: definition, firstTime: recognised.firstTime?.milliseconds ?? 0,
            isUnordered: !definition.plan.isOrdered || recognised.isUnordered, size: head.status.size, place: place,
            mark: head.mark)
        // A source goes on as it began, whatever its head would suggest now.
        file.pending = source.pending.flatMap { try? ReorderState(encoded: $0) }
        if file.pending != nil { file.isUnordered = false }
        if source.sortLimit != nil { file.isUnordered = true }
        file.skip = source.sortLimit == nil ? 0 : source.outputs ?? 0
        return file
    }

    /// Between a look at names and the opening of a file another one can have taken its name.
    func isCarried(_ index: Int, by status: FileStatus) -> Bool {
        SourceLedger.FileKey(status) == SourceLedger.FileKey(ledger[index])
    }

    /// An inode can be used again within a moment: the head of a source that was read has to be what it was, and that
    /// of another what it was when it was compared with known logs.
    private func isAlike(_ index: Int, _ head: FileHead) -> Bool {
        let source = ledger[index]
        // The head of a damaged archive may be anything; what was read last of it is not.
        if source.damage != nil {
            guard let mark = source.mark else { return true }
            return (try? FileDescriptor(path: source.path))?.carries(mark) ?? true
        }
        guard let known = ladder(of: index) else {
            return placed[index] == nil || placed[index] == head.ladder().rung(PrefixLadder.lowestLevel)
        }
        if known.count <= Int64(head.bytes.count) { return head.ladder(of: Int(known.count)).hash == known.hash }
        return head.fault != nil || head.ladder().agrees(with: known)
    }

    /// The bytes before the place say that the file is the one it was, its head says that it is not. Once, another file
    /// has slipped in; again and again, the head has changed on disk.
    private func contradict(_ index: Int) {
        contradictions[index, default: 0] += 1
        guard contradictions[index] == 3 else { return }
        contradictions[index] = nil
        if isBegun(ledger[index]), isPacked(ledger[index]), ledger[index].mark != nil {
            noteChangedOnDisk(index)
        } else {
            ledger.lose(index)
        }
    }

    /// A file that was too short to be compared with known logs has to be compared before it is read.
    private func hasMore(_ index: Int, _ head: FileHead) -> Bool {
        if isBegun(ledger[index]) || placed[index] != nil { return false }
        guard let count = undecided[index] else { return !head.bytes.isEmpty }
        return head.bytes.count > count
    }

    /// Why a file is not read.
    private func note(
        _ head: FileHead, _ recognised: Recognition, path: String, _ source: inout StoredSource,
        _ tell: (Replay.Notice.Kind, String) -> Void
    ) {
        if let fault = head.fault, head.bytes.isEmpty {
            source.damage = "\(fault.reason) at byte \(fault.offset) of the file"
            (source.state, source.detail) = ("corrupt", source.damage)
            tell(.warning, "\(path): damaged at byte \(fault.offset) (\(fault.reason)); nothing of it can be read")
        } else if head.isUnfinished {
            source.state = "truncated"
            source.detail = "ends inside the first member of its archive"
            tell(.warning, "\(path): the archive is cut short; nothing of it can be read yet")
        } else if head.text.allSatisfy({ $0 <= 0x20 }) {
            source.state = "ok"
            source.outputs = 0
        } else {
            source.state = "unreadable"
            source.detail = "unknown format"
            tell(
                .error,
                "\(path): unknown format; tried \(recognised.tried.joined(separator: "; ")). "
                    + "Name one with --format, or add a definition under `formats:`")
        }
    }

    /// Where decoding of a source can begin, oldest first. What cannot be decoded is passed over: reading then takes
    /// longer, nothing else.
    func restartPoints(of index: Int) -> [RestartPoint] {
        if ledger.points(of: index) == nil {
            ledger.load((try? store.restartPoints(of: Int64(index))) ?? [], of: index)
        }
        return (ledger.points(of: index) ?? []).compactMap { RestartPoint(encoded: $0.data) }
    }
}
