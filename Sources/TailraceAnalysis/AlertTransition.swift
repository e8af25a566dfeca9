/// How urgent an alert is.
public enum AlertSeverity: String, Sendable, Comparable {
    case ticket, page

    public static func < (a: AlertSeverity, b: AlertSeverity) -> Bool { a == .ticket && b == .page }
}

/// A change in the life of one alert of one rule on one stage, with what proves it.
///
/// At most one happens an hour. `pending` opens an alert, `lapsed` drops it again unseen; `firing` follows on
/// `pending` or opens one; `escalated` turns a firing ticket into a page, in the same alert.
public enum AlertTransition<Evidence: Sendable & Equatable>: Sendable, Equatable {
    /// The condition holds, its hold duration has not yet passed.
    case pending(Evidence)
    /// A pending alert's condition went away before it fired.
    case lapsed
    /// The alert fires.
    case firing(Evidence)
    /// A firing ticket became a page.
    case escalated(Evidence)
    /// A second episode began inside a firing alert: the old alert ends here and a new one fires at the same moment.
    case renewed(Evidence)
    /// The alert is over.
    case resolved(Evidence)

    /// What proves the change; nil for `lapsed`.
    public var evidence: Evidence? {
        switch self {
        case .pending(let evidence), .firing(let evidence), .escalated(let evidence), .renewed(let evidence),
            .resolved(let evidence):
            evidence
        case .lapsed: nil
        }
    }
}
