internal import Foundation
public import TailraceConfig
internal import TailraceIngest
internal import TailracePipeline

/// A file read as one format, to look at: what came of its records, and the first of each kind.
public struct FormatTrial: Sendable {
    /// One event in the words of the contract, in their order.
    public struct Event: Sendable {
        /// Place of its record in decompressed bytes.
        public var position: Int64
        public var fields: [(name: String, value: String)]
    }

    /// Records that were rejected for one reason.
    public struct Rejection: Sendable {
        public var reason: String
        public var count = 0
        /// Of the first one.
        public var position: Int64 = 0
        public var record = ""
    }

    /// Why a file cannot be tried.
    public struct Fault: Error, CustomStringConvertible {
        public var description: String
    }

    public private(set) var events = 0
    public private(set) var ignored = 0
    /// The most frequent first.
    public private(set) var rejections: [Rejection] = []
    public private(set) var firstEvents: [Event] = []
    /// How the file ended where that was not its end.
    public private(set) var detail: String?

    /// Characters of a record that are shown.
    private static let shownBytes = 160

    /// Reads a file to its end.
    ///
    /// - Parameters:
    ///   - configuration: its zone and its rules of origin count.
    ///   - limit: events to keep.
    ///   - onProgress: hears how much of the file, as stored, is read.
    public init(
        path: String, definition: FormatDefinition, configuration: Configuration = Configuration(), limit: Int,
        onProgress: (Int64) -> Void = { _ in }
    ) throws(Fault) {
        let reader: ChunkReader
        do throws(ReadFault) {
            reader = try ChunkReader(
                path: path, plan: definition.plan, settings: configuration.scanSettings, chunkBytes: 1 << 20)
        } catch {
            throw Fault(description: error.description)
        }
        reader.keepsRaw = true
        while true {
            let chunk = reader.next()
            take(chunk, definition, limit: limit)
            onProgress(chunk.compressedPosition)
            for fault in chunk.faults { detail = detail ?? "damaged at byte \(fault.offset): \(fault.reason)" }
            switch chunk.end {
            case .more: continue
            case .unreadable(let reason): throw Fault(description: "\(path): \(reason)")
            case .unfinished: detail = detail ?? "the archive is cut short"
            default: break
            }
            break
        }
        rejections.sort { ($1.count, $0.reason) < ($0.count, $1.reason) }
    }

    private mutating func take(_ chunk: ScannedChunk, _ definition: FormatDefinition, limit: Int) {
        ignored += chunk.batch.ignored
        for record in chunk.batch.records {
            guard let reason = record.rejection?.name else {
                events += 1
                if firstEvents.count < limit {
                    let fields = definition.fields(of: record.event, chunk.batch)
                    let order = RecordPlan.Field.allCases.map(\.name)
                    firstEvents.append(
                        Event(
                            position: record.position,
                            fields: order.compactMap { name in fields[name].map { (name, $0) } }))
                }
                continue
            }
            if let at = rejections.firstIndex(where: { $0.reason == reason }) {
                rejections[at].count += 1
            } else {
                let start = min(max(0, Int(record.position - chunk.start)), chunk.raw.count)
                let end = min(start + min(Int(record.length), FormatTrial.shownBytes), chunk.raw.count)
                rejections.append(
                    Rejection(
                        reason: reason, count: 1, position: record.position,
                        record: String(decoding: chunk.raw[start..<max(start, end)], as: UTF8.self)))
            }
        }
    }
}

/// What each of some formats makes of the first records of a file.
public struct FormatComparison: Sendable {
    public struct Candidate: Sendable {
        public var name: String
        /// Share of the first records that it understands, 0 to 1.
        public var share: Double
        /// Why the file is not of this format; nil where it may be.
        public var mismatch: String?
    }

    /// In the order in which they are tried.
    public let candidates: [Candidate]
    /// The format that the file is read as; nil where none fits.
    public let chosen: String?

    /// - Parameter configuration: its formats are compared, in its zone.
    public init(path: String, configuration: Configuration) throws(FormatTrial.Fault) {
        let head: FileHead
        do throws(ReadFault) {
            head = try FileHead(path: path)
        } catch {
            throw FormatTrial.Fault(description: error.description)
        }
        guard !head.text.isEmpty else { throw FormatTrial.Fault(description: "\(path): there is nothing to read") }
        let settings = configuration.scanSettings.reading(head.status)
        candidates = Recognition.compare(
            head: head.text, isWhole: head.isWhole, definitions: configuration.definitions, settings: settings)
        chosen =
            Recognition(
                head: head.text, isWhole: head.isWhole, definitions: configuration.definitions, named: nil,
                settings: settings, lateness: 0
            ).definition?.name
    }
}
