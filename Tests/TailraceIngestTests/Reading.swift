import TestSupport

@testable import TailraceIngest

struct ToldFault: Equatable {
    var position: Int64
    var fault: ArchiveFault
}

/// All that a reader gives up to the end of what is there now.
struct Transcript: Equatable {
    var bytes: [UInt8] = []
    var faults: [ArchiveFault.Kind] = []
    var reasons: [String] = []
    /// Every fault, and how many decompressed bytes of the file had been given out before it.
    var told: [ToldFault] = []
    /// Did it end inside a member?
    var isUnfinished = false

    static func == (a: Transcript, b: Transcript) -> Bool {
        a.bytes == b.bytes && a.faults == b.faults && a.isUnfinished == b.isUnfinished
    }
}

extension ArchiveReader {
    /// Reads to the end in buffers of one size.
    mutating func transcript(bufferBytes: Int = 64 << 10) throws -> Transcript {
        var transcript = Transcript()
        var buffer = [UInt8](repeating: 0, count: bufferBytes)
        while true {
            switch try read(into: &buffer, from: 0) {
            case .bytes(let count): transcript.bytes += buffer[..<count]
            case .fault(let fault):
                transcript.faults.append(fault.kind)
                transcript.reasons.append(fault.reason)
                transcript.told.append(ToldFault(position: position, fault: fault))
            case .waiting:
                transcript.isUnfinished = true
                return transcript
            case .end: return transcript
            }
        }
    }
}

func readAll(_ path: String, bufferBytes: Int = 64 << 10) throws -> Transcript {
    var reader = try ArchiveReader(path: path)
    return try reader.transcript(bufferBytes: bufferBytes)
}

/// A way to pack, by name.
enum Packer: String, CaseIterable {
    case plain, gzip, gzipFlushed, zstd, zstdUnchecked, zstdBlocks

    func pack(_ bytes: [UInt8]) -> [UInt8] {
        switch self {
        case .plain: bytes
        case .gzip: Packing.gzip(bytes)
        case .gzipFlushed: Packing.gzip(bytes, flushEvery: 100)
        case .zstd: Packing.zstd(bytes)
        case .zstdUnchecked: Packing.zstd(bytes, hasChecksum: false)
        case .zstdBlocks: Packing.zstd(bytes, blockBytes: 200)
        }
    }

    var isPacked: Bool { self != .plain }
    var compression: Compression { self == .plain ? .plain : rawValue.hasPrefix("gzip") ? .gzip : .zstd }

    static let packed = allCases.filter(\.isPacked)
}

func longestCommonPrefix(_ a: [UInt8], _ b: [UInt8]) -> Int { zip(a, b).prefix { $0 == $1 }.count }
