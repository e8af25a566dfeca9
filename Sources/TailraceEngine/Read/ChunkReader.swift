internal import TailraceIngest
internal import TailracePipeline

/// Reads one source in chunks of decompressed bytes and scans them.
///
/// Confined: used by one thread at a time, whoever calls `next` (see `PrefetchedReader`).
final class ChunkReader {
    private var archive: ArchiveReader
    private var scanner: RecordScanner
    /// The file may grow or be replaced: a record without its end is left for later, also at the end.
    var isLive = false { didSet { archive.isHurried = !isLive } }
    /// What the file had when it was found to be the right one. Reading has not seen those bytes itself: a file that was
    /// cut and written anew between the two would give a mark of its own.
    var proven: CarrierMark?
    /// Hand out the bytes beside what they became.
    var keepsRaw = false
    private var buffer: [UInt8]
    /// Bytes at the head of the buffer that belong to a record which is not complete.
    private var carried = 0
    /// Where the buffer begins, in decompressed bytes of the source.
    private(set) var position: Int64 = 0
    /// Decompressed bytes to pass over before the first record.
    private var toSkip: Int64
    /// Of these the last so many are read again for what they say about later ones.
    private let toRemember: Int64
    private var remembered: [UInt8] = []
    private let limit: Int64
    private var prefix: PrefixLadder

    init(
        path: String, plan: RecordPlan, settings: ScanSettings, chunkBytes: Int, place: ReadingPlace = ReadingPlace()
    ) throws(ReadFault) {
        // What later lines ask for may stand in the stretch before the place.
        let from = plan.join == nil ? place.position : max(0, place.position - JoinTable.reachBytes)
        let point = place.points.last { $0.position <= from } ?? .plain(at: from)
        archive = try ArchiveReader(path: path, from: from > 0 ? point : nil)
        archive.isHurried = true
        scanner = RecordScanner(
            plan: plan, settings: settings.reading(archive.status), header: place.position > 0 ? place.header : nil,
            lastTime: place.lastTime)
        buffer = Array(repeating: 0, count: chunkBytes)
        position = archive.position
        toSkip = place.position - archive.position
        toRemember = place.position - from
        limit = place.limit
        prefix = place.prefix
    }

    var status: FileStatus { archive.status }
    /// The header row of a CSV source, once read.
    var header: [UInt8]? { scanner.header }
    /// Bytes that reading takes: buffers and the decoder's own.
    var memoryBytes: Int { buffer.count + archive.memoryBytes }
    /// Does the file have these bytes?
    func holds(_ mark: CarrierMark) -> Bool { archive.carries(mark) }
    /// Is the file still the one that was read so far?
    var holdsWhatWasRead: Bool { archive.carries(archive.mark) }

    /// Reads and scans the next chunk.
    func next() -> ScannedChunk {
        let mark = proven ?? archive.mark
        proven = nil
        var chunk = ScannedChunk()
        (chunk.start, chunk.startTime) = (position, scanner.lastTime)
        var filled = carried
        reading: while filled < buffer.count {
            let outcome: ArchiveReader.Outcome
            do throws(ReadFault) {
                outcome = try archive.read(into: &buffer, from: filled)
                if outcome == .waiting, !isLive, try archive.giveUpMember() { continue }
            } catch {
                chunk.end = .unreadable(error.reason)
                break
            }
            switch outcome {
            case .bytes(let count):
                filled += passOver(filled, count, &chunk)
                guard position + Int64(filled) >= limit else { continue }
                filled = Int(limit - position)
                chunk.end = .end
                break reading
            case .end:
                chunk.end = .end
                break reading
            case .waiting:
                chunk.end = .unfinished
                break reading
            case .fault(let fault):
                chunk.faults.append(fault)
                scanPart(filled, isFinal: false, &chunk)
                if fault.kind == .corrupt { tear(&chunk) }
                filled = carried
            }
        }
        let isFinal = chunk.end == .end && !isLive
        let isCut = isFinal && filled > 0 && buffer[filled - 1] != UInt8(ascii: "\n")
        scanPart(filled, isFinal: isFinal, &chunk)
        if isCut, let last = chunk.batch.records.last, last.rejection != nil { chunk.halfFrom = last.position }
        // Only bytes that were read while the file was still the same count: what comes before them proves it.
        if isLive, !archive.carries(mark) { return replaced(chunk) }
        finish(&chunk)
        return chunk
    }

