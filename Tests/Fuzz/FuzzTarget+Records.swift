import TailraceConfig
import TailracePipeline

private let linePlan = RecordPlan(
    kind: .json,
    bindings: RecordPlan.Field.allCases.map { field in
        // A field with all that a binding can say, one with two names, and the rest plain.
        switch field {
        case .stage:
            RecordPlan.Binding(
                field: field, names: ["stage"], map: ["Legal Desk": "legal"], fallback: "desk", absent: ["?", "n/a"])
        case .team: RecordPlan.Binding(field: field, names: ["team", "group"])
        default: RecordPlan.Binding(field: field, names: [field.name])
        }
    },
    timeFormats: ["%d/%b/%Y:%H:%M:%S %z", "%d.%m.%y %I:%M %p"], zone: ZoneTable(named: "Europe/Berlin"))

private let rowPlans: [RecordPlan] = {
    guard let shipped = FormatDefinition.shipped.first(where: { $0.name == "event-log" }) else { return [] }
    var joined = shipped.plan
    joined.itemFrom = [.workCase, .stage]
    joined.kind = .csv(separator: UInt8(ascii: ";"))
    return [shipped.plan, joined]
}()

private let mailPlan = FormatDefinition.shipped.first { $0.name == "mbox" }?.plan

/// Records longer than this span of time are not applied: each hour between has its rows, and that is no fault.
private let spanLimitMilliseconds: Int64 = 20 * 86_400_000

extension FuzzTarget {
    func scanLines(_ bytes: UnsafeBufferPointer<UInt8>) {
        check(bytes, linePlan)
        apply(bytes, linePlan)
    }

    func scanRows(_ bytes: UnsafeBufferPointer<UInt8>) {
        for plan in some(rowPlans, of: bytes) { check(bytes, plan) }
        if let plan = rowPlans.first { apply(bytes, plan) }
    }

    func scanMail(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let mailPlan else { return }
        check(bytes, mailPlan)
        apply(bytes, mailPlan)
    }

