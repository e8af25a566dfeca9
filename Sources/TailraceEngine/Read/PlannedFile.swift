internal import TailraceConfig
internal import TailraceIngest
internal import TailracePipeline
internal import TailraceStore

/// One file that has something to read: what it is, and where to begin.
struct PlannedFile {
    var source: Int
    var path: String
    var definition: FormatDefinition
    /// Least event time in its head, milliseconds.
    var firstTime: Int64
    var isUnordered: Bool
    var size: Int64
    /// Decompressed bytes to pass over; the header row of a CSV file that is taken up beyond its start.
    var start: Int64
    var header: [UInt8]?
    /// Event time of the last good record before that.
    var lastTime: EventTime
}

extension Driver {
    /// Looks at a file: is it the one it was, what format has it, is there anything new in it?
    ///
    /// - Parameters:
    ///   - format: the name of the format, where a person named one.
    ///   - tell: hears what a person should know.
    /// - Returns: nil where there is nothing to read; the ledger says why.
    func identify(
        _ index: Int, path: String, format: String?, tell: (Replay.Notice.Kind, String) -> Void
    ) throws(ReadFault) -> PlannedFile? {
        var source = ledger[index]
        let head = try FileHead(path: path)
        let isSame = source.headHash == nil || head.hash(of: Int(source.headBytes ?? 0)) == source.headHash
        if !isSame {
            tell(.warning, "\(path): holds another log than when it was read before; it is read from its start")
            source.basePosition = nil
            source.outputs = nil
        }
        let size = head.status.size
        let isDone = source.outputs == 0 && source.state != "reading" && source.size == size && isSame
        source.size = size
        source.device = Int64(bitPattern: head.status.device)
        source.inode = Int64(bitPattern: head.status.inode)
        source.headBytes = Int64(min(head.bytes.count, FileHead.hashedBytes))
        source.headHash = head.hash(of: FileHead.hashedBytes)
        defer { ledger[index] = source }
        if isDone { return nil }
        let recognised = Recognition(
            head: head.bytes, isWhole: head.isWhole, definitions: configuration.definitions,
            named: format ?? configuration.format(of: path), settings: configuration.scanSettings, lateness: lateness)
        guard let definition = recognised.definition else {
            if let fault = head.fault, head.bytes.isEmpty {
                source.state = "corrupt"
                source.detail = "\(fault.reason) at byte \(fault.offset) of the file"
                tell(.warning, "\(path): damaged at byte \(fault.offset) (\(fault.reason)); nothing of it can be read")
                return nil
            }
            if head.isCutShort {
                source.state = "truncated"
                source.detail = "ends inside the first member of its archive"
                tell(.warning, "\(path): the archive is cut short; nothing of it can be read yet")
                return nil
            }
            if head.bytes.allSatisfy({ $0 <= 0x20 }) {
                source.state = "ok"
                source.outputs = 0
                return nil
            }
            source.state = "unreadable"
            source.detail = "unknown format"
            tell(
                .error,
                "\(path): unknown format; tried \(recognised.tried.joined(separator: "; ")). "
                    + "Name one with --format, or add a definition under `formats:`")
            return nil
        }
        source.format = definition.name
        source.state = "reading"
        return PlannedFile(
            source: index, path: path, definition: definition,
            firstTime: recognised.firstTime?.milliseconds ?? 0,
            isUnordered: !definition.plan.isOrdered || recognised.isUnordered, size: size,
            start: source.basePosition ?? 0, header: recognised.header,
            lastTime: source.basePosition == nil
                ? .earliest : source.lastEventTime.map { EventTime(seconds: $0) } ?? .earliest)
    }
}
