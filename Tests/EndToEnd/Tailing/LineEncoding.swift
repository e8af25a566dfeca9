extension Step.LineEncoding {
    /// The lines of these events as a program with other habits writes them.
    func bytes(of numbers: Range<Int>) -> [UInt8] {
        switch self {
        case .byteOrderMark: [0xEF, 0xBB, 0xBF] + NumberedEvent.lines(numbers)
        case .returnAndNewline: numbers.flatMap { NumberedEvent.line($0, end: "\r\n") }
        case .returnOnly: numbers.flatMap { NumberedEvent.line($0, end: "\r") }
        case .utf16Little: utf16(numbers, mark: [0xFF, 0xFE]) { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        case .utf16Big: utf16(numbers, mark: [0xFE, 0xFF]) { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        case .rawNUL: numbers.flatMap { NumberedEvent.line($0, text: "before\u{0}after, number \($0)") }
        case .invalidUTF8:
            numbers.flatMap { number in
                // The mark becomes a byte that no UTF-8 has.
                NumberedEvent.line(number, text: "a ~ here").map { $0 == 0x7E ? 0xFF : $0 }
            }
        }
    }

    private func utf16(_ numbers: Range<Int>, mark: [UInt8], _ pack: (UInt16) -> [UInt8]) -> [UInt8] {
        // Beyond the basic plane, so that a pair of surrogates is there too.
        let text = numbers.map {
            String(
                decoding: NumberedEvent.line(
                    $0, text: "\u{1F30A} the river, its mill and water number \($0) of a long channel"), as: UTF8.self)
        }
        return mark + text.joined().utf16.flatMap(pack)
    }
}
