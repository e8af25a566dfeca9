extension ArchiveReader {
    /// Opens the file and begins at a restart point.
    ///
    /// Begins at the file's start where there is no point, or it does not fit this file: another packing, or a place
    /// beyond its size. `position` tells which. A point of another file that happens to fit is not recognised: compare
    /// a mark first (`carries`).
    public init(path: String, from point: RestartPoint?) throws(ReadFault) {
        try self.init(FileDescriptor(path: path), from: point)
    }

    init(_ descriptor: consuming FileDescriptor, from point: RestartPoint?) throws(ReadFault) {
        try self.init(descriptor)
        guard let point, phase != .fileHead, point.compression == compression, point.offset <= status.size else {
            return
        }
        // Places count UTF-8, the file does not.
        if compression == .plain, UTF16Transcoder.byteOrder(ofHead: input.bytes) != nil { return }
        encoding = point.position > 0 ? .asIs : .unknown
        input.enter(at: point.offset)
        position = point.position
        switch point.place {
        case .plain:
            phase = .member
            return
        case .memberEnd: phase = .memberHead
        case .block(let border):
            decoder.resume(at: border)
            phase = .member
            memberStart = border.memberStart
        }
        trail.append(point)
    }

    /// Goes to a place of a plain file at once. Other packings have to be read up to it, or entered at a restart point.
    /// - Precondition: the file is plain.
    public mutating func seek(to position: Int64) {
        precondition(compression == .plain)
        input.enter(at: position)
        self.position = position
        encoding = position > 0 ? .asIs : .unknown
        phase = .member
    }

    /// Restart points passed so far, oldest first, with the one that the reader began at; none for a plain file.
    ///
    /// At most 8, some 4 MiB of decompressed bytes apart; where more are passed they thin out.
    public var points: [RestartPoint] {
        if case .utf16 = encoding { return [] }
        return trail.points
    }

    /// Forgets points that nobody needs any more: keeps the two newest up to the position, and all newer ones.
    public mutating func dropPoints(before position: Int64) { trail.drop(before: position) }

    /// The mark of the stored bytes just before `compressedPosition`, as they were when they were read.
    public var mark: CarrierMark { input.mark }

    /// Does the file still have a mark's bytes in its place?
    ///
    /// - Returns: false too where the file is shorter or cannot be read.
    public func carries(_ mark: CarrierMark) -> Bool { input.descriptor.carries(mark) }

    /// Takes the point between two members where the reader stands.
    mutating func passMemberEnd() {
        let offset = compressedPosition
        // The file's start needs no point, and the end of a member is mostly the head of the next.
        guard compression != .plain, offset != (trail.points.last?.offset ?? 0) else { return }
        trail.append(RestartPoint(position: position, offset: offset, place: .memberEnd(compression)))
    }

    /// Takes the point between two blocks where the decoder stands.
    mutating func passBorder() {
        guard let last = input.lastTaken, let border = decoder.border(memberStart: memberStart, last: last) else {
            return
        }
        trail.append(RestartPoint(position: position, offset: compressedPosition, place: .block(border)))
    }
}
