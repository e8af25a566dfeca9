@testable import TailracePipeline

/// The rules of the families over plain dictionaries. What expires is taken out at once.
struct NaiveFamilies {
    struct Entry {
        var family: UInt32
        var epoch: UInt16
        var level: UInt8 = 0
        var senders: Set<UInt64> = []
    }

    /// A dictionary in which at most four keys share a home; of five, the one that is first by (epoch, key) goes.
    struct Table {
        var homes: Int
        var evictions = 0
        var entries: [UInt64: Entry] = [:]
        var keys: [Int: [UInt64]] = [:]

        func home(_ key: UInt64) -> Int { Int(key.multipliedFullWidth(by: UInt64(homes)).high) }

        mutating func insert(_ key: UInt64, _ entry: Entry) {
            entries[key] = entry
            var mine = keys[home(key), default: []]
            if !mine.contains(key) { mine.append(key) }
            if mine.count > 4 {
                mine.sort { (entries[$0]!.epoch, $0) < (entries[$1]!.epoch, $1) }
                entries[mine.removeFirst()] = nil
                evictions += 1
            }
            keys[home(key)] = mine
        }

        mutating func expire(before floor: Int) {
            entries = entries.filter { $0.value.epoch >= floor }
            keys = keys.mapValues { $0.filter { entries[$0] != nil } }
        }
    }

    var exact: Table
    var windows: Table
    /// By leader: windows that it shares with earlier families, and when it was met last.
    var kin: [UInt32: (epoch: UInt16, parts: [(family: UInt32, windows: Int)])] = [:]
    let horizon: Int
    var clock: UInt16 = 0

    init(like index: FamilyIndex, horizon: Int = FamilyIndex.usualHorizonDays) {
        self.horizon = horizon
        exact = Table(homes: index.exact.fullBuckets)
        windows = Table(homes: index.windows.fullBuckets)
    }

    mutating func place(
        _ print: Fingerprint, _ hashes: [UInt64], sender: UInt64, epoch: UInt16, newFamily: UInt32
    ) -> Placement {
        guard !print.exact.isNone else { return Placement(relation: .short, family: newFamily, own: newFamily) }
        if epoch > clock {
            clock = epoch
            exact.expire(before: Int(clock) - horizon)
            windows.expire(before: Int(clock) - horizon)
        }
        let epoch = clock
        let exactKey = Slot.key(print.exact.low)
        let keys = hashes.map { Slot.key($0) }
        if let entry = exact.entries[exactKey] {
            if entry.epoch < epoch {
                exact.entries[exactKey]?.epoch = epoch
                for key in keys { meet(key, epoch, sender: 0) }
                if isKnown(entry.family) { kin[entry.family]?.epoch = epoch }
            }
            return Placement(relation: .exact, family: entry.family, own: entry.family)
        }
        let (placement, part, level) = weigh(print, hashes, newFamily)
        if print.letters >= 64 || print.quotedHashes > 0 {
            let isLeader = placement.relation != .near && placement.relation != .short
            let own = Array(hashes[part])
            if isLeader { kin[newFamily] = (epoch, shared(own.filter { $0 >> (64 - UInt64(level)) == 0 })) }
            let known = keys.map { windows.entries[$0] != nil }
            for (at, key) in keys.enumerated() { meet(key, epoch, sender: isLeader && part.contains(at) ? sender : 0) }
            if isLeader {
                for at in part where !known[at] && hashes[at] >> (64 - UInt64(level)) == 0 {
                    let senders: Set<UInt64> = sender == 0 ? [] : [SenderSet.bit(sender)]
                    windows.insert(keys[at], Entry(family: newFamily, epoch: epoch, level: level, senders: senders))
                }
            }
        }
        if placement.relation == .near || placement.relation == .partial, isKnown(placement.family) {
            kin[placement.family]?.epoch = epoch
        }
        exact.insert(exactKey, Entry(family: placement.own, epoch: epoch))
        return placement
    }

    private func isKnown(_ family: UInt32) -> Bool { Int(kin[family]?.epoch ?? 0) >= max(0, Int(clock) - horizon) }

    private mutating func meet(_ key: UInt64, _ epoch: UInt16, sender: UInt64) {
        guard var entry = windows.entries[key] else { return }
        entry.epoch = max(entry.epoch, epoch)
        if sender != 0 { entry.senders.insert(SenderSet.bit(sender)) }
        windows.entries[key] = entry
    }

