public import Foundation

/// A folder for one test; it is gone with the last reference to it.
public final class TemporaryFolder: Sendable {
    public let url: URL

    /// - Throws: where the system's folder for temporary files takes nothing.
    public init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("tailrace-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    public func path(_ name: String) -> String { url.appendingPathComponent(name).path }

    /// Writes a file, over what was there; returns its path.
    @discardableResult
    public func write(_ bytes: [UInt8], to name: String) throws -> String {
        let place = url.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: place)
        return place.path
    }

    /// Appends to a file in place, as a writer of logs does.
    public func append(_ bytes: [UInt8], to name: String) throws {
        let handle = try FileHandle(forWritingTo: url.appendingPathComponent(name))
        defer { try? handle.close() }
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(bytes))
    }
}
