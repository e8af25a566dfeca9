/// Cases and opportunities of Salesforce.
let salesforceHistoryFormatText = #"""
    format: salesforce-history
    description: Field history of cases and opportunities of Salesforce as CSV, a row for each change.
    record: csv
    timezone: UTC
    times: ["%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%d %H:%M:%S", "%m/%d/%Y %I:%M %p", "%d/%m/%Y %H:%M"]
    fields:
      time: [CreatedDate, Edit Date, Created Date]
      item: [CaseId, OpportunityId, Case Number, "Case.CaseNumber", ParentId]
      case: [CaseId, OpportunityId, Case Number, "Case.CaseNumber", ParentId]
      stage: {from: ["Case.Owner.Name", "Case.Type", Record Type, "Case.RecordType.Name"], default: salesforce}
      actor: ["CreatedBy.Name", CreatedById, Edited By]
    constants: {stream: ticket}
    required: [time, item]
    events:
      - when: {Field: [created, opportunityCreatedFromLead]}
        action: schedule
      - when: {Field: [Status, Case Status], NewValue: "*"}
        action:
          from: NewValue
          map: {New: schedule, Open: schedule, Working: start, In Progress: start, Escalated: escalate, On Hold: suspend, "Waiting*": suspend, "Pending*": suspend, "Awaiting*": suspend, "Closed*": complete, Resolved: complete, Solved: complete, "Re-opened": return, Reopened: return, Merged: withdraw, Duplicate: withdraw, Cancelled: withdraw, Canceled: withdraw}
      # An owner changes in two rows, once by name, once by id.
      - when: {Field: [Owner, ownerAssignment, ownerAccepted, ownerEscalated], NewValue: "*", "!NewValue": ["005*", "00G*"]}
        action: {from: Field, map: {Owner: assign, ownerAssignment: assign, ownerAccepted: start, ownerEscalated: escalate}}
      - when: {Field: [Subject, Description]}
        action: revise
      - when: {Field: [StageName, Stage], NewValue: ["Closed Won", "Closed Lost"]}
        action: outcome
        result: {from: NewValue, map: {Closed Won: won, Closed Lost: lost}}
      - when: {Field: [StageName, Stage], NewValue: ["Closed Won", "Closed Lost"]}
        action: complete
    ignore:
      # Every other field: amounts, dates, priorities, and the ids of owners.
      - {Field: "*"}
    samples:
      - record: |
          Id,CaseId,CreatedById,CreatedDate,Field,OldValue,NewValue
          h1,500A,005K,2026-03-02T09:15:00.000Z,created,,
          h2,500A,005K,2026-03-02T09:20:00.000Z,Owner,Desk,Kim
          h3,500A,005K,2026-03-02T09:20:00.000Z,Owner,00GDESK,005KIM
          h4,500A,005K,2026-03-02T09:30:00.000Z,Status,New,Working
          h5,500A,005K,2026-03-02T09:40:00.000Z,Priority,Low,High
          h6,500A,005L,2026-03-02T10:30:00.000+0100,Status,Working,Closed
          h7,500A,005L,2026-03-02T10:40:00.000Z,Status,Closed,Pondering
          h8,500A,005L,2026-03-02T10:50:00.000Z,Status,Closed,Reopened
        events:
          - {action: schedule, item: 500A, case: 500A, stage: salesforce, actor: 005K, stream: ticket, time: "2026-03-02T09:15:00Z"}
          - {action: assign}
          - {action: start}
          - {action: complete, actor: 005L, time: "2026-03-02T09:30:00Z"}
          - {action: return}
        rejected: [unknown-action]
      - record: |
          OpportunityId,CreatedById,CreatedDate,Field,OldValue,NewValue
          006A,005K,2026-03-02T09:15:00.000Z,created,,
          006A,005K,2026-03-05T09:15:00.000Z,StageName,Negotiation,Closed Won
          006B,005K,,created,,
        events:
          - {action: schedule, item: 006A}
          - {action: outcome, result: won}
          - {action: complete}
        rejected: [missing-time]

    """#

let salesforceEventsFormatText = #"""
    format: salesforce-events
    description: Event log files of Salesforce as JSON, one event a line; who opened cases, reports, articles and files.
    record: json
    inside: records
    timezone: UTC
    times: ["%Y%m%d%H%M%S.%f"]
    fields:
      time: [TIMESTAMP_DERIVED, TIMESTAMP]
      item: [DOCUMENT_ID_DERIVED, DOCUMENT_ID, REPORT_ID_DERIVED, REPORT_ID, DASHBOARD_ID_DERIVED, DASHBOARD_ID, ARTICLE_ID, PAGE_ENTITY_ID, OBJECT_ID, URI_ID_DERIVED]
      actor: [USER_NAME, USER, USER_ID_DERIVED, USER_ID]
    constants: {stream: document, stage: salesforce}
    events:
      - when: {EVENT_TYPE: ContentTransfer, TRANSACTION_TYPE: ["*pload*", "save*"]}
        action: create
      - when: {EVENT_TYPE: ContentTransfer, TRANSACTION_TYPE: ["*ownload*"]}
        action: read
      - when: {EVENT_TYPE: ContentDocumentLink}
        action: share
      - when: {EVENT_TYPE: [Report, ReportExport, Dashboard, KnowledgeArticleView]}
        action: read
      - when: {EVENT_TYPE: LightningPageView, PAGE_ENTITY_TYPE: Case, PAGE_ENTITY_ID: "*"}
        action: read
        stream: ticket
      - when: {EVENT_TYPE: "Audit Trail", OBJECT_TYPE: Opportunity, FIELD_NAME: [Stage, StageName], NEW_VALUE: ["Closed Won", "Closed Lost"]}
        action: outcome
        stream: ticket
        result: {from: NEW_VALUE, map: {Closed Won: won, Closed Lost: lost}}
        title: {from: RECORD_NAME}
      - when: {EVENT_TYPE: "Audit Trail", OBJECT_TYPE: Case, FIELD_NAME: Status}
        action: {from: NEW_VALUE, map: {New: schedule, Working: start, In Progress: start, Escalated: escalate, On Hold: suspend, "Closed*": complete, Reopened: return}}
        stream: ticket
        title: {from: RECORD_NAME}
    ignore:
      # Log-ins, calls of the API, pages that are no case.
      - {EVENT_TYPE: "*"}
    samples:
      - record: |
          {"EVENT_TYPE":"ReportExport","TIMESTAMP":"20260302091500.250","TIMESTAMP_DERIVED":"2026-03-02T09:15:00.250Z","USER_ID":"005K","USER_NAME":"kim@example.org","URI_ID_DERIVED":"00O1"}
          {"EVENT_TYPE":"ContentTransfer","TIMESTAMP":"20260302091600.250","USER_ID_DERIVED":"005L","DOCUMENT_ID_DERIVED":"0691","TRANSACTION_TYPE":"VersionDownloadApi"}
          {"EVENT_TYPE":"LightningPageView","TIMESTAMP_DERIVED":"2026-03-02T09:17:00Z","USER_ID":"005L","PAGE_ENTITY_TYPE":"Case","PAGE_ENTITY_ID":"500A"}
          {"EVENT_TYPE":"Audit Trail","TIMESTAMP":"2026-03-02T09:18:00Z","USER":"kim@example.org","OBJECT_TYPE":"Opportunity","OBJECT_ID":"006A","FIELD_NAME":"Stage","OLD_VALUE":"Negotiation","NEW_VALUE":"Closed Won","RECORD_NAME":"Desk chairs"}
          {"EVENT_TYPE":"Login","TIMESTAMP_DERIVED":"2026-03-02T09:19:00Z","USER_ID":"005L"}
        events:
          - {action: read, item: 00O1, actor: kim@example.org, stream: document, time: "2026-03-02T09:15:00.250Z"}
          - {action: read, item: "0691", actor: 005L, time: "2026-03-02T09:16:00.250Z"}
          - {action: read, item: 500A, stream: ticket}
          - {action: outcome, item: 006A, result: won, title: Desk chairs}
      - record: |
          {"EVENT_TYPE":"Report","USER_ID":"005L","REPORT_ID":"00O1"}
          {"EVENT_TYPE":"Report","TIMESTAMP_DERIVED":"2026-03-02T09:19:00Z"}
          {"hello":"world"}
        rejected: [missing-time, missing-item, unmapped]

    """#
