import Foundation
import Testing
import TestSupport

@testable import TailraceDaemon

@Suite struct WatchEventTests {
    /// One event as the kernel writes it; names are filled up to a multiple of 16 bytes.
    private func packed(_ watch: Int32, _ mask: UInt32, _ name: [UInt8]) -> [UInt8] {
        let field = name.isEmpty ? [] : name + [UInt8](repeating: 0, count: 16 - name.count % 16)
        return [UInt32(bitPattern: watch), mask, 0, UInt32(field.count)].flatMap { value in
            withUnsafeBytes(of: value) { Array($0) }
        } + field
    }

    private func events(_ bytes: [UInt8]) -> [WatchEvent] { bytes.withUnsafeBytes { WatchEvent.events(in: $0) } }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `Events are read as they were written, and half of one is not`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var expected: [WatchEvent] = []
        var bytes: [UInt8] = []
        var ends: [Int] = []
        for _ in 0..<generator.below(20) {
            let name = String((0..<generator.below(40)).map { _ in generator.pick(Array("aü€ .")) })
            let event = WatchEvent(
                watch: Int32(generator.below(100)), mask: UInt32(1 << generator.below(10)),
                name: name.isEmpty ? nil : name)
            expected.append(event)
            bytes += packed(event.watch, event.mask, Array(name.utf8))
            ends.append(bytes.count)
        }
        #expect(events(bytes) == expected, "\(generator)")
        for _ in 0..<20 where !bytes.isEmpty {
            let cut = generator.below(bytes.count)
            #expect(events(Array(bytes[..<cut])).count == ends.count { $0 <= cut }, "\(generator), cut at \(cut)")
        }
    }

    @Test func `A name that is not UTF-8 is no name, so that everything is looked at`() {
        let found = events(packed(7, UInt32(IN_MODIFY), [0x61, 0xFF]))
        #expect(found == [WatchEvent(watch: 7, mask: UInt32(IN_MODIFY), name: nil)])
    }
}
