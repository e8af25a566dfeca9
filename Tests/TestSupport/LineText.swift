/// Numbered lines that differ from each other and pack as logs do.
/// - Returns: `count` lines with their line ends.
public func numberedLines(_ count: Int, from first: Int = 0, using generator: inout SplitMix64) -> [UInt8] {
    let words = ["queue", "review", "draft", "copy", "signed", "late", "offer", "mill", "water", "channel"]
    var text = ""
    for number in first..<first + count {
        text += "{\"line\":\(number)"
        for _ in 0..<generator.below(8) { text += ",\"\(generator.pick(words))\":\(generator.below(1_000_000))" }
        text += "}\n"
    }
    return Array(text.utf8)
}
