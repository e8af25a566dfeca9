internal import TailraceIngest
internal import TailracePipeline

/// What one step through a source gave.
struct ScannedChunk: Sendable {
    enum End: Sendable, Equatable {
        /// More may follow at once.
        case more
        /// The file ends here; its last member is complete.
        case end
        /// The file ends inside a member of its archive.
        case unfinished
        /// The file could not be read on.
        case unreadable(String)
    }

    var batch = ScannedBatch()
    /// Decompressed bytes of the source up to which records have been delivered.
    var position: Int64 = 0
    var compressedPosition: Int64 = 0
    var end = End.more
    /// Where a last record starts that was rejected and has no line end: perhaps only half of it is written yet.
    var halfFrom: Int64?
    /// Damage met in this step, in the order of the file.
    var faults: [ArchiveFault] = []
    /// The bytes themselves, where asked for, from `rawStart` on (decompressed bytes of the source).
    var raw: [UInt8] = []
    var rawStart: Int64 = 0
}

/// Reads one source in chunks of decompressed bytes and scans them.
///
/// Confined: used by one thread at a time, whoever calls `next` (see `PrefetchedReader`).
final class ChunkReader {
    private var archive: ArchiveReader
    private var scanner: RecordScanner
    /// The file may grow: a record without its end is left for later, also at the end.
    var isLive = false
    /// Hand out the bytes beside what they became.
    var keepsRaw = false
    private var buffer: [UInt8]
    /// Bytes at the head of the buffer that belong to a record which is not complete.
    private var carried = 0
    /// Where the buffer begins, in decompressed bytes of the source.
    private(set) var position: Int64 = 0
    /// Decompressed bytes to pass over before the first record.
    private var toSkip: Int64

    /// - Parameters:
    ///   - start: where to begin, in decompressed bytes: the end of a record.
    ///   - header: the header row of a CSV source that begins beyond it.
    ///   - lastTime: event time of the last good record before it.
    init(
        path: String, plan: RecordPlan, settings: ScanSettings, chunkBytes: Int, start: Int64 = 0,
        header: [UInt8]? = nil, lastTime: EventTime = .earliest
    ) throws(ReadFault) {
        archive = try ArchiveReader(path: path)
        scanner = RecordScanner(
            plan: plan, settings: settings, header: start > 0 ? header : nil, lastTime: lastTime)
        buffer = Array(repeating: 0, count: chunkBytes)
        toSkip = start
        if start > 0, archive.compression == .plain {
            archive.seek(to: start)
            position = start
            toSkip = 0
        }
    }

    var status: FileStatus { archive.status }
    /// The header row of a CSV source, once read.
    var header: [UInt8]? { scanner.header }

    /// Is the file not packed? Then its size is that of its content.
    var isPlain: Bool { archive.compression == .plain }

    /// Reads and scans the next chunk.
    func next() -> ScannedChunk {
        var chunk = ScannedChunk()
        chunk.rawStart = position
        var filled = carried
        reading: while filled < buffer.count {
            let outcome: ArchiveReader.Outcome
            do throws(ReadFault) {
                outcome = try archive.read(into: &buffer, from: filled)
            } catch {
                chunk.end = .unreadable(error.reason)
                break
            }
            switch outcome {
            case .bytes(let count):
                let skipped = Int(min(toSkip, Int64(count)))
                if skipped > 0 {
                    // What was read in an earlier run: passed over, not scanned.
                    toSkip -= Int64(skipped)
                    position += Int64(skipped)
                    chunk.rawStart = position
                    buffer.withUnsafeMutableBytes { bytes in
                        bytes[filled...].copyBytes(from: bytes[(filled + skipped)..<(filled + count)])
                    }
                }
                filled += count - skipped
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
        chunk.position = position
        if isCut, let last = chunk.batch.records.last, last.rejection != nil { chunk.halfFrom = last.position }
        chunk.compressedPosition = archive.compressedPosition
        return chunk
    }

    private func scanPart(_ filled: Int, isFinal: Bool, _ chunk: inout ScannedChunk) {
        let used = buffer.withUnsafeBufferPointer { bytes in
            scanner.scan(
                UnsafeBufferPointer(rebasing: bytes[..<filled]).span, position: position, isFinal: isFinal,
                into: &chunk.batch)
        }
        if keepsRaw { chunk.raw += buffer[..<used] }
        carried = filled - used
        position += Int64(used)
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
        if keepsRaw { chunk.raw += buffer[..<carried] }
        position += Int64(carried)
        carried = 0
    }
}
