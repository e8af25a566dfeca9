internal import Dispatch
internal import Foundation
public import TailraceConfig
internal import TailracePipeline
internal import TailraceStore

/// Makes one store of those of several hosts: for reading, and for judging queues that no host sees whole.
///
/// Hosts are taken in the order of their names, so the order in which stores are named does not matter. Windows are
/// merged one by one, in the order in which they close, and the detectors see them as if they had just closed; memory
/// is that of one window, of the families and of what the detectors keep.
public final class StoreMerge {
    public struct Input: Sendable {
        /// What `v1_sources.host` shows.
        public var host: String
        public var path: String

        public init(host: String, path: String) { (self.host, self.path) = (host, path) }
    }

    /// What a merger did.
    public struct Totals: Sendable, Equatable {
        public var stores = 0
        public var windows: Int64 = 0
        public var families: Int64 = 0
        public var alerts: Int64 = 0
        public var seconds = 0.0
    }

    /// Told now and then: windows done, and in all.
    public var onProgress: (Int64, Int64) -> Void = { _, _ in }

    let out: String
    var inputs: [MergeInput]
    let configuration: Configuration

    /// Opens the stores and makes sure that they can be merged.
    ///
    /// - Parameters:
    ///   - configuration: what is declared of stages and rules; nil: what the stores know of their stages.
    ///   - out: the new store's file, which must not exist.
    /// - Throws: `StoreFault`, naming the store.
    public init(inputs: [Input], out: String, configuration: Configuration?) throws {
        if FileManager.default.fileExists(atPath: out) {
            throw StoreFault(
                .notWritable, path: out, message: "exists already", mend: "name a new file, or remove this one")
        }
        self.out = out
        self.inputs = try inputs.sorted { $0.host < $1.host }.map { try MergeInput(host: $0.host, path: $0.path) }
        self.configuration = try StoreMerge.settle(self.inputs, configuration)
    }

    /// Merges, and puts the new store in its place when it is whole.
    public func run() throws -> Totals {
        let begun = DispatchTime.now()
        let unfinished = out + "-merging"
        // Another merger's file is in use; one of a merger that was killed is not.
        do throws(StoreFault) { _ = try Store(path: unfinished, create: true) } catch {
            if error.kind == .inUse || error.kind == .folderMissing || error.kind == .notWritable { throw error }
        }
        StoreMerge.remove(unfinished)
        defer { StoreMerge.remove(unfinished) }
        let store = try Store(path: unfinished, create: true)
        var totals = try fill(store)
        try store.backUp(to: out)
        totals.seconds = Double(DispatchTime.now().uptimeNanoseconds - begun.uptimeNanoseconds) / 1e9
        return totals
    }

    private static func remove(_ path: String) {
        for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
    }

    private func fill(_ store: Store) throws -> Totals {
        let names = MergedNames(&inputs)
        let windows = try MergedWindows(inputs)
        var rows = MergedRows(inputs, configuration: configuration, names: names)
        let total = Int64(windows.entries.count)
        // A transaction of a few days: it is in memory until it is committed.
        for start in stride(from: 0, to: windows.entries.count, by: 128) {
            let part = windows.entries[start..<min(start + 128, windows.entries.count)]
            try store.checkpoint { transaction in
                for entry in part { try rows.write(entry, to: &transaction) }
            }
            rows.drainAlerts()
            onProgress(Int64(start + part.count), total)
        }
        var totals = Totals()
        totals.families = try writeFamilies(names, to: store)
        try store.checkpoint { transaction in
            try writeNames(names, rows, to: &transaction)
            try MergedSources(inputs).write(to: &transaction)
            totals.alerts = try rows.alerts.write(inputs, to: &transaction)
        }
        try store.buildIndexes()
        totals.stores = inputs.count
        totals.windows = try store.closedWindowCount()
        return totals
    }

    private func writeNames(
        _ names: MergedNames, _ rows: MergedRows, to transaction: inout Checkpoint
    ) throws(StoreFault) {
        try transaction.upsert(
            names.stages.map { stage in
                var row = StageRow(index: stage.index, name: stage.name)
                (row.firstSeen, row.lastSeen) = (stage.firstSeen, stage.lastSeen)
                row.declare(configuration, rows.assessments[stage.index])
                return row
            })
        try transaction.upsert(
            names.teams.enumerated().map { NameRow(kind: .team, index: $0.offset, text: $0.element) })
        try transaction.upsert(
            names.results.enumerated().map { NameRow(kind: .result, index: $0.offset, text: $0.element) })
        try transaction.upsert(
            names.reasons.enumerated().map { NameRow(kind: .reason, index: $0.offset, text: $0.element) })
        try transaction.upsert(
            names.categories.enumerated().map { NameRow(kind: .category, index: $0.offset, text: $0.element) })
        try transaction.setSetting("timezone", configuration.zone.name)
        try transaction.setSetting(Store.mergedHosts, inputs.map(\.host).joined(separator: ", "))
    }
}
