public import TailraceConfig
internal import TailraceIngest
internal import TailracePipeline

/// Looks up the texts of some items in their logs, for a person who wants to see what a verdict is about. Nothing of it
/// is kept: a store holds no text.
public struct ContentSearch {
    /// One log to look through.
    public struct Log {
        public var path: String
        /// The name of its format.
        public var format: String

        public init(path: String, format: String) { (self.path, self.format) = (path, format) }
    }

    /// The first content of each item, by its name; items whose text was not found have none.
    public private(set) var texts: [String: [UInt8]] = [:]
    /// Logs that could not be read, with the reason.
    public private(set) var unread: [String] = []

    private var times: [String: EventTime] = [:]
    private let names: [Hash128: String]
    private let configuration: Configuration

    /// - Parameter items: names as the store has them. A name that was cut there is found by what is left of it.
    public init(items: [String], configuration: Configuration) {
        self.configuration = configuration
        names = Dictionary(
            items.map { (Array($0.utf8).withUnsafeBytes { hash128($0, seed: 0) }, $0) }, uniquingKeysWith: { a, _ in a }
        )
    }

    /// Reads a log to its end. Complexity: O(bytes of the log); keeps the searched texts, 4 MiB each at most.
    ///
    /// - Parameter onProgress: hears how much of the file, as stored, is read.
    public mutating func read(_ log: Log, onProgress: (Int64) -> Void = { _ in }) {
        guard let definition = configuration.definitions.first(where: { $0.name == log.format }) else {
            unread.append("\(log.path): there is no format \(log.format)")
            return
        }
        var settings = configuration.scanSettings
        settings.wantedContents = Set(names.keys)
        let reader: ChunkReader
        do throws(ReadFault) {
            reader = try ChunkReader(path: log.path, plan: definition.plan, settings: settings, chunkBytes: 1 << 20)
        } catch {
            unread.append(error.description)
            return
        }
        while true {
            let chunk = reader.next()
            for content in chunk.batch.contents { take(content) }
            onProgress(chunk.compressedPosition)
            switch chunk.end {
            case .more: continue
            case .unreadable(let reason): unread.append("\(log.path): \(reason)")
            default: break
            }
            return
        }
    }

    /// Logs are read in any order: an item's content is its earliest.
    private mutating func take(_ content: ScannedBatch.Content) {
        guard let name = names[content.item] else { return }
        if let time = times[name], time <= content.time { return }
        (times[name], texts[name]) = (content.time, content.bytes)
    }
}
