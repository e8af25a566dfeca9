/// How a record stood when it was seen last, in a log that shows states and not changes. 32 bytes.
struct RecordState: TableEntry, Equatable {
    let key: Hash128
    /// Event time, milliseconds.
    var seenAt: Int64 = 0
    /// How often it had been sent back; -1 = the log does not count that.
    var returns: Int32 = -1
    var stage: UInt16 = 0
    /// What brings a record into this state.
    var action = Action.schedule
    var isDirty = false

    init(key: Hash128) { self.key = key }

    /// Is the record done with, one way or the other?
    var isEnded: Bool { action == .complete || action == .withdraw }
    var isClosed: Bool { isEnded }
    var lastUse: Int64 { seenAt / 1000 }

    func write(to writer: inout ByteWriter) {
        writer.write(key)
        writer.write(seenAt)
        writer.write(returns)
        writer.write(stage)
        writer.write(action.rawValue)
    }

    init(from reader: inout ByteReader) throws(StateDamage) {
        key = try reader.readHash()
        seenAt = try reader.read()
        returns = try reader.read()
        stage = try reader.read()
        guard let action = Action(rawValue: try reader.read()) else {
            throw StateDamage("a record is in an unknown state")
        }
        self.action = action
    }
}

extension RecordState {
    /// What happened between two looks at a record.
    enum Change: Equatable {
        /// It entered the queue of its stage, for the first time or from another stage.
        case entered
        /// It left the stage in which it was, for another one.
        case handedOver
        /// It was sent back, or opened again.
        case returned
        /// It came into the state in which it is.
        case reached
    }

    /// What happened since `earlier`, in the order in which it must have happened; nil: the record is new.
    ///
    /// - A new record entered its queue, and is then in its state.
    /// - A risen counter is a return, and so is an ended record that is open again. A record that ended, was sent back
    ///   and has ended again between two looks gives both.
    /// - An open record in another stage was handed over: done in the one, entered the other. In the state that it had
    ///   before it only waits there: nothing says that work on it has begun.
    /// - Another state is reached, but for one end that follows another.
    func changes(since earlier: RecordState?, _ body: (Change) -> Void) {
        guard let earlier else {
            body(.entered)
            if action != .schedule { body(.reached) }
            return
        }
        let hasRisen = earlier.returns >= 0 && returns > earlier.returns
        if earlier.isEnded {
            guard hasRisen || !isEnded else { return }
            body(.returned)
        } else {
            if stage != earlier.stage {
                body(.handedOver)
                body(.entered)
            }
            if hasRisen { body(.returned) }
            guard action != earlier.action else { return }
        }
        if action != .schedule { body(.reached) }
    }
}

/// Logs whose records tell how things stand: what changed since the last look becomes queue events.
extension Pipeline {
    mutating func applyState(
        _ event: Event, _ batch: ScannedBatch, hour: Window, stage: Int, origin: Origin, actor: UInt64, isLate: Bool
    ) {
        let earlier = records[event.item]
        // A look that is older than the last one tells nothing: what it shows has changed since, in a known way.
        if let earlier, event.time.milliseconds < earlier.seenAt { return }
        var state = RecordState(key: event.item)
        state.seenAt = event.time.milliseconds
        state.returns = max(event.returns, earlier?.returns ?? -1)
        state.stage = UInt16(stage)
        state.action = event.action
        var step = event
        state.changes(since: earlier) { change in
            (step.action, step.time) = (event.action, event.time)
            var place = stage
            switch change {
            case .entered:
                step.action = .schedule
                if earlier == nil, event.since != .earliest { step.time = min(event.since, event.time) }
            case .handedOver:
                step.action = .complete
                place = Int(earlier?.stage ?? 0)
            case .returned: step.action = .return
            case .reached: break
            }
            applyQueue(step, batch, hour: hour, stage: place, origin: origin, actor: actor, isLate: isLate)
        }
        if state != earlier { records.put(state) }
    }
}
