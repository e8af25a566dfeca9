import Foundation

/// One line on standard error that shows how far long work has come. Nothing at all where nobody looks.
///
/// ```
///   42 %  ████████▍            1.2 GB of 2.9 GB  160 MB/s  11 s left  3,400,000 events
/// ```
struct ProgressBar {
    private let terminal: Terminal
    private let start: ContinuousClock.Instant
    private var shownAt: ContinuousClock.Instant?
    /// What is counted, in the plural; nil for bytes.
    private let noun: String?
    private let write: (String) -> Void

    /// Ten times a second is as often as an eye follows.
    private static let pause = Duration.milliseconds(100)
    /// Below this, work is over before a line is worth drawing.
    private static let patience = Duration.milliseconds(400)

    /// - Parameters:
    ///   - terminal: where the line goes; not a terminal, and nothing is ever written.
    ///   - start: when the work began.
    ///   - noun: what is counted, in the plural; nil for bytes.
    init(
        _ terminal: Terminal = .standardError, start: ContinuousClock.Instant = .now, noun: String? = nil,
        write: @escaping (String) -> Void = { FileHandle.standardError.write(Data($0.utf8)) }
    ) {
        (self.terminal, self.start, self.noun, self.write) = (terminal, start, noun, write)
    }

    /// Draws the line again, unless it was drawn a moment ago. Cheap enough to call for each chunk.
    ///
    /// - Parameters:
    ///   - done: bytes finished, or what `noun` says.
    ///   - total: as many to do; nil where unknown.
    ///   - note: what else is worth saying, as `3,400,000 events`.
    mutating func show(done: Int64, of total: Int64?, note: String = "", at now: ContinuousClock.Instant = .now) {
        guard terminal.isInteractive, now - start >= Self.patience else { return }
        if let shownAt, now - shownAt < Self.pause { return }
        shownAt = now
        let seconds = (now - start) / .seconds(1)
        // The rest of an older, longer line is erased (ECMA-48, 8.3.41).
        let width = (terminal.columns ?? 80) - 1
        let line = Self.line(done: done, of: total, seconds: seconds, note: note, width: width, noun: noun)
        write("\r" + line + "\u{1B}[K")
    }

    /// Takes the line away, so that what follows stands alone.
    mutating func finish() {
        guard shownAt != nil else { return }
        shownAt = nil
        write("\r\u{1B}[K")
    }

    /// The line as text.
    static func line(
        done: Int64, of total: Int64?, seconds: Double, note: String, width: Int, noun: String? = nil
    ) -> String {
        func amount(_ value: Int64) -> String { noun == nil ? Figure.bytes(value) : Figure.count(value) }
        let speed = seconds > 0 ? Double(done) / seconds : 0
        var pieces: [String] = []
        if let total, total > 0 {
            let share = min(Double(done) / Double(total), 1)
            let percent = "\(Int(share * 100)) %".padded(to: 5, right: true)
            pieces.append("\(percent)  \(Bar.text(share, width: 20).padded(to: 20))")
            pieces.append("\(amount(done)) of \(amount(total))\(noun.map { " " + $0 } ?? "")")
            if noun == nil { pieces.append(Figure.bytes(speed) + "/s") }
            if speed > 0, done < total {
                pieces.append(Figure.duration((Double(total - done) / speed).rounded()) + " left")
            }
        } else {
            pieces += noun.map { ["\(amount(done)) \($0)"] } ?? [Figure.bytes(done), Figure.bytes(speed) + "/s"]
        }
        if !note.isEmpty { pieces.append(note.printable) }
        return ("  " + pieces.joined(separator: "  ")).cut(to: width)
    }
}
