// The unified audit log of Microsoft 365: what happened to files and pages in SharePoint and OneDrive.

/// What a record of the audit log says, however it is packed.
private let microsoft365Mapping = #"""
    timezone: UTC
    fields:
      time: CreationTime
      item: {from: [ListItemUniqueId, ObjectId]}
      stage: SiteUrl
      actor: UserId
      actor_kind: {from: UserType, map: {"0": human, "1": human, "2": human, "3": human, "4": automated, "5": automated, "6": automated, "7": automated, "8": automated}}
      agent: [ApplicationDisplayName, UserAgent]
      title: SourceFileName
      bytes: {from: [FileSizeBytes, FileSyncBytesCommitted]}
    constants: {stream: document}
    events:
      - when: {Workload: [SharePoint, OneDrive], Operation: [FileUploaded, FileCopied, PageCreated, FileSyncUploadedFull]}
        action: create
        origin: {from: [UserAgent, ApplicationDisplayName, UserType], map: {"*copilot*": assisted, "4": automated, "5": automated, "6": automated, "7": automated, "8": automated}}
      - when: {Workload: [SharePoint, OneDrive], Operation: [FileModified, FileModifiedExtended, PageModified, FileCheckedIn, FileVersionRestored]}
        action: revise
      # A thumbnail that was made, or a file that the sync client fetched, was not read.
      - when: {Workload: [SharePoint, OneDrive], Operation: [FileAccessed, FileAccessedExtended, FilePreviewed, FileDownloaded, PageViewed, PageViewedExtended], "!UserAgent": ["*Thumbnail*", "*SkyDriveSync*", "*OneDriveSync*"]}
        action: read
      - when: {Workload: [SharePoint, OneDrive], Operation: [SharingSet, SharingInvitationCreated, AnonymousLinkCreated, CompanyLinkCreated, SecureLinkCreated, AddedToSecureLink]}
        action: share
        recipient: {from: TargetUserOrGroupName}
      - when: {Workload: Exchange, Operation: [Send, SendAs, SendOnBehalf], Item.InternetMessageId: "*"}
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
      # A link in a mail, found to be harmful, that somebody clicked (Safe Links).
      - when: {Workload: ThreatIntelligence, Operation: TIUrlClickData, AppName: [Mail, Email, Outlook], SourceId: "*"}
        action: click
        stream: email
        time: {from: [TimeOfClick, CreationTime]}
        item: {from: SourceId}
        actor_kind: human
      - when: {Workload: PowerBI, Operation: [EditReport, EditDashboard, ShareReport, ShareDashboard]}
        action: {from: Operation, map: {"Edit*": revise, "Share*": share}}
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
      # A record need not name its workload.
      - {Operation: "*", RecordType: "*", CreationTime: "*"}
    """#

/// As the API and PowerShell give it.
let microsoft365FormatText = #"""
    format: microsoft-365-audit
    description: Microsoft 365 unified audit log, one JSON record a line; files and pages of SharePoint and OneDrive.
    record: json
    inside: AuditData
    \#(microsoft365Mapping)
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
          {"CreationTime":"2026-03-02T09:19:00","Operation":"FilePreviewed","RecordType":6,"UserType":0,"Workload":"OneDrive","UserId":"kim@example.org","ListItemUniqueId":"a1","UserAgent":"Example-Transform_Thumbnail/1.0"}
          {"CreationTime":"2026-03-02T09:20:00","Operation":"FileSyncDownloadedFull","RecordType":6,"UserType":0,"Workload":"SharePoint","UserId":"kim@example.org","ListItemUniqueId":"a1"}
          {"CreationTime":"2026-03-02T09:21:00","Operation":"FileModifiedExtended","RecordType":6,"UserType":0,"Workload":"SharePoint","UserId":"kim@example.org","ListItemUniqueId":"a1","FileSizeBytes":4096}
          {"CreationTime":"2026-03-02T09:30:00","Operation":"TIUrlClickData","RecordType":41,"UserType":4,"Workload":"ThreatIntelligence","UserId":"kim@example.org","AppName":"Mail","SourceId":"n1","TimeOfClick":"2026-03-02T09:22:00","Url":"https://example.com/"}
          {"CreationTime":"2026-03-02T09:31:00","Operation":"SendAs","RecordType":2,"UserType":0,"Workload":"Exchange","UserId":"kim@example.org","MailboxOwnerUPN":"desk@example.org","Item":{"InternetMessageId":"<m-1@example.org>","Subject":"March"}}
          {"CreationTime":"2026-03-02T09:31:30","Operation":"UserLoggedIn","RecordType":15,"UserType":0,"UserId":"kim@example.org"}
          {"CreationTime":"2026-03-02T09:32:00","Operation":"ShareReport","RecordType":20,"UserType":0,"Workload":"PowerBI","UserId":"kim@example.org","ReportId":"r1","ReportName":"Sales","WorkSpaceName":"Desk"}
        events:
          - {action: revise, item: a1, bytes: "4096"}
          - {action: click, stream: email, item: n1, actor: kim@example.org, time: "2026-03-02T09:22:00Z"}
          - {action: send, stream: email, item: "<m-1@example.org>", stage: desk@example.org, title: March}
          - {action: share, item: r1, stage: Desk, title: Sales}
      - record: |
          {"CreationTime":"soon","Operation":"FileAccessed","RecordType":6,"Workload":"SharePoint","ObjectId":"x"}
          {"CreationTime":"2026-03-02T09:18:00","Operation":"FileAccessed","RecordType":6,"Workload":"SharePoint"}
        rejected: [bad-time, missing-item]

    """#

/// As Purview exports a search: rows, and in one of their columns the record.
let microsoft365ExportFormatText = #"""
    format: microsoft-365-audit-export
    description: Microsoft 365 unified audit log as Purview exports a search, CSV with the record in its column AuditData.
    record: csv
    inside: AuditData
    \#(microsoft365Mapping)
    samples:
      - record: |
          RecordId,CreationDate,RecordType,Operation,UserId,AuditData,AssociatedAdminUnits
          1,2026-03-02T09:15:00.0000000Z,6,FileModified,kim@example.org,"{""CreationTime"":""2026-03-02T09:15:00"",""Operation"":""FileModified"",""Workload"":""SharePoint"",""ObjectId"":""https://example.org/a, b.docx"",""SourceFileName"":""a, b.docx"",""UserId"":""kim@example.org"",""UserType"":0}",
          2,2026-03-02T09:16:00.0000000Z,15,UserLoggedIn,kim@example.org,"{""CreationTime"":""2026-03-02T09:16:00"",""Operation"":""UserLoggedIn"",""RecordType"":15,""Workload"":""AzureActiveDirectory"",""UserId"":""kim@example.org""}",
          3,2026-03-02T09:17:00.0000000Z,6,FileModified,kim@example.org,"{""CreationTime"":""2026-03-02T09:17:00""",
        events:
          - {action: revise, item: "https://example.org/a, b.docx", title: "a, b.docx", actor: kim@example.org, actor_kind: human, time: "2026-03-02T09:15:00Z"}
        rejected: [syntax]

    """#
