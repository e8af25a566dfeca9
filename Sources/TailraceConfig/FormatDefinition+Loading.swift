extension FormatDefinition {
    /// Reads a definition file.
    ///
    /// - Throws: all problems of the file at once; a file that cannot be read is a problem in line 1.
    public static func load(path: String) throws(ConfigurationFault) -> FormatDefinition {
        try parse(bytes: readNamedFile(path), file: path)
    }

    /// Reads the text of a definition; `file` stands in messages.
    public static func parse(text: String, file: String) throws(ConfigurationFault) -> FormatDefinition {
        try parse(bytes: Array(text.utf8), file: file)
    }

    package static func parse(bytes: [UInt8], file: String) throws(ConfigurationFault) -> FormatDefinition {
        var problems = ProblemList(file: file)
        let root = YAMLTree.read(bytes, problems: &problems)
        if problems.hasErrors { throw ConfigurationFault(problems: problems.sorted) }
        var reader = FormatReader(problems: problems)
        var definition = reader.read(root)
        definition.text = String(decoding: bytes, as: UTF8.self)
        if reader.problems.hasErrors { throw ConfigurationFault(problems: reader.problems.sorted) }
        return definition
    }

    /// The definitions that the program brings along, in the order in which they are tried on an unknown file.
    public static let shipped: [FormatDefinition] = [
        shippedDefinition("tailrace", tailraceFormatText),
        shippedDefinition("github-webhook", gitHubFormatText),
        shippedDefinition("gitlab-webhook", gitLabFormatText),
        shippedDefinition("jira-webhook", jiraFormatText),
        shippedDefinition("microsoft-365-audit", microsoft365FormatText),
        shippedDefinition("google-workspace-reports", googleWorkspaceFormatText),
        shippedDefinition("amazon-ses", amazonSESFormatText),
        shippedDefinition("sendgrid", sendGridFormatText),
        shippedDefinition("mailgun", mailgunFormatText),
        shippedDefinition("microsoft-365-message-trace", messageTraceFormatText),
        shippedDefinition("zendesk-audits", zendeskFormatText),
        shippedDefinition("slack-audit", slackAuditFormatText),
        shippedDefinition("box-events", boxFormatText),
        shippedDefinition("nextcloud-audit", nextcloudFormatText),
        shippedDefinition("mediawiki-recent-changes", mediaWikiFormatText),
        shippedDefinition("confluence", confluenceFormatText),
        shippedDefinition("github-issues", gitHubIssuesFormatText),
        shippedDefinition("github-archive", gitHubArchiveFormatText),
        shippedDefinition("jira-issues", jiraIssuesFormatText),
        shippedDefinition("servicenow-audit", serviceNowAuditFormatText),
        shippedDefinition("mimecast", mimecastFormatText),
        shippedDefinition("proofpoint-pod", proofpointPodFormatText),
        shippedDefinition("proofpoint-tap", proofpointTAPFormatText),
        shippedDefinition("notion", notionFormatText),
        shippedDefinition("dropbox-events", dropboxFormatText),
        shippedDefinition("asana-tasks", asanaTasksFormatText),
        shippedDefinition("asana-audit", asanaAuditFormatText),
        shippedDefinition("salesforce-history", salesforceHistoryFormatText),
        shippedDefinition("salesforce-events", salesforceEventsFormatText),
        shippedDefinition("docusign-connect", docuSignFormatText),
        shippedDefinition("mbox", mboxFormatText),
        shippedDefinition("postfix", postfixFormatText),
        shippedDefinition("exim", eximFormatText),
        shippedDefinition("fortimail", fortiMailFormatText),
        shippedDefinition("cisco-esa", ciscoESAFormatText),
        shippedDefinition("web-access", accessLogFormatText),
        shippedDefinition("microsoft-365-audit-export", microsoft365ExportFormatText),
        shippedDefinition("exchange-message-tracking", exchangeTrackingFormatText),
        shippedDefinition("servicenow-incidents", serviceNowFormatText),
        shippedDefinition("event-log", eventLogFormatText),
    ]

    /// A fault in a text of our own is a mistake of ours, which the first test run shows.
    private static func shippedDefinition(_ name: String, _ text: String) -> FormatDefinition {
        do throws(ConfigurationFault) {
            return try parse(text: text, file: "\(name).yaml (shipped)")
        } catch {
            preconditionFailure(error.description)
        }
    }
}
