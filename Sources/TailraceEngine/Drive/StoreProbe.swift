package import TailracePipeline
internal import TailraceStore

/// Writes what a pipeline gives into a store as a driver does, but for sources and alerts, so that this stage can be
/// measured alone. No part of a replay.
package final class StoreProbe {
    private let store: Store

    package init(path: String) throws { store = try Store(path: path, create: true) }

    /// As many rows as a driver lets wait.
    package static var pendingRowLimit: Int { Driver.pendingRowLimit }

    /// Commits what changed since the last time.
    package func write(_ output: PipelineOutput, closedThrough: Int64?) throws {
        var content = CheckpointContent(output: output, inputs: SourceLedger.Changes(), stages: [])
        content.closedThrough = closedThrough
        content.segments = output.segments.map { Segment(kind: $0.kind, version: 1, data: $0.data) }
        try store.checkpoint { transaction in try content.write(to: &transaction) }
    }

    package func leader(of family: UInt32) -> LeaderRecord? { Driver.leader(of: family, in: store) }
}