    /// Takes the bytes behind the last line end as a record, although no line end follows them.
    func finishTail() -> ScannedChunk {
        var chunk = ScannedChunk()
        (chunk.start, chunk.startTime) = (position, scanner.lastTime)
        scanPart(carried, isFinal: true, &chunk)
        chunk.end = .end
        finish(&chunk)
        return chunk
    }

    /// Are the bytes behind the last line end a whole record as they stand? A JSON object that is closed is.
    var isTailComplete: Bool {
        guard carried > 0, scanner.isJSON else { return false }
        var trial = scanner
        var batch = ScannedBatch()
        _ = buffer.withUnsafeBufferPointer { bytes in
            trial.scan(
                UnsafeBufferPointer(rebasing: bytes[..<carried]).span, position: position, isFinal: true, into: &batch)
        }
        return !batch.records.isEmpty && batch.records.allSatisfy { $0.rejection == nil }
    }

    /// Nothing follows any more that could complete the member in which the file ends.
    /// - Returns: true where another member follows: the next chunk begins there.
    func giveUpMember() -> Bool { (try? archive.giveUpMember()) ?? false }

    /// What was read in an earlier run is passed over, not scanned.
    /// - Returns: how many of the bytes are new.
    private func passOver(_ filled: Int, _ count: Int, _ chunk: inout ScannedChunk) -> Int {
        let skipped = Int(min(toSkip, Int64(count)))
        guard skipped > 0 else { return count }
        let known = Int(max(0, min(toSkip - toRemember, Int64(skipped))))
        if toRemember > 0 { remembered += buffer[(filled + known)..<(filled + skipped)] }
        toSkip -= Int64(skipped)
        position += Int64(skipped)
        if toSkip == 0, toRemember > 0 {
            scanner.remember(remembered.span, position: position - toRemember, isTorn: position > toRemember)
            remembered = []
        }
        chunk.start = position
        buffer.withUnsafeMutableBytes { bytes in
            bytes[filled...].copyBytes(from: bytes[(filled + skipped)..<(filled + count)])
        }
        return count - skipped
    }

    private func finish(_ chunk: inout ScannedChunk) {
        (chunk.position, chunk.endTime) = (position, scanner.lastTime)
        chunk.resumePosition = scanner.skippingFrom ?? position
        chunk.tailBytes = carried
        chunk.memoryBytes = memoryBytes
        chunk.compressedPosition = archive.compressedPosition
        chunk.carrier = CarrierState(
            prefix: prefix, mark: archive.mark, points: archive.points, packing: archive.compression)
    }

    private func replaced(_ chunk: ScannedChunk) -> ScannedChunk {
        var gone = ScannedChunk()
        (gone.start, gone.startTime, gone.end) = (chunk.start, chunk.startTime, .replaced)
        (gone.position, gone.resumePosition, gone.endTime) = (chunk.start, chunk.start, chunk.startTime)
        return gone
    }

    private func scanPart(_ filled: Int, isFinal: Bool, _ chunk: inout ScannedChunk) {
        let used = buffer.withUnsafeBufferPointer { bytes in
            scanner.scan(
                UnsafeBufferPointer(rebasing: bytes[..<filled]).span, position: position, isFinal: isFinal,
                into: &chunk.batch)
        }
        take(used, &chunk)
        carried = filled - used
        if used > 0, carried > 0 {
            buffer.withUnsafeMutableBytes { bytes in bytes.copyBytes(from: bytes[used..<filled]) }
        }
        // A record larger than the chunk: room for more, up to the record limit, which the scanner enforces.
        if carried * 2 > buffer.count { buffer.append(contentsOf: repeatElement(0, count: buffer.count)) }
    }

    private func tear(_ chunk: inout ScannedChunk) {
        buffer.withUnsafeBufferPointer { bytes in
            scanner.tear(
                UnsafeBufferPointer(rebasing: bytes[..<carried]).span, position: position, into: &chunk.batch)
        }
        take(carried, &chunk)
        carried = 0
    }

    /// The first bytes of the buffer are used up.
    private func take(_ count: Int, _ chunk: inout ScannedChunk) {
        if keepsRaw { chunk.raw += buffer[..<count] }
        // After a restart some content is read again that the prefix holds already.
        let known = Int(min(max(0, prefix.count - position), Int64(count)))
        buffer.withUnsafeBytes { prefix.update(UnsafeRawBufferPointer(rebasing: $0[known..<count])) }
        position += Int64(count)
    }
}
