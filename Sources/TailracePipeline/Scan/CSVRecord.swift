/// Splits rows of separated values (RFC 4180, with any one-byte separator) and notes where the wanted columns are.
struct CSVRecord: Sendable {
    let separator: UInt8
    /// Slot of each column; nil for columns that nobody wants.
    private let columns: [Int?]

    /// The texts of a header row, quotes undone; nil where a quote never closes.
    static func header(_ row: Span<UInt8>, separator: UInt8) -> [String]? {
        var names: [String] = []
        var at = 0
        while true {
            guard let field = field(row, &at, separator: separator) else { return nil }
            var bytes: [UInt8] = []
            appendUnquotedCSV(row, from: Int(field.start), to: Int(field.end), isEscaped: field.isEscaped, into: &bytes)
            names.append(String(decoding: bytes, as: UTF8.self))
            if at > row.count { return names }
        }
    }

    static let separators = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|")]

    /// The separator that splits a header into most columns: comma, semicolon, tab or bar.
    static func separator(ofHeader row: Span<UInt8>) -> UInt8 {
        var best = UInt8(ascii: ",")
        var bestCount = 0
        for candidate in separators {
            let count = header(row, separator: candidate)?.count ?? 0
            if count > bestCount { (best, bestCount) = (candidate, count) }
        }
        return best
    }

    /// - Parameters:
    ///   - header: the column names.
    ///   - names: the column that each slot wants, compared without regard to case; `name#2` is the second column of
    ///     that name.
    init(header: [String], separator: UInt8, names: [String]) {
        self.separator = separator
        let wanted = names.map { trimmedLowercase($0) }
        var seen: [String: Int] = [:]
        columns = header.map { name in
            let folded = trimmedLowercase(name)
            seen[folded, default: 0] += 1
            if let slot = wanted.firstIndex(of: "\(folded)#\(seen[folded, default: 1])") { return slot }
            return seen[folded] == 1 ? wanted.firstIndex(of: folded) : nil
        }
    }

    /// Fills `slots` from one row without its line end.
    func read(_ record: Span<UInt8>, from start: Int, to end: Int, into slots: inout [FieldSlot])
        throws(RejectionReason)
    {
        let row = record.extracting(start..<end)
        var at = 0
        var column = 0
        while true {
            guard let field = CSVRecord.field(row, &at, separator: separator) else { throw .syntax }
            guard column < columns.count else { throw .columns }
            if let slot = columns[column], field.end > field.start {
                slots[slot] = field
                slots[slot].start += Int32(start)
                slots[slot].end += Int32(start)
            }
            column += 1
            if at > row.count { break }
        }
        guard column == columns.count else { throw .columns }
    }

    /// Moves past one field and its separator; `at` is beyond the row's end after the last one. nil: open quote.
    private static func field(_ row: Span<UInt8>, _ at: inout Int, separator: UInt8) -> FieldSlot? {
        var slot = FieldSlot()
        slot.kind = .string
        if at < row.count, row[at] == UInt8(ascii: "\"") {
            var i = at + 1
            slot.start = Int32(i)
            while true {
                guard i < row.count else { return nil }
                if row[i] == UInt8(ascii: "\"") {
                    guard i + 1 < row.count, row[i + 1] == UInt8(ascii: "\"") else { break }
                    slot.isEscaped = true
                    i += 2
                } else {
                    i += 1
                }
            }
            slot.end = Int32(i)
            i += 1
            // What stands between the closing quote and the separator is an error of the writer.
            guard i == row.count || row[i] == separator else { return nil }
            at = i + 1
        } else {
            slot.start = Int32(at)
            while at < row.count, row[at] != separator { at += 1 }
            slot.end = Int32(at)
            at += 1
        }
        return slot
    }
}

/// Appends the value of a CSV field to `output`.
func appendUnquotedCSV(_ row: Span<UInt8>, from start: Int, to end: Int, isEscaped: Bool, into output: inout [UInt8]) {
    var i = start
    while i < end {
        output.append(row[i])
        i += isEscaped && row[i] == UInt8(ascii: "\"") ? 2 : 1
    }
}

/// ASCII lower case, without white space around: how column names and mapped words are compared.
func trimmedLowercase(_ text: String) -> String {
    var bytes = Array(text.utf8)
    while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
    let head = bytes.firstIndex { $0 > 0x20 } ?? bytes.endIndex
    return String(decoding: bytes[head...].map(lowercased), as: UTF8.self)
}

func lowercased(_ byte: UInt8) -> UInt8 { byte &- 65 < 26 ? byte | 0x20 : byte }

/// The column names of a CSV header row, its separator found in the row itself.
public func columnNames(ofHeader row: [UInt8]) -> [String] {
    var bytes = row[...]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    if bytes.last == UInt8(ascii: "\r") { bytes = bytes.dropLast() }
    let plain = Array(bytes)
    return CSVRecord.header(plain.span, separator: CSVRecord.separator(ofHeader: plain.span)) ?? []
}
