/// Tasks of Asana, and its audit log.
let asanaTasksFormatText = #"""
    format: asana-tasks
    description: Tasks of Asana as its API or its JSON export gives them, one JSON task a line.
    record: json
    order: none
    fields:
      time: created_at
      item: gid
      case: [parent.gid, gid]
      stage: {from: ["memberships[0].project.name", "projects[0].name", "memberships[0].project.gid", "projects[0].gid"]}
    constants: {stream: ticket}
    events:
      - when: {gid: "*", resource_type: task}
        action: create
        actor: {from: [created_by.name, created_by.gid]}
        title: {from: name}
        text: {from: notes}
        category: {from: ["tags[0].name", resource_subtype]}
      - when: {gid: "*", resource_type: task}
        action: schedule
        actor: {from: [created_by.name, created_by.gid]}
      # Who approves ends an approval; another task is done.
      - when: {gid: "*", resource_type: task, completed: "true", "!resource_subtype": approval}
        action: complete
        time: {from: completed_at}
        actor: {from: [completed_by.name, assignee.name, completed_by.gid, assignee.gid]}
      - when: {gid: "*", resource_type: task, completed: "true", resource_subtype: approval, approval_status: [approved, rejected, changes_requested]}
        action: {from: approval_status, map: {approved: approve, rejected: reject, changes_requested: reject}}
        time: {from: completed_at}
        actor: {from: [completed_by.name, assignee.name, completed_by.gid, assignee.gid]}
      - when: {gid: "*", resource_type: task, completed: "true", resource_subtype: approval}
        action: complete
        time: {from: completed_at}
        actor: {from: [completed_by.name, assignee.name, completed_by.gid, assignee.gid]}
    samples:
      - record: |
          {"gid":"11","resource_type":"task","resource_subtype":"default_task","name":"Late invoice","notes":"It came twice.","created_at":"2026-03-02T09:15:00.250Z","created_by":{"gid":"1","name":"Kim"},"completed":true,"completed_at":"2026-03-03T09:15:00.000Z","completed_by":{"gid":"2","name":"Lee"},"assignee":{"gid":"2","name":"Lee"},"memberships":[{"project":{"gid":"90","name":"Desk"},"section":{"name":"Done"}}]}
          {"gid":"12","resource_type":"task","resource_subtype":"approval","name":"Refund","notes":"","created_at":"2026-03-02T10:15:00.000Z","completed":true,"approval_status":"changes_requested","completed_at":"2026-03-02T11:15:00.000Z","assignee":{"gid":"3","name":"Ann"},"projects":[{"gid":"90","name":"Desk"}]}
          {"gid":"13","resource_type":"task","name":"Open","created_at":"2026-03-02T12:15:00.000Z","completed":false,"completed_at":null,"projects":[]}
        events:
          - {action: create, item: "11", case: "11", stage: Desk, title: Late invoice, actor: Kim, stream: ticket, time: "2026-03-02T09:15:00.250Z"}
          - {action: schedule}
          - {action: complete, actor: Lee, time: "2026-03-03T09:15:00Z"}
          - {action: create, item: "12", category: approval}
          - {action: schedule}
          - {action: reject, actor: Ann}
          - {action: complete}
          - {action: create, item: "13", stage: ""}
          - {action: schedule}
      - record: |
          {"gid":"14","resource_type":"task","name":"No time"}
          {"gid":"15","resource_type":"project","name":"Desk"}
        rejected: [missing-time, unmapped]

    """#

let asanaAuditFormatText = #"""
    format: asana-audit
    description: Audit log of Asana, one JSON event a line; attachments.
    record: json
    timezone: UTC
    fields:
      time: created_at
      item: resource.gid
      title: resource.name
      stage: {from: [details.group.name, details.parent.name, context.context_type]}
      actor: [actor.email, actor.gid]
      actor_kind: {from: actor.actor_type, map: {user: human, external_administrator: human, asana: automated, asana_support: human, anonymous: unknown}}
    constants: {stream: document}
    events:
      - when: {event_type: attachment_uploaded, actor.actor_type: "*"}
        action: create
      - when: {event_type: [attachment_downloaded, attachment_viewed], actor.actor_type: "*"}
        action: read
    ignore:
      # Log-ins, settings, rights, members; tasks are in the log only when they are deleted.
      - {event_type: "*", event_category: "*", actor.actor_type: "*"}
    samples:
      - record: |
          {"gid":"1","created_at":"2026-03-02T09:15:00.250Z","event_type":"attachment_uploaded","event_category":"content_upload","actor":{"actor_type":"user","gid":"5","email":"kim@example.org","name":"Kim"},"resource":{"resource_type":"attachment","gid":"70","name":"prices.xlsx"},"details":{},"context":{"context_type":"web"}}
          {"gid":"2","created_at":"2026-03-02T09:16:00Z","event_type":"attachment_downloaded","event_category":"content_export","actor":{"actor_type":"user","gid":"6"},"resource":{"resource_type":"attachment","gid":"70","name":"prices.xlsx"},"details":{},"context":{"context_type":"web"}}
          {"gid":"3","created_at":"2026-03-02T09:17:00Z","event_type":"user_login_succeeded","event_category":"logins","actor":{"actor_type":"user","gid":"6"},"resource":{"resource_type":"user","gid":"6"}}
        events:
          - {action: create, item: "70", title: prices.xlsx, actor: kim@example.org, time: "2026-03-02T09:15:00.250Z"}
          - {action: read, actor: "6"}
      - record: |
          {"event_type":"attachment_downloaded","event_category":"content_export","actor":{"actor_type":"user"},"resource":{"gid":"70"}}
          {"hello":"world"}
        rejected: [missing-time, unmapped]

    """#
