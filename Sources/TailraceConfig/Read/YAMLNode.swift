/// A value of a YAML file with the place where it stands.
struct YAMLNode: Sendable {
    enum Content: Sendable {
        /// `isPlain`: written without quotes, so that an empty text or `null` means "nothing".
        case scalar(String, isPlain: Bool)
        case sequence([YAMLNode])
        /// In the order of the file; the keys differ from each other.
        case mapping([Entry])
    }

    struct Entry: Sendable {
        var key: String
        var keyPlace: TextPlace
        var value: YAMLNode
    }

    var content: Content
    var place: TextPlace

    /// Is nothing written where a value could stand?
    var isNull: Bool {
        if case .scalar(let text, isPlain: true) = content { return ["", "~", "null", "Null", "NULL"].contains(text) }
        return false
    }

    /// The kind of value, for messages.
    var kindName: String {
        switch content {
        case .scalar: isNull ? "nothing" : "a single value"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }
}
