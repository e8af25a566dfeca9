/// The places of a JSON record that somebody wants: what is not in it is passed over.
///
/// An object on the way is a node, a key in it an edge; an edge leads to a slot, to the next node, to elements of an
/// array, or to several of these. All of it lies in flat arrays of plain values, so that a record is read without a
/// count of references.
struct PathTree: Sendable {
    /// What a key, or an element of an array, leads to; -1 = nothing.
    struct Edge: Sendable {
        var slot: Int16 = -1
        /// Takes the number of elements.
        var countSlot: Int16 = -1
        var node: Int16 = -1
        /// The wanted elements: a range of `elements`.
        var firstElement: Int16 = 0
        var elementCount: Int16 = 0
        /// The slots that lie further down: a range of `inner`.
        var firstInner: Int16 = 0
        var innerCount: Int16 = 0
    }

    struct Element: Sendable {
        enum Kind: Sendable {
            case index(Int)
            case any
            /// Key and value, places in `words`.
            case match(key: Int, value: Int)
        }
        var kind: Kind
        var edge: Edge
    }

    static let root: Int16 = 0

    private(set) var keys = KeyTable(names: [])
    private(set) var edges: [Edge] = []
    private(set) var elements: [Element] = []
    private(set) var words: [[UInt8]] = []
    private(set) var inner: [Int16] = []

    private typealias Way = (steps: ArraySlice<FieldPath.Step>, slot: Int16, isCount: Bool)

    /// - Parameter paths: with the slot of each. Of two equal ones the first is filled.
    init(_ paths: [(path: FieldPath, slot: Int)]) {
        var names: [KeyTable.Name] = []
        var nodeCount: Int16 = 0
        _ = node(paths.map { ($0.path.steps[...], Int16($0.slot), $0.path.isCount) }, &names, &nodeCount)
        keys = KeyTable(names: names)
    }

    private mutating func node(_ ways: [Way], _ names: inout [KeyTable.Name], _ count: inout Int16) -> Int16 {
        let number = count
        count += 1
        for (step, rest) in PathTree.grouped(ways) {
            guard case .key(let key) = step else { continue }
            let edge = edge(rest, &names, &count)
            names.append((number, key, Int16(edges.count)))
            edges.append(edge)
        }
        return number
    }

    private mutating func edge(_ ways: [Way], _ names: inout [KeyTable.Name], _ count: inout Int16) -> Edge {
        var edge = Edge()
        for way in ways where way.steps.isEmpty {
            if way.isCount {
                if edge.countSlot < 0 { edge.countSlot = way.slot }
            } else if edge.slot < 0 {
                edge.slot = way.slot
            }
        }
        let below = ways.filter { !$0.steps.isEmpty }.map(\.slot)
        (edge.firstInner, edge.innerCount) = (Int16(self.inner.count), Int16(below.count))
        self.inner += below
        var isObject = false
        var parts: [Element] = []
        for (step, rest) in PathTree.grouped(ways) {
            switch step {
            case .key: isObject = true
            case .index(let index): parts.append(Element(kind: .index(index), edge: self.edge(rest, &names, &count)))
            // Elements that are events of their own are read one by one, through a tree of their own.
            case .each: break
            case .any: parts.append(Element(kind: .any, edge: self.edge(rest, &names, &count)))
            case .element(let key, let value):
                words += [Array(key.utf8), Array(value.utf8)]
                let kind = Element.Kind.match(key: words.count - 2, value: words.count - 1)
                parts.append(Element(kind: kind, edge: self.edge(rest, &names, &count)))
            }
        }
        if isObject { edge.node = node(ways, &names, &count) }
        (edge.firstElement, edge.elementCount) = (Int16(elements.count), Int16(parts.count))
        elements += parts
        return edge
    }

    /// By their first step, in the order of appearance, without it.
    private static func grouped(_ ways: [Way]) -> [(step: FieldPath.Step, ways: [Way])] {
        var groups: [(step: FieldPath.Step, ways: [Way])] = []
        for way in ways {
            guard let step = way.steps.first else { continue }
            let rest: Way = (way.steps.dropFirst(), way.slot, way.isCount)
            if let at = groups.firstIndex(where: { $0.step == step }) {
                groups[at].ways.append(rest)
            } else {
                groups.append((step, [rest]))
            }
        }
        return groups
    }
}
