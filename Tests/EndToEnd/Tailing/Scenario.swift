/// What happens to logs while the daemon follows them, as data. Paths are relative to the folder of the run; `logs`
/// is the configured source.
enum Step {
    // Writing.
    case append(String, Int)
    /// The first half of a line that the next `rest` ends.
    case half(String)
    case rest(String)
    /// A whole event without its line end; `rest` writes that.
    case unended(String, isNeeded: Bool = true)
    /// Bytes without numbered events.
    case raw(String, [UInt8])
    /// Lines, changed by somebody's idea of text.
    case encoded(String, Int, LineEncoding)
    /// Lines of the same event, counted without a number.
    case noise(String, Int)
    /// Event times of what is appended go on so many hours later, or earlier.
    case clock(Int)
    /// Opens a file and keeps it open under this name, without O_APPEND.
    case openWriter(String, path: String)
    case write(String, Int, isSeenOnlyByOpenReaders: Bool = false)
    case closeWriter(String)
    /// Cuts the file short and writes so many lines, in one go.
    case rewrite(String, Int)
    case writeMany(folder: String, files: Int, lines: Int, Packed?)

    // Moving.
    case rename(String, String)
    case copy(String, String)
    case truncate(String)
    case remove(String)
    case removeFolder(String)
    case makeFolder(String)
    case hardLink(String, String)
    /// A link, put in place by renaming, so that it is never absent.
    case link(String, to: String)
    /// Copies, then cuts short, with nothing between.
    case copyTruncate(String, String)
    /// Removes what the store has.
    case discard(String)
    /// Moves a link away from a file that the store has, to a new one with so many lines.
    case swapLink(String, to: String, Int)
    case fifo(String)
    case mode(String, UInt16)

    // Packing.
    case pack(String, String, Packed)
    /// A member or frame with so many new lines, appended at once.
    case member(String, Int, Packed)
    /// Runs a program; words that begin with a folder of the run become absolute.
    case program([String])
    /// An archive that will be delivered in pieces: new lines, flushed every so many.
    case prepare(String, Packed, lines: Int, every: Int)
    /// The same of the lines of another file.
    case preparePacking(of: String, String, Packed)
    case deliver(String, Piece)
    /// The rest is never delivered.
    case abandon(String)
    /// The rest of a packed file, whose original is then removed, as gzip does.
    case completePacking(of: String, String)
    /// Unpacks and packs again, and removes the first archive.
    case repack(String, String, Packed)
    /// A byte of a flushed piece changes before it is delivered; what follows in the archive may be lost.
    case damage(String, piece: Int)
    case damageTrailer(String, Trailer)
    /// A byte of an archive changes on the disk, after the daemon has seen it whole, or before: then whatever it holds
    /// may be missing, and another log may seem to be there.
    case flip(String, Double, isSeen: Bool = true)

    // The daemon and its store.
    case stop
    case start
    case restart
    case kill
    /// The daemon gets no time, as on a machine that is asleep or overloaded.
    case freeze
    case thaw
    case fillStore
    case freeStore
    case lockStore
    case unlockStore

    // Looking.
    /// Lets time pass.
    case hold(Double)
    /// Waits until the store holds what it must.
    case settle
    case settleWithin(Double)
    case state(String, [String])
    case alert(String)
    /// The daemon has let go of files that have no name any more.
    case released
    case peakBelow(Int)
    /// So many records are counted as rejected, in the end.
    case rejects(Int)
    case mayReject(Int)

    enum Packed: String { case gzip, zstd }
    enum Piece { case bytes(Int), flushes(Int), allBut(Int), fraction(Double), all }
    enum Trailer { case checksum, size }
    enum LineEncoding { case byteOrderMark, returnAndNewline, returnOnly, utf16Little, utf16Big, rawNUL, invalidUTF8 }

    /// The step looks or waits, and changes nothing.
    var isLook: Bool {
        switch self {
        case .hold, .settle, .settleWithin, .state, .alert, .released, .peakBelow, .rejects, .mayReject: true
        default: false
        }
    }

    /// The step changes only what is expected.
    var isBookkeeping: Bool {
        switch self {
        case .rejects, .mayReject, .clock: true
        default: false
        }
    }

    /// The step itself says when the daemon runs.
    var isDaemonStep: Bool {
        switch self {
        case .stop, .start, .restart, .kill, .freeze, .thaw: true
        default: false
        }
    }

    /// As it stands in the code, without long bytes.
    var title: String {
        if case .raw(let path, let bytes) = self { return "raw(\"\(path)\", \(bytes.count) bytes)" }
        return "\(self)".replacing("EndToEnd.Step.", with: "")
    }
}

/// A case of `ingest.md`: what is done, and how it is run.
struct Scenario: CustomStringConvertible, Sendable {
    enum Mode: String, CaseIterable, Sendable {
        /// The daemon runs all the time.
        case live
        /// It is ended and started again after each step.
        case restart
        /// It runs only while something is waited for.
        case stopped
        /// It is killed at random moments, and started again at once.
        case kill
    }

    /// What a run needs beyond a folder.
    enum Need: Hashable, Sendable { case zstdProgram, root, heavy }

    let name: String
    let about: String
    var sources = ["logs"]
    /// Further lines of the configuration.
    var configuration = ""
    var needs: Set<Need> = []
    var modes = Mode.allCases
    /// The folder holds everything in the end: a replay of it gives the same.
    var isReplayed = true
    /// Not root, for which file modes mean nothing.
    var isUnprivileged = false
    var descriptorLimit: Int?
    /// The store lies on a small disk of its own.
    var hasSmallDisk = false
    var steps: @Sendable () -> [Step]

    init(_ name: String, _ about: String, steps: @escaping @Sendable () -> [Step]) {
        self.name = name
        self.about = about
        self.steps = steps
    }

    var description: String { name }

    /// A copy with other settings.
    func with(_ change: (inout Scenario) -> Void) -> Scenario {
        var copy = self
        change(&copy)
        return copy
    }
}
