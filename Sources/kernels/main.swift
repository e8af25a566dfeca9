// Runs one stage of the hot path over a log, so that its instructions can be counted (`make kernels`).
//
//     kernels STAGE FILE ROUNDS
//
// A round begins with nothing, so the difference between two runs is rounds and nothing else. No part of the product.
import Glibc
import TailracePipeline

/// The stages, each of which holds those before it, but for `index`, which is the fingerprint index alone.
let stages = ["parse", "scan", "apply", "index"]

func fail(_ text: String) -> Never {
    let line = Array("kernels: \(text)\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
    exit(64)
}

func contents(of path: String) -> [UInt8] {
    guard let file = fopen(path, "rb") else { fail("\(path): \(String(cString: strerror(errno)))") }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 20)
    while true {
        let count = fread(&part, 1, part.count, file)
        if count == 0 { return bytes }
        bytes += part[..<count]
    }
}

/// The product's own format; without the text there is nothing to fingerprint.
func plan(hasText: Bool) -> RecordPlan {
    let fields = RecordPlan.Field.allCases.filter { hasText || $0 != .text }
    return RecordPlan(kind: .json, bindings: fields.map { RecordPlan.Binding(field: $0, names: [$0.name]) })
}

func scan(_ bytes: [UInt8], _ plan: RecordPlan, _ body: (ScannedBatch) -> Void) {
    var scanner = RecordScanner(plan: plan, settings: ScanSettings())
    var start = 0
    while start < bytes.count {
        // As the reader hands it over.
        let end = min(start + 256 << 10, bytes.count)
        var batch = ScannedBatch()
        start += scanner.scan(
            bytes[start..<end].span, position: Int64(start), isFinal: end == bytes.count, into: &batch)
        body(batch)
    }
}

let words = CommandLine.arguments
guard words.count == 4, stages.contains(words[1]), let rounds = Int(words[3]) else {
    fail("usage: kernels \(stages.joined(separator: "|")) FILE ROUNDS")
}
let bytes = contents(of: words[2])
var events = 0
var batches: [ScannedBatch] = []
if words[1] == "index" { scan(bytes, plan(hasText: true)) { batches.append($0) } }
for _ in 0..<rounds {
    switch words[1] {
    case "parse": scan(bytes, plan(hasText: false)) { events += $0.records.count }
    case "scan": scan(bytes, plan(hasText: true)) { events += $0.records.count }
    case "apply":
        var pipeline = Pipeline(settings: PipelineSettings())
        scan(bytes, plan(hasText: true)) { batch in
            for record in batch.records where record.rejection == nil {
                pipeline.apply(record.event, from: batch)
                pipeline.advance(to: record.event.time.milliseconds) { _ in [:] }
                events += 1
            }
            _ = pipeline.drain()
        }
    default:
        var index = FamilyIndex(capacityBytes: 96 << 20)
        for batch in batches {
            for record in batch.records {
                guard let print = record.event.fingerprint else { continue }
                batch.hashes.withUnsafeBufferPointer { hashes in
                    let own = Int(print.firstHash)..<Int(print.firstHash + print.hashCount)
                    _ = index.place(
                        print, hashes: UnsafeBufferPointer(rebasing: hashes[own]), sender: 1,
                        epoch: UInt16(clamping: record.event.time.milliseconds / 86_400_000),
                        newFamily: UInt32(events + 1))
                }
                events += 1
            }
        }
    }
}
// What `make kernels` divides by.
print("\(bytes.count) \(events / max(1, rounds))")
