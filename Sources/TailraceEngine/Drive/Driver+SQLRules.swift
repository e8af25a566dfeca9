internal import Dispatch
internal import TailraceConfig
internal import TailracePipeline
internal import TailraceStore

/// Asking the rules of the user's own as windows close.
///
/// A rule sees the store as it is when the watermark passes the end of its window: everything up to there is
/// committed first, so that a reader of its own sees what any reader would. That moment is a place in the input and
/// not on a clock, and closing goes hour by hour: threads, chunks and checkpoints leave no trace. A kill between the
/// commit and the answer leaves a note of where closing was going (`SQLRules.target`), and the next start ends that
/// before it applies another event.
extension Driver {
    /// Closes the windows that nothing can reach any more, and asks the rules that are due.
    ///
    /// - Parameters:
    ///   - watermark: milliseconds of event time.
    ///   - onFault: as of `checkpoint`.
    func advance(to watermark: Int64, onFault: (StoreFault) -> Bool) throws {
        guard watermark >= pipeline.nextClose else { return }
        guard !sqlRules.isEmpty else {
            closeWindows(to: watermark)
            return
        }
        sqlRules.begin(closingTo: watermark)
        while watermark >= pipeline.nextClose {
            let (before, next) = (pipeline.closedThrough, pipeline.nextClose)
            closeWindows(to: next)
            if let through = pipeline.closedThrough, through != before {
                try ask(at: through, onFault)
            } else if pipeline.nextClose == next {
                break
            }
        }
        sqlRules.endClosing()
    }

    /// Closes everything: nothing more will come.
    func finish(onFault: (StoreFault) -> Bool) throws {
        if !sqlRules.isEmpty, let end = withPipeline({ $0.takeLast() }) { try advance(to: end, onFault: onFault) }
        closeAll()
    }

    /// Goes on where a kill fell between a commit and an answer.
    func resumeRules() throws {
        sqlRules.restore(try store.settings()[SQLRules.setting], closedThrough: pipeline.closedThrough)
        book?.declare(sqlRules.rules.map(\.name))
        guard !sqlRules.isEmpty else { return }
        if let through = pipeline.closedThrough, through > sqlRules.askedThrough ?? through {
            try ask(at: through) { _ in false }
        }
        if let target = sqlRules.target { try advance(to: target) { _ in false } }
    }

    private func ask(at end: Int64, _ onFault: (StoreFault) -> Bool) throws {
        let due = sqlRules.due(at: end, WindowCalendar(zone: configuration.zone))
        if !due.isEmpty {
            try checkpoint(onFault: onFault)
            try finishWriting(onFault: onFault)
        }
        for (rule, window) in due {
            let begun = DispatchTime.now().uptimeNanoseconds
            let failure = answer(rule, window)
            let spent = Int64(clamping: (DispatchTime.now().uptimeNanoseconds - begun) / 1_000_000)
            sqlRules.note(rule.name, milliseconds: spent, failure: failure, at: end)
        }
        sqlRules.noteAsked(through: end)
    }

    /// - Returns: why there is no answer; the rule's alerts stay as they are then.
    private func answer(_ rule: Configuration.SQLRule, _ window: Window) -> String? {
        do {
            let reader = try ruleReader ?? RuleReader(path: store.path)
            ruleReader = reader
            let table = try reader.answer(
                rule.sql, start: window.start, now: window.end, timeLimit: rule.timeLimit)
            guard let alerts = SQLAlert.all(in: table, of: rule) else { return "a value is no number" }
            book?.take(alerts, of: rule, at: window.end) { configuration.stages[$0]?.owner }
            return nil
        } catch let fault as RuleFault {
            return fault.message
        } catch {
            return "\(error)"
        }
    }
}
