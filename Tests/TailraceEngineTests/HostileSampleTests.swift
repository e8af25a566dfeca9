import TailraceConfig
import TailracePipeline
import TestSupport
import Testing

@testable import TailraceEngine

struct HostileSampleTests {
    /// What came of a text in pieces: a line for each record.
    private static func outcome(
        _ bytes: [UInt8], _ plan: RecordPlan, _ settings: ScanSettings, piece: () -> Int
    ) -> [String] {
        var scanner = RecordScanner(plan: plan, settings: settings)
        var (start, end) = (0, 0)
        var told: [String] = []
        while true {
            end = min(bytes.count, end + max(1, piece()))
            var batch = ScannedBatch()
            let isFinal = end == bytes.count
            start += scanner.scan(bytes[start..<end].span, position: Int64(start), isFinal: isFinal, into: &batch)
            told += batch.records.map {
                "\($0.position)+\($0.length) \($0.rejection?.name ?? $0.event.action.name) \($0.event.time.milliseconds) "
                    + String(decoding: batch.bytes($0.event.itemName), as: UTF8.self)
            }
            if isFinal { return told + (start == end ? [] : ["\(end - start) bytes left"]) }
        }
    }

    @Test(arguments: FormatDefinition.shipped.map(\.name))
    func `A damaged sample ends in rejections, not in a crash, and the same ones in pieces`(name: String) throws {
        let definition = try #require(FormatDefinition.shipped.first { $0.name == name })
        var settings = ScanSettings()
        settings.latest = FormatDefinition.sampleYearEnd
        for seed in 1...120 as ClosedRange<UInt64> {
            var generator = SplitMix64(seed: seed)
            var bytes = Array(generator.pick(definition.samples).record.utf8)
            for _ in 0...generator.below(5) where !bytes.isEmpty {
                let at = generator.below(bytes.count)
                switch generator.below(6) {
                case 0: bytes.remove(at: at)
                case 1: bytes.insert(bytes[generator.below(bytes.count)], at: at)
                case 2: bytes[at] = generator.pick(Array("{}[]()<>\",:;=\\/ \n\r\t\0#é%*?0".utf8))
                case 3: bytes.removeSubrange(at..<min(bytes.count, at + generator.below(40)))
                case 4: bytes.replaceSubrange(at..<at, with: bytes[at..<min(bytes.count, at + generator.below(60))])
                default: bytes.swapAt(at, generator.below(bytes.count))
                }
            }
            let whole = HostileSampleTests.outcome(bytes, definition.plan, settings) { .max >> 1 }
            let pieces = HostileSampleTests.outcome(bytes, definition.plan, settings) { 1 + generator.below(30) }
            #expect(pieces == whole, "\(name), seed \(seed): \(String(decoding: bytes, as: UTF8.self))")
        }
    }
}
