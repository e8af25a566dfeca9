/// What scanning needs to know beside the format.
public struct ScanSettings: Sendable {
    /// Longer records are one rejection each; their neighbours are read.
    public var recordLimitBytes: Int
    /// Key of the recipients' hashes; the plain address never leaves the scanner.
    public var recipientKey: SipKey
    /// Are titles kept? Where not, families and items have none.
    public var keepsTitles: Bool

    /// The zone of lines whose writers use the local time and say none (syslog, text); a format's own goes before it.
    public var localZone: ZoneTable?
    /// Who and what is known to be automated, where a record does not say.
    public var originRules = OriginRules()
    /// No event of the source is much later than this: it tells the year of times that have none.
    public var latest = EventTime.earliest

    /// Items whose contents are handed out as they are (`ScannedBatch.contents`); nil in every other use.
    public var wantedContents: Set<Hash128>?

    public init(
        recordLimitBytes: Int = 4 << 20, recipientKey: SipKey = SipKey(k0: 0, k1: 0), keepsTitles: Bool = true
    ) {
        self.recordLimitBytes = recordLimitBytes
        self.recipientKey = recipientKey
        self.keepsTitles = keepsTitles
    }
}
