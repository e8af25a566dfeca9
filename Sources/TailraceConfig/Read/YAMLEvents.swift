// libyaml itself, which the package Yams carries: Yams' own tree stops at the first duplicate key, hashes aliases
// (exponential time on hostile input) and recurses, and none of the three can be turned off from outside.
import CYaml

/// The events of libyaml over one text, one at a time.
///
/// The bytes must live as long as the reader. Invariant: `parser` is initialised from `init` to `deinit`, and its
/// address does not move, for libyaml keeps a pointer to it.
struct YAMLEvents: ~Copyable {
    enum Event {
        case scalar(String, isPlain: Bool)
        case sequenceStart, mappingStart, collectionEnd
        /// A reference to a node with an anchor.
        case alias
        case documentStart, streamEnd
    }

    /// One event with its place and what stands before the node.
    struct Item {
        var event: Event
        var place: TextPlace
        /// Does the node carry an anchor (`&name`)?
        var hasAnchor = false
        /// Does the node carry a tag (`!name`)?
        var hasTag = false
    }

    /// Why libyaml cannot go on.
    struct Fault: Error {
        var message: String
        var place: TextPlace
    }

    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let bytes: UnsafeBufferPointer<UInt8>

    init(_ bytes: UnsafeBufferPointer<UInt8>) throws(Fault) {
        parser = .allocate(capacity: 1)
        self.bytes = bytes
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            throw Fault(message: "no memory to read the file", place: .start)
        }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    /// The next event that carries content; after `streamEnd` it must not be called again.
    mutating func next() throws(Fault) -> Item {
        while true {
            var event = yaml_event_t()
            guard yaml_parser_parse(parser, &event) == 1 else { throw fault() }
            defer { yaml_event_delete(&event) }
            let place = TextPlace(line: event.start_mark.line + 1, column: event.start_mark.column + 1)
            switch event.type {
            case YAML_SCALAR_EVENT:
                let scalar = event.data.scalar
                let text = String(
                    decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
                return Item(
                    event: .scalar(text, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE), place: place,
                    hasAnchor: scalar.anchor != nil, hasTag: scalar.tag != nil)
            case YAML_SEQUENCE_START_EVENT:
                let start = event.data.sequence_start
                return Item(
                    event: .sequenceStart, place: place, hasAnchor: start.anchor != nil, hasTag: start.tag != nil)
            case YAML_MAPPING_START_EVENT:
                let start = event.data.mapping_start
                return Item(
                    event: .mappingStart, place: place, hasAnchor: start.anchor != nil, hasTag: start.tag != nil)
            case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return Item(event: .collectionEnd, place: place)
            case YAML_ALIAS_EVENT: return Item(event: .alias, place: place)
            case YAML_DOCUMENT_START_EVENT: return Item(event: .documentStart, place: place)
            case YAML_STREAM_END_EVENT: return Item(event: .streamEnd, place: place)
            default: continue
            }
        }
    }

    private func fault() -> Fault {
        let text = parser.pointee.problem.map { String(cString: $0) } ?? "unreadable"
        if parser.pointee.error == YAML_READER_ERROR {
            return Fault(message: text, place: place(ofByte: parser.pointee.problem_offset))
        }
        // Of an open quote the end of the file tells nothing, its beginning all.
        let isOpen = text == "found unexpected end of stream" && parser.pointee.context != nil
        let mark = isOpen ? parser.pointee.context_mark : parser.pointee.problem_mark
        return Fault(message: text, place: TextPlace(line: mark.line + 1, column: mark.column + 1))
    }

    /// libyaml tells bytes, not lines, where the bytes are no text.
    private func place(ofByte offset: Int) -> TextPlace {
        var place = TextPlace.start
        for byte in bytes.prefix(offset) {
            if byte == UInt8(ascii: "\n") {
                place.line += 1
                place.column = 1
            } else if byte & 0xC0 != 0x80 {
                place.column += 1
            }
        }
        return place
    }
}
