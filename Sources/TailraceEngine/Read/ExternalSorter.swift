internal import Foundation
internal import TailracePipeline

/// The disk could not take or give back what was spilled.
struct SpillFault: Error, CustomStringConvertible {
    var description: String
}

/// Sorts the records of many sources by the total order, in bounded memory: sorted runs go to one unlinked file and
/// are merged from there (Knuth, vol. 3, 5.4).
final class ExternalSorter {
    /// One record as it is kept: its place, and its bytes, or why it was rejected.
    struct Entry {
        var key: OrderKey
        /// Bytes of the record in its source, with its line end.
        var length: Int64
        /// Which of the events that its bytes give, from 0.
        var follower: Int
        var rejection: RejectionReason?
        /// Raw record, or the masked sample of a rejection.
        var bytes: [UInt8]
        /// What was known where it stood (`RecordScanner.joinContext`).
        var context: [UInt8] = []
    }

    private struct Slot {
        var key: OrderKey
        var length: Int64
        var follower: Int32
        var rejection: UInt8
        var start: Int
        var count: Int
        /// Behind the bytes.
        var contextCount: Int32
    }

    private let runBytes: Int
    private let folder: String
    private var slots: [Slot] = []
    private var arena: [UInt8] = []
    private var file: FileHandle?
    private var runs: [Range<UInt64>] = []
    private var merging: [RunReader] = []
    private var heap: [Int] = []
    private var nextInMemory = 0

    /// - Parameters:
    ///   - runBytes: memory for one run.
    ///   - folder: where to spill.
    init(runBytes: Int, folder: String) {
        self.runBytes = runBytes
        self.folder = folder
    }

    func add(
        _ key: OrderKey, length: Int64, follower: Int, rejection: RejectionReason?, bytes: ArraySlice<UInt8>,
        context: [UInt8] = []
    ) throws(SpillFault) {
        slots.append(
            Slot(
                key: key, length: length, follower: Int32(clamping: follower),
                rejection: rejection.map { $0.rawValue + 1 } ?? 0, start: arena.count,
                count: bytes.count, contextCount: Int32(context.count)))
        arena += bytes
        arena += context
        if arena.count + slots.count * MemoryLayout<Slot>.stride >= runBytes { try spill() }
    }

    /// Nothing more is added: from now on records come out.
    func finish() throws(SpillFault) {
        if runs.isEmpty {
            slots.sort { $0.key < $1.key }
            return
        }
        try spill()
        guard let file else { return }
        for run in runs { merging.append(try RunReader(file: file, range: run)) }
        heap = merging.indices.filter { merging[$0].current != nil }
        heap.sort { key($0) < key($1) }
    }

    /// The place of the next record; nil at the end.
    var head: OrderKey? {
        if runs.isEmpty { return nextInMemory < slots.count ? slots[nextInMemory].key : nil }
        return heap.first.map { key($0) }
    }

    /// - Precondition: `head` is not nil.
    func take() throws(SpillFault) -> Entry {
        if runs.isEmpty {
            let slot = slots[nextInMemory]
            nextInMemory += 1
            return Entry(
                key: slot.key, length: slot.length, follower: Int(slot.follower),
                rejection: slot.rejection == 0 ? nil : RejectionReason(rawValue: slot.rejection - 1),
                bytes: Array(arena[slot.start..<slot.start + slot.count]),
                context: Array(arena[(slot.start + slot.count)...].prefix(Int(slot.contextCount))))
        }
        let run = heap[0]
        guard let entry = merging[run].current else { preconditionFailure("a run in the heap has a record") }
        try merging[run].advance()
        // Few runs: the first one moves to its place by insertion.
        heap.removeFirst()
        if merging[run].current != nil {
            let at = heap.firstIndex { key(run) < key($0) } ?? heap.endIndex
            heap.insert(run, at: at)
        }
        return entry
    }