    private func telling(_ hashes: [UInt64]) -> [UInt64] {
        hashes.filter { (windows.entries[Slot.key($0)]?.senders.count ?? 0) < SenderSet.boilerplateBits }
    }

    private func owners(_ hashes: [UInt64]) -> [UInt32: Int] {
        var owners: [UInt32: Int] = [:]
        for hash in hashes {
            if let entry = windows.entries[Slot.key(hash)] { owners[entry.family, default: 0] += 1 }
        }
        return owners
    }

    /// The four families with most windows in common, three or more.
    private func shared(_ hashes: [UInt64]) -> [(family: UInt32, windows: Int)] {
        let found = owners(telling(hashes)).filter { $0.value >= 3 }.map { (family: $0.key, windows: $0.value) }
        return Array(found.sorted { ($0.windows, -Int($0.family)) > ($1.windows, -Int($1.family)) }.prefix(4))
    }

    private func score(_ family: UInt32, _ owners: [UInt32: Int]) -> Int {
        (isKnown(family) ? kin[family]?.parts ?? [] : []).reduce(owners[family, default: 0]) {
            $0 + min($1.windows, owners[$1.family, default: 0])
        }
    }

    /// What becomes of a content, and which of its hashes are its own, at which level.
    private func weigh(
        _ print: Fingerprint, _ hashes: [UInt64], _ newFamily: UInt32
    ) -> (Placement, Range<Int>, UInt8) {
        let own = 0..<hashes.count - Int(print.quotedHashes)
        func judge(_ part: Range<Int>, _ level: UInt8, letters: UInt32 = 64, with family: UInt32? = nil) -> Placement {
            letters < 64
                ? Placement(relation: .short, family: newFamily, own: newFamily)
                : compare(level, hashes[part].filter { $0 >> (64 - UInt64(level)) == 0 }, family, newFamily)
        }
        if print.quotedHashes == 0 { return (judge(own, print.level, letters: print.letters), own, print.level) }
        let all = 0..<hashes.count
        let quote = judge(own.upperBound..<hashes.count, print.quotedLevel)
        if quote.relation == .novel {
            let letters = print.letters + print.quotedLetters
            let level = max(
                print.level, print.quotedLevel, letters < 768 ? 3 : letters < 2048 ? 4 : letters < 8192 ? 5 : 6)
            return (judge(all, level, letters: letters), all, level)
        }
        var placement = judge(own, print.level, letters: print.letters)
        // The share of the whole text that is in the family that is quoted.
        let (quoted, written) = (Double(print.quotedLetters), Double(print.letters))
        let link = judge(all, max(print.level, print.quotedLevel), with: quote.family)
        if link.relation != .novel, link.family != placement.family,
            quote.containment * quoted > placement.containment * written
        {
            placement = Placement(
                relation: .partial, family: link.family, own: newFamily, hits: link.hits, compared: link.compared)
            placement.isByQuote = true
        }
        placement.isQuoteKnown = true
        return (placement, print.letters < 64 ? 0..<0 : own, print.level)
    }

    private func compare(_ level: UInt8, _ hashes: [UInt64], _ family: UInt32?, _ newFamily: UInt32) -> Placement {
        // What is boilerplate by its coarser windows is not evidence by its finer ones.
        var (level, hashes) = (level, hashes)
        while level < 6 {
            let coarse = hashes.filter { $0 >> (63 - UInt64(level)) == 0 }
            let fine = hashes.filter { $0 >> (63 - UInt64(level)) != 0 }
            let known = (coarse.count - self.telling(coarse).count, fine.count - self.telling(fine).count)
            guard known.0 > 0, known.0 * 2 >= coarse.count, known.1 * coarse.count * 2 < known.0 * fine.count else {
                break
            }
            (level, hashes) = (level + 1, coarse)
        }
        let telling = telling(hashes)
        let owners = owners(telling)
        var placement = Placement(
            relation: .novel, family: newFamily, own: newFamily, hits: 0, compared: UInt32(telling.count))
        let best =
            family.map { owners[$0] == nil ? nil : $0 }
            ?? owners.filter { $0.value >= 3 }.keys
            .max { (score($0, owners), -Int($0)) < (score($1, owners), -Int($1)) }
        guard let best, let leader = windows.entries.values.first(where: { $0.family == best }) else {
            return placement
        }
        let shared = UInt64(max(level, leader.level))
        // A phrase in common with a family that has nothing else in common is neither for nor against.
        let compared = telling.filter { hash in
            let owner = windows.entries[Slot.key(hash)]?.family
            return hash >> (64 - shared) == 0 && (owner.map { owners[$0, default: 0] >= 3 } ?? true)
        }
        placement.compared = UInt32(compared.count)
        let hits = min(compared.count, score(best, self.owners(compared)))
        let share = Double(hits) / Double(max(1, compared.count))
        guard hits >= 3, share >= 0.2 else { return placement }
        return Placement(
            relation: share >= 0.7 ? .near : .partial, family: best, own: share >= 0.7 ? best : newFamily,
            hits: UInt32(hits), compared: UInt32(compared.count))
    }
}

