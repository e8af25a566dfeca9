internal import TailraceIngest
internal import TailracePipeline

extension ScanSettings {
    /// For a file: what it holds happened before it was last written.
    func reading(_ status: FileStatus) -> ScanSettings {
        var settings = self
        settings.latest = EventTime(milliseconds: status.modified / 1_000_000 + 86_400_000)
        return settings
    }
}
