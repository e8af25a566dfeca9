internal import CScan

extension SlotTable {
    /// The place of a key; nil where it is not held. A place is good until the next `insert` or `reserve`.
    func find(_ key: UInt64) -> Int? {
        let place = slots.withUnsafeBufferPointer { find(key, from: start(key), in: $0) }
        return place < 0 ? nil : place
    }

    @inline(__always)
    private func find(_ key: UInt64, from start: Int, in slots: UnsafeBufferPointer<Slot>) -> Int {
        var start = start
        while true {
            for place in start..<start &+ SlotTable.slotsPerBucket {
                if slots[place].key == key { return slots[place].epoch < floor ? -1 : place }
                if slots[place].isEmpty { return -1 }
            }
            if buckets == fullBuckets { return -1 }
            start = behind(start)
        }
    }

    /// Appends the place of each hash's key to `places`, -1 where it is not held.
    func find(_ hashes: UnsafeBufferPointer<UInt64>, into places: inout [Int]) {
        let first = places.count
        slots.withUnsafeBufferPointer { slots in
            guard let base = slots.baseAddress else { return }
            // All buckets are asked for before the first is looked at, so that the cache misses overlap.
            for hash in hashes {
                let start = start(Slot.key(hash))
                cscan_prefetch(base + start)
                places.append(start)
            }
            places.withUnsafeMutableBufferPointer { places in
                for at in hashes.indices {
                    places[first &+ at] = find(Slot.key(hashes[at]), from: places[first &+ at], in: slots)
                }
            }
        }
    }

    /// Asks for the cache lines of hashes that are looked up soon.
    func prefetch(_ hashes: UnsafeBufferPointer<UInt64>) {
        slots.withUnsafeBufferPointer { slots in
            guard let base = slots.baseAddress else { return }
            for hash in hashes { cscan_prefetch(base + start(Slot.key(hash))) }
        }
    }

    /// Asks for the cache line of a key.
    func prefetch(_ key: UInt64) {
        slots.withUnsafeBufferPointer { slots in
            if let base = slots.baseAddress { cscan_prefetch(base + start(key)) }
        }
    }
}
