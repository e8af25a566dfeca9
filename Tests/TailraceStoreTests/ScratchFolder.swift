import Foundation
import TailracePipeline

@testable import TailraceStore

/// A folder that is gone when the test is over.
final class ScratchFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String = "test.sqlite") -> String { url.appendingPathComponent(name).path }

    func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: url.appendingPathComponent(name))
        return path(name)
    }
}

/// Small, seeded, and the same everywhere (Steele, Lea, Flood 2014).
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}

/// A windowed row with one counter and one gauge, in the table of outcomes: `result` holds the first.
struct TallyRow: WindowRow, Equatable {
    var window: Window
    var stage: Int
    var result: Int
    var count: Int64

    static let table = "outcome"
    static let columns = ["id", "period", "stage", "result", "outcomes", "state"]
    var indices: (Int, Int) { (stage, result) }
    func write(into row: inout RowBuffer) {
        var writer = ByteWriter()
        encodeState(into: &writer)
        row.append(contentsOf: [
            .integer(rowID), .integer(window.key), .integer(Int64(stage)), .integer(Int64(result)), .integer(count),
            .blob(writer.bytes),
        ])
    }
    func encodeState(into writer: inout ByteWriter) { writer.writeVarint(UInt64(count)) }
    mutating func merge(_ other: TallyRow) { count += other.count }
}

extension TallyRow {
    init(window: Window, indices: (Int, Int), state: inout ByteReader) throws(StateDamage) {
        self.init(
            window: window, stage: indices.0, result: indices.1, count: Int64(clamping: try state.readVarint()))
    }
}

/// A window as a row, with names of no importance.
struct SpanRow: StoreRow {
    var window: Window
    var isClosed: Bool

    static let table = "period"
    static let columns = ["id", "grain", "time", "width_s", "time_utc", "date_local", "week_local", "closed"]
    func write(into row: inout RowBuffer) {
        row.append(contentsOf: [
            .integer(window.key), .text(window.grain.name), .integer(window.start), .integer(window.end - window.start),
            .text("utc \(window.start)"), .text("day \(window.start / 86_400)"), .text("week"),
            .integer(isClosed ? 1 : 0),
        ])
    }
}

func hour(_ index: Int64) -> Window {
    Window(grain: .hour, start: 1_767_600_000 + index * 3600, end: 1_767_603_600 + index * 3600)
}

func day(_ index: Int64) -> Window {
    Window(grain: .day, start: 1_767_571_200 + index * 86_400, end: 1_767_657_600 + index * 86_400)
}

/// The fault that a piece of work ends with; nil where it ends well.
func fault(of work: () throws -> Void) -> StoreFault? {
    do {
        try work()
        return nil
    } catch { return error as? StoreFault }
}

extension StoreReader {
    func integers(_ sql: String) throws -> [Int64] {
        try table(sql).rows.map { row in
            if case .integer(let value) = row.first { return value }
            return -1
        }
    }
}