    /// A format, a line end, and a time in it; and the same as a JSON time without a zone.
    func readTime(_ bytes: UnsafeBufferPointer<UInt8>) {
        let end = bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        let format = String(decoding: bytes[..<end], as: UTF8.self)
        let text = bytes[min(end + 1, bytes.count)...].filter { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        var quoted: [UInt8] = []
        for byte in text {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { quoted.append(UInt8(ascii: "\\")) }
            quoted.append(byte < 0x20 ? UInt8(ascii: " ") : byte)
        }
        for (value, zone) in [
            ("\"", ZoneTable(named: "America/Havana")), ("\"", nil), ("", ZoneTable.utc),
        ] as [(String, ZoneTable?)] {
            let line =
                Array(#"{"stream":"email","action":"send","item":"a","time":"#.utf8) + Array(value.utf8) + quoted
                + Array(value.utf8) + Array("}\n".utf8)
            var plan = linePlan
            plan.timeFormats = [format]
            plan.zone = zone
            var scanner = RecordScanner(plan: plan, settings: ScanSettings())
            var batch = ScannedBatch()
            _ = scanner.scan(line.span, position: 0, isFinal: true, into: &batch)
            require(batch.records.count <= 1 || text.contains(0), "one line is \(batch.records.count) records")
            for record in batch.records where record.rejection == nil {
                require(record.event.time >= .earliest && record.event.time <= .latest, "a time that may not be")
            }
        }
    }

    /// Nothing is lost or told twice, and the pieces leave no trace.
    private func check(_ bytes: UnsafeBufferPointer<UInt8>, _ plan: RecordPlan) {
        for limit in some([4 << 20, 48], of: bytes) {
            let whole = scan(bytes, plan, limit: limit, size: max(1, bytes.count))
            for size in some([bytes.count < 300 ? 1 : 19, 37, 100], of: bytes) where size < bytes.count {
                let pieces = scan(bytes, plan, limit: limit, size: size)
                require(pieces == whole, "pieces of \(size), limit \(limit):\n\(pieces)\n\(whole)")
            }
        }
    }

    /// All ways to look at an input; while there are many inputs, one for each.
    private func some<Way>(_ ways: [Way], of bytes: UnsafeBufferPointer<UInt8>) -> [Way] {
        #if FUZZING
            [ways[Int(bytes.reduce(0) { $0 &+ $1 }) % ways.count]]
        #else
            ways
        #endif
    }

    private func scan(_ bytes: UnsafeBufferPointer<UInt8>, _ plan: RecordPlan, limit: Int, size: Int) -> [String] {
        var scanner = RecordScanner(plan: plan, settings: ScanSettings(recordLimitBytes: limit))
        var (start, end) = (0, 0)
        var told: [String] = []
        var last: Int64 = 0
        repeat {
            end = min(bytes.count, end + size)
            var batch = ScannedBatch()
            let isFinal = end == bytes.count
            let piece = UnsafeBufferPointer(rebasing: bytes[start..<end])
            let used = scanner.scan(piece.span, position: Int64(start), isFinal: isFinal, into: &batch)
            require(used <= piece.count && (!isFinal || used == piece.count), "\(used) of \(piece.count) bytes used")
            start += used
            for record in batch.records {
                // Of several events of one record the first has its bytes, the others a place inside of it.
                require(record.length == 0 || record.position >= last, "records overlap")
                if record.length > 0 { last = record.position + record.length }
                require(record.position < last, "an event outside of its record")
                require(last <= bytes.count, "a record ends behind the bytes")
                told.append(describe(record, in: batch))
            }
        } while end < bytes.count
        return told
    }

    private func describe(_ record: ScannedRecord, in batch: ScannedBatch) -> String {
        let event = record.event
        let place = "\(record.position)+\(record.length)"
        guard record.rejection == nil else {
            return "\(place) \(String(describing: record.rejection)) \(Array(batch.bytes(record.sample)))"
        }
        let texts = [
            event.itemName, event.stage, event.team, event.actor, event.title, event.category, event.result,
            event.reason, event.currency,
        ].map { range in
            let text = Array(batch.bytes(range))
            require(String(validating: text, as: UTF8.self) != nil, "a text that is no UTF-8")
            return text
        }
        let numbers = [event.bytes, Int64(event.recipients), event.effort, event.amount, event.limit]
        let hashes = event.fingerprint.map {
            "\($0.exact) \(batch.hashes[Int($0.firstHash)..<Int($0.firstHash + $0.hashCount)])"
        }
        return """
            \(place) \(event.time.milliseconds) \(event.stream) \(event.action) \(event.origin) \(event.actorKind) \
            \(event.item) \(event.workCase) \(event.refersTo) \(event.recipient) \(texts) \(numbers) \(hashes ?? "")
            """
    }

    /// The events of one reading go through the pipeline, and all windows close.
    private func apply(_ bytes: UnsafeBufferPointer<UInt8>, _ plan: RecordPlan) {
        var scanner = RecordScanner(plan: plan, settings: ScanSettings())
        var batch = ScannedBatch()
        _ = scanner.scan(bytes.span, position: 0, isFinal: true, into: &batch)
        let events = batch.records.filter { $0.rejection == nil }.map(\.event)
        guard let first = events.map(\.time.milliseconds).min(), let last = events.map(\.time.milliseconds).max(),
            last - first < spanLimitMilliseconds
        else { return }
        var settings = PipelineSettings()
        (settings.fingerprintBytes, settings.itemBytes) = (64 << 10, 64 << 10)
        settings.minimumGroup = 1
        var pipeline = Pipeline(settings: settings)
        for event in events {
            pipeline.prefetch(event, from: batch)
            pipeline.apply(event, from: batch)
            pipeline.advance(to: event.time.milliseconds - settings.allowedLateness) { _ in [:] }
        }
        _ = pipeline.drain()
        pipeline.finish { _ in [:] }
        _ = pipeline.drain()
    }
}