/// A stream of contents with copies, as an index sees it.
struct FamilyStream {
    struct Content {
        var print: Fingerprint
        var hashes: [UInt64]
        var sender: UInt64
        var epoch: UInt16

        init(_ text: String, sender: UInt64, epoch: UInt16) {
            var contents = ContentReader()
            self.init(text, sender: sender, epoch: epoch, by: &contents)
        }

        init(_ text: String, sender: UInt64, epoch: UInt16, by contents: inout ContentReader) {
            var hashes: [UInt64] = []
            print = contents.read(Array(text.utf8).span, of: .email, into: &hashes)
            (self.hashes, self.sender, self.epoch) = (hashes, sender, epoch)
        }

        init(print: Fingerprint, hashes: [UInt64], sender: UInt64, epoch: UInt16) {
            (self.print, self.hashes, self.sender, self.epoch) = (print, hashes, sender, epoch)
        }
    }

    var texts: FamilyTexts
    private var contents = ContentReader()
    private var written: [String] = []
    private var count = 0
    private let disclaimer: String
    private let contentsPerDay: Int

    init(seed: UInt64, contentsPerDay: Int = 40) {
        self.contentsPerDay = contentsPerDay
        texts = FamilyTexts(seed: seed)
        disclaimer = texts.text(words: 40)
    }

    mutating func next() -> Content {
        count += 1
        var text: String
        if texts.random.next() % 3 == 0 || written.isEmpty {
            let words = [0, 5, 12, 60, 60, 120, 400][Int(texts.random.next() % 7)]
            text = texts.text(words: count % 50 == 0 ? 2500 : words)
        } else {
            text = written.suffix(200).randomElement(using: &texts.random) ?? ""
            if texts.random.next() % 3 != 0 { text = texts.edited(text) }
        }
        if texts.random.next() % 4 == 0 { text += disclaimer }
        if text.utf8.count < 40_000 { written.append(text) }
        // An answer: to something that was written here, or to what nobody has seen.
        if texts.random.next() % 5 == 0 {
            let known = texts.random.next() % 2 == 0 ? written.randomElement(using: &texts.random) : nil
            let quoted = known ?? texts.text(words: 80)
            let lines = quoted.split(separator: "\n").map { "> " + $0 }.joined(separator: "\n")
            text += "\n\nOn 3 May 2024 at 10:12 Jo wrote:\n\(lines)\n"
        }
        // Days go on; now and then an event is late, and some by months.
        let day = count / contentsPerDay
        let epoch = texts.random.next() % 10 == 0 ? max(0, day - (count % 8 == 0 ? 90 : 3)) : day
        let sender = texts.random.next() % 30
        return Content(text, sender: sender, epoch: UInt16(epoch), by: &contents)
    }
}

extension FamilyIndex {
    /// Entries that are held and have not expired.
    var live: Int {
        [exact, windows].reduce(0) { sum, table in
            sum + table.slots.filter { !$0.isEmpty && $0.epoch >= table.floor }.count
        }
    }

    mutating func place(_ content: FamilyStream.Content, newFamily: UInt32) -> Placement {
        content.hashes.withUnsafeBufferPointer {
            place(content.print, hashes: $0, sender: content.sender, epoch: content.epoch, newFamily: newFamily)
        }
    }
}