    private func key(_ run: Int) -> OrderKey {
        merging[run].current?.key ?? OrderKey(time: .max, source: 0, position: 0)
    }

    private func spill() throws(SpillFault) {
        guard !slots.isEmpty else { return }
        slots.sort { $0.key < $1.key }
        if file == nil { file = try openSpillFile() }
        guard let file else { return }
        var writer = ByteWriter()
        let start = runs.last?.upperBound ?? 0
        var end = start
        for (index, slot) in slots.enumerated() {
            writer.write(slot.key.time)
            writer.write(Int64(slot.key.source))
            writer.write(slot.key.position)
            writer.write(slot.length)
            writer.write(slot.follower)
            writer.write(slot.rejection)
            writer.write(contentsOf: Array(arena[slot.start..<slot.start + slot.count]))
            writer.write(contentsOf: Array(arena[(slot.start + slot.count)...].prefix(Int(slot.contextCount))))
            if writer.bytes.count > 1 << 20 || index == slots.count - 1 {
                do {
                    try file.write(contentsOf: Data(writer.bytes))
                } catch {
                    throw SpillFault(
                        description:
                            "\(folder): no room to sort in (\(error.localizedDescription)); free some, or set TMPDIR")
                }
                end += UInt64(writer.bytes.count)
                writer = ByteWriter()
            }
        }
        runs.append(start..<end)
        slots.removeAll(keepingCapacity: true)
        arena.removeAll(keepingCapacity: true)
    }

    /// A file without a name: it is gone with the process, however that ends.
    private func openSpillFile() throws(SpillFault) -> FileHandle {
        let path =
            folder + "/tailrace-sort-\(ProcessInfo.processInfo.processIdentifier)-\(UInt64.random(in: 0 ... .max))"
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw SpillFault(
                description: "\(folder): cannot write here (\(String(cString: strerror(errno)))); set TMPDIR")
        }
        unlink(path)
        return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }
}

/// Reads the records of one run, a buffer at a time.
private final class RunReader {
    private static let bufferBytes = 64 << 10

    private let file: FileHandle
    private var offset: UInt64
    private let end: UInt64
    private var buffer: [UInt8] = []
    private var at = 0
    private(set) var current: ExternalSorter.Entry?

    init(file: FileHandle, range: Range<UInt64>) throws(SpillFault) {
        self.file = file
        (offset, end) = (range.lowerBound, range.upperBound)
        try advance()
    }

    func advance() throws(SpillFault) {
        if at == buffer.count, offset == end {
            current = nil
            return
        }
        // An entry that is cut by the buffer's end is read again with more behind it.
        while true {
            var reader = ByteReader(buffer, from: at)
            if let entry = try? read(&reader) {
                at = reader.position
                current = entry
                return
            }
            guard offset < end else { throw SpillFault(description: "a sorted run on disk is damaged") }
            let count = min(RunReader.bufferBytes, Int(end - offset))
            var more = [UInt8](repeating: 0, count: count)
            let got = more.withUnsafeMutableBytes { pread(file.fileDescriptor, $0.baseAddress, count, off_t(offset)) }
            guard got > 0 else { throw SpillFault(description: "a sorted run on disk cannot be read") }
            buffer = Array(buffer[at...]) + more[..<got]
            at = 0
            offset += UInt64(got)
        }
    }

    private func read(_ reader: inout ByteReader) throws(StateDamage) -> ExternalSorter.Entry {
        let key = OrderKey(
            time: try reader.read(), source: Int(try reader.read(Int64.self)), position: try reader.read())
        let length: Int64 = try reader.read()
        let follower: Int32 = try reader.read()
        let rejection: UInt8 = try reader.read()
        return ExternalSorter.Entry(
            key: key, length: length, follower: Int(follower),
            rejection: rejection == 0 ? nil : RejectionReason(rawValue: rejection - 1),
            bytes: try reader.readBytes(), context: try reader.readBytes())
    }
}
