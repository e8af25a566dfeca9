/// The unified audit log of Microsoft 365: what happened to files and pages in SharePoint and OneDrive.
let microsoft365FormatText = #"""
    format: microsoft-365-audit
    description: Microsoft 365 unified audit log, one JSON record a line; files and pages of SharePoint and OneDrive.
    record: json
    timezone: UTC
    fields:
      time: CreationTime
      item: {from: [ListItemUniqueId, ObjectId]}
      stage: SiteUrl
      actor: UserId
      actor_kind: {from: UserType, map: {"0": human, "1": human, "2": human, "3": human, "4": automated, "5": automated, "6": automated, "7": automated, "8": automated}}
      title: SourceFileName
    constants: {stream: document}
    events:
      - when: {Workload: [SharePoint, OneDrive], Operation: [FileUploaded, FileCopied, PageCreated, FileSyncUploadedFull]}
        action: create
        origin: {from: [UserAgent, ApplicationDisplayName, UserType], map: {"*copilot*": assisted, "4": automated, "5": automated, "6": automated, "7": automated, "8": automated}}
      - when: {Workload: [SharePoint, OneDrive], Operation: [FileModified, FileModifiedExtended, PageModified, FileCheckedIn, FileVersionRestored]}
        action: revise
      - when: {Workload: [SharePoint, OneDrive], Operation: [FileAccessed, FileAccessedExtended, FilePreviewed, FileDownloaded, FileSyncDownloadedFull, PageViewed, PageViewedExtended]}
        action: read
      - when: {Workload: [SharePoint, OneDrive], Operation: [SharingSet, SharingInvitationCreated, AnonymousLinkCreated, CompanyLinkCreated, SecureLinkCreated, AddedToSecureLink]}
        action: share
        recipient: {from: TargetUserOrGroupName}
      - when: {Workload: Exchange, Operation: Send, Item.InternetMessageId: "*"}
        action: send
        stream: email
        item: {from: Item.InternetMessageId}
        stage: {from: [MailboxOwnerUPN, UserId]}
        title: {from: Item.Subject}
      - when: {Workload: PowerBI, Operation: [ViewReport, ViewDashboard]}
        action: read
        item: {from: [ReportId, DashboardId, ObjectId]}
        stage: {from: [WorkSpaceName, WorkspaceName]}
        title: {from: [ReportName, DashboardName, ItemName]}
      - when: {Workload: PowerBI, Operation: [CreateReport, CreateDashboard]}
        action: create
        item: {from: [ReportId, DashboardId, ObjectId]}
        stage: {from: [WorkSpaceName, WorkspaceName]}
        title: {from: [ReportName, DashboardName, ItemName]}
    ignore:
      # Sign-ins, roles, policies, alerts, mailbox rules, moves and deletions: no content is made or read.
      - {Operation: "*", RecordType: "*", Workload: "*"}
    samples:
      - record: |
          {"CreationTime":"2026-03-02T09:15:00","Operation":"FileUploaded","RecordType":6,"UserType":0,"Workload":"SharePoint","UserId":"kim@example.org","ListItemUniqueId":"a1","SiteUrl":"https://example.sharepoint.com/sites/desk/","SourceFileName":"Plan.docx","ObjectId":"https://example.sharepoint.com/sites/desk/Plan.docx"}
          {"CreationTime":"2026-03-02T09:16:00","Operation":"FilePreviewed","RecordType":6,"UserType":0,"Workload":"OneDrive","UserId":"lee@example.org","ObjectId":"https://example.sharepoint.com/sites/desk/Plan.docx"}
          {"CreationTime":"2026-03-02T09:17:00","Operation":"UserLoggedIn","RecordType":15,"UserType":0,"Workload":"AzureActiveDirectory","UserId":"lee@example.org"}
          {"CreationTime":"2026-03-02T09:18:00","Operation":"FileModified","RecordType":6,"UserType":5,"Workload":"SharePoint","UserId":"app@sharepoint","ListItemUniqueId":"a1"}
        events:
          - {action: create, item: a1, title: Plan.docx, actor: kim@example.org, stream: document, time: "2026-03-02T09:15:00Z", stage: "https://example.sharepoint.com/sites/desk/"}
          - {action: read, item: "https://example.sharepoint.com/sites/desk/Plan.docx"}
          - {action: revise, item: a1}
      - record: |
          {"CreationTime":"soon","Operation":"FileAccessed","RecordType":6,"Workload":"SharePoint","ObjectId":"x"}
          {"CreationTime":"2026-03-02T09:18:00","Operation":"FileAccessed","RecordType":6,"Workload":"SharePoint"}
        rejected: [bad-time, missing-item]

    """#
