/// Builds the tree of one YAML file from its events, within limits: what a hostile file can cost is bounded by its
/// size, because no node is ever referred to twice.
struct YAMLTree {
    /// A configuration is a few kilobytes; this leaves room for samples in definitions.
    static let limitBytes = 1 << 20
    /// The deepest configuration has six levels.
    static let limitDepth = 32

    /// A collection that is not closed yet.
    private struct OpenNode {
        var place: TextPlace
        var isMapping: Bool
        var items: [YAMLNode] = []
        var entries: [YAMLNode.Entry] = []
        var keys: [String: TextPlace] = [:]
        var pendingKey: (text: String, place: TextPlace, isUsable: Bool)?
    }

    private var open: [OpenNode] = []
    private var root: YAMLNode?

    /// The file's only document; nil where it is empty or where `problems` got an error that ends reading.
    static func read(_ bytes: [UInt8], problems: inout ProblemList) -> YAMLNode? {
        guard bytes.count <= limitBytes else {
            problems.error(
                .start, "the file has \(bytes.count) bytes; at most \(limitBytes) are read",
                mend: "is it a log? Name logs under `sources`")
            return nil
        }
        // libyaml knows the byte order mark only where it is free to guess the encoding.
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        guard !text.isEmpty else { return nil }
        return text.withUnsafeBufferPointer { buffer in
            var tree = YAMLTree()
            do throws(YAMLEvents.Fault) {
                var events = try YAMLEvents(buffer)
                return try tree.build(&events, &problems)
            } catch {
                problems.error(error.place, "not YAML: \(error.message)", mend: mend(error, in: buffer))
                return nil
            }
        }
    }

    private mutating func build(
        _ events: inout YAMLEvents, _ problems: inout ProblemList
    ) throws(YAMLEvents.Fault) -> YAMLNode? {
        var documents = 0
        while true {
            let item = try events.next()
            if item.hasAnchor { problems.error(item.place, "anchors (`&`) are not read", mend: "write the value out") }
            if item.hasTag { problems.error(item.place, "tags (`!`) are not read", mend: "leave the tag out") }
            switch item.event {
            case .streamEnd:
                return root
            case .documentStart:
                documents += 1
                if documents > 1 {
                    problems.error(item.place, "a second document begins here", mend: "one file holds one document")
                    return root
                }
            case .alias:
                problems.error(
                    item.place, "aliases (`*`) are not read", mend: "write the value out, or put it in quotes")
                add(YAMLNode(content: .scalar("", isPlain: true), place: item.place), &problems)
            case .scalar(let text, let isPlain):
                add(YAMLNode(content: .scalar(text, isPlain: isPlain), place: item.place), &problems)
            case .sequenceStart, .mappingStart:
                guard open.count < YAMLTree.limitDepth else {
                    problems.error(
                        item.place, "nested deeper than \(YAMLTree.limitDepth) levels",
                        mend: "close the brackets, or mend the indentation")
                    return nil
                }
                var isMapping = false
                if case .mappingStart = item.event { isMapping = true }
                open.append(OpenNode(place: item.place, isMapping: isMapping))
            case .collectionEnd:
                guard let node = open.popLast() else { return root }
                let content: YAMLNode.Content = node.isMapping ? .mapping(node.entries) : .sequence(node.items)
                add(YAMLNode(content: content, place: node.place), &problems)
            }
        }
    }

    /// Puts a finished node where it belongs.
    private mutating func add(_ node: YAMLNode, _ problems: inout ProblemList) {
        guard let last = open.indices.last else {
            root = node
            return
        }
        guard open[last].isMapping else {
            open[last].items.append(node)
            return
        }
        guard let key = open[last].pendingKey else {
            open[last].pendingKey = YAMLTree.key(node, in: &open[last].keys, &problems)
            return
        }
        open[last].pendingKey = nil
        if key.isUsable { open[last].entries.append(.init(key: key.text, keyPlace: key.place, value: node)) }
    }

    private static func key(
        _ node: YAMLNode, in seen: inout [String: TextPlace], _ problems: inout ProblemList
    ) -> (text: String, place: TextPlace, isUsable: Bool) {
        guard case .scalar(let text, _) = node.content else {
            problems.error(node.place, "a key must be a single value, not \(node.kindName)")
            return ("", node.place, false)
        }
        if let first = seen[text] {
            problems.error(
                node.place, "\(quoted(text)) is written twice here, first in line \(first.line)",
                mend: "keep one of them")
            return (text, node.place, false)
        }
        seen[text] = node.place
        return (text, node.place, true)
    }

    /// What writers of such files most often meant.
    private static func mend(_ fault: YAMLEvents.Fault, in bytes: UnsafeBufferPointer<UInt8>) -> String {
        let line = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .dropFirst(fault.place.line - 1).first
        if let line, line.prefix(while: { $0 <= 0x20 }).contains(UInt8(ascii: "\t")) { return "indent with spaces" }
        if fault.message.hasPrefix("mapping values are not allowed") { return "put a text with `: ` in quotes" }
        if fault.message == "did not find expected alphabetic or numeric character" {
            return "put a text that begins with `*` or `&` in quotes"
        }
        if fault.message == "found unexpected end of stream" { return "close the quote" }
        if fault.message.hasPrefix("control characters") || fault.message.contains("UTF-8") {
            return "the file must be UTF-8 text"
        }
        return ""
    }
}
