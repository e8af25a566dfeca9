internal import TailracePipeline
internal import TailraceStore

/// The logs of all hosts and what was rejected in them, each with its host. Two hosts may have logs of one path.
struct MergedSources {
    private var sources: [StoredSource] = []
    private var rejections: [StoredRejection] = []

    /// Complexity: O(n) in the sources and rejections; both are bounded in a store.
    init(_ inputs: [MergeInput]) throws(StoreFault) {
        for input in inputs {
            let own = try input.store.sources()
            var numbers: [Int64: Int64] = [:]
            for source in own { numbers[source.id] = Int64(sources.count + numbers.count) }
            sources += own.map {
                var source = $0
                source.id = numbers[source.id] ?? source.id
                source.copyOf = source.copyOf.flatMap { numbers[$0] }
                source.host = input.host
                // Nothing goes on from here: where reading stopped stays with the host.
                (source.pending, source.prefix) = (nil, nil)
                return source
            }
            for rejection in try input.store.rejections() {
                var rejection = rejection
                rejection.id = Int64(rejections.count)
                rejection.host = input.host
                rejections.append(rejection)
            }
        }
    }

    func write(to transaction: inout Checkpoint) throws(StoreFault) {
        try transaction.upsert(sources)
        try transaction.upsert(rejections)
    }
}
