import Testing
import TestSupport

@testable import TailraceIngest

@Suite struct UTF16TranscoderTests {
    /// What the standard library makes of the code units; its repairs are replaced by the byte FF.
    private func oracle(_ units: [UInt16]) -> [UInt8] {
        var bytes: [UInt8] = []
        var decoder = UTF16()
        var iterator = units.makeIterator()
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): bytes += Array(String(scalar).utf8)
            case .error: bytes.append(0xFF)
            case .emptyInput: return bytes
            }
        }
    }

    private func packed(_ units: [UInt16], _ order: UTF16Transcoder.Endian) -> [UInt8] {
        units.flatMap { unit in
            let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
            return order == .big ? [high, low] : [low, high]
        }
    }

    private func transcoded(
        _ bytes: [UInt8], _ order: UTF16Transcoder.Endian, pieces: () -> Int = { .max }, room: () -> Int = { 64 }
    ) -> [UInt8] {
        var transcoder = UTF16Transcoder(order)
        var result: [UInt8] = []
        var start = 0
        while start < bytes.count {
            let piece = Array(bytes[start..<min(bytes.count, start + min(pieces(), bytes.count))])
            var output = [UInt8](repeating: 0xAA, count: max(4, room()))
            let step = piece.withUnsafeBytes { input in
                output.withUnsafeMutableBytes { transcoder.transcode(input, into: $0) }
            }
            #expect(output[step.produced...].allSatisfy { $0 == 0xAA })
            result += output[..<step.produced]
            start += step.consumed
        }
        var output: [UInt8] = [0]
        let count = output.withUnsafeMutableBytes { transcoder.finish(into: $0) }
        #expect(transcoder.isBetweenCharacters)
        return result + output[..<count]
    }

    @Test(arguments: 1...30 as ClosedRange<UInt64>)
    func `Any pieces of any text give the same UTF-8 as the standard library`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let units = (0..<generator.below(200)).map { _ -> UInt16 in
            switch generator.below(6) {
            case 0: UInt16(generator.below(0x80))
            case 1: UInt16(generator.below(0x800))
            case 2: 0xD800 + UInt16(generator.below(0x400))
            case 3: 0xDC00 + UInt16(generator.below(0x400))
            default: UInt16(generator.below(0x1_0000))
            }
        }
        let expected = oracle(units)
        for order in [UTF16Transcoder.Endian.little, .big] {
            let bytes = packed(units, order)
            #expect(transcoded(bytes, order) == expected, "\(generator)")
            for size in 1...9 {
                #expect(transcoded(bytes, order, pieces: { size }) == expected, "\(generator), pieces of \(size)")
                #expect(transcoded(bytes, order, room: { 3 + size }) == expected, "\(generator), room for \(3 + size)")
            }
            var other = SplitMix64(seed: seed + 1000)
            let random = transcoded(
                bytes, order, pieces: { 1 + other.below(30) }, room: { 4 + generator.below(20) })
            #expect(random == expected, "\(generator)")
        }
    }

    @Test func `Every code unit and every kind of pair is as the standard library has it`() {
        for unit in UInt16.min...UInt16.max {
            #expect(transcoded(packed([unit], .big), .big) == oracle([unit]), "\(unit)")
        }
        for high in [0xD800, 0xD801, 0xDBFF] as [UInt16] {
            for low in [0xDBFF, 0xDC00, 0xDC01, 0xDFFF, 0xE000, 0x41] as [UInt16] {
                let units = [0x41, high, low, 0x42]
                #expect(transcoded(packed(units, .little), .little) == oracle(units), "\(units)")
            }
        }
    }

    @Test func `A character that is cut off at the end is one invalid byte`() {
        #expect(transcoded([0x41, 0x00, 0x42], .little) == [0x41, 0xFF])
        #expect(transcoded([0xD8, 0x00], .big) == [0xFF])
        #expect(transcoded([0xD8, 0x00, 0xDC], .big) == [0xFF])
        #expect(transcoded([], .big) == [])
    }

    @Test func `The byte order is told by the mark and by nothing else`() {
        typealias Head = [UInt8]
        #expect(UTF16Transcoder.byteOrder(ofHead: [0xFF, 0xFE, 0x7B, 0x00] as Head) == .little)
        #expect(UTF16Transcoder.byteOrder(ofHead: [0xFE, 0xFF, 0x00, 0x7B] as Head) == .big)
        #expect(UTF16Transcoder.byteOrder(ofHead: [0xFF, 0xFE] as Head) == .little)
        for head in [[], [0xFF], [0xFE], [0xEF, 0xBB, 0xBF], [0x7B, 0x00], [0xFF, 0xFE, 0, 0]] as [Head] {
            #expect(UTF16Transcoder.byteOrder(ofHead: head) == nil)
        }
        #expect(transcoded([0xFF, 0xFE, 0x7B, 0x00], .little) == [0xEF, 0xBB, 0xBF, 0x7B])
    }
}
