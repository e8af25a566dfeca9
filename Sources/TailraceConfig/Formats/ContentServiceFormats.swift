/// What services that keep files and pages log of them: Slack, Box, Nextcloud, MediaWiki.
let slackAuditFormatText = #"""
    format: slack-audit
    description: Slack audit log, one JSON entry a line; files.
    record: json
    inside: entries
    timezone: UTC
    fields:
      time: date_create
      item: entity.file.id
      stage: {from: [context.location.name, context.location.domain]}
      title: {from: [entity.file.title, entity.file.name]}
      actor: {from: [actor.user.email, actor.user.id]}
    constants: {stream: document}
    events:
      - when: {entity.type: file, action: file_uploaded}
        action: create
      - when: {entity.type: file, action: file_downloaded}
        action: read
      - when: {entity.type: file, action: [file_shared, file_public_link_created, external_shared_channel_file_shared]}
        action: share
    ignore:
      - {action: "*", actor.type: "*"}
    samples:
      - record: |
          {"id":"1","date_create":1772442900,"action":"file_uploaded","actor":{"type":"user","user":{"id":"U1","email":"kim@example.org"}},"entity":{"type":"file","file":{"id":"F1","title":"Plan"}},"context":{"location":{"type":"workspace","name":"desk"}}}
          {"id":"2","date_create":1772442960,"action":"file_downloaded","actor":{"type":"user","user":{"id":"U2"}},"entity":{"type":"file","file":{"id":"F1"}}}
          {"id":"3","date_create":1772442960,"action":"user_login","actor":{"type":"user"},"entity":{"type":"user"}}
        events:
          - {action: create, item: F1, title: Plan, stage: desk, actor: kim@example.org, time: "2026-03-02T09:15:00Z"}
          - {action: read, actor: U2}
      - record: |
          {"action":"file_downloaded","actor":{"type":"user"},"entity":{"type":"file","file":{"id":"F1"}}}
          {"date_create":1772442960,"action":"file_downloaded","actor":{"type":"user"},"entity":{"type":"file"}}
        rejected: [missing-time, missing-item]

    """#

let boxFormatText = #"""
    format: box-events
    description: Box events, of users or of the enterprise, one JSON event a line; files.
    record: json
    inside: entries
    fields:
      time: created_at
      item: {from: [source.item_id, source.file_id, source.folder_id, source.id, additional_details.item_id]}
      stage: {from: [source.parent.name, source.owned_by.login]}
      title: {from: [source.item_name, source.file_name, source.folder_name, source.name]}
      # The user 2 is whoever opens a link without an account.
      actor: {from: [created_by.login, created_by.id], absent: ["2"]}
      bytes: {from: [additional_details.size, source.size]}
    constants: {stream: document}
    events:
      - when: {event_type: [UPLOAD, ITEM_UPLOAD, ITEM_CREATE, COPY, ITEM_COPY], created_by.type: "*", "!source.type": user}
        action: create
      - when: {event_type: [EDIT, ITEM_MODIFY], created_by.type: "*", "!source.type": user}
        action: revise
      - when: {event_type: [DOWNLOAD, ITEM_DOWNLOAD, PREVIEW, ITEM_PREVIEW, ITEM_OPEN], created_by.type: "*", "!source.type": user}
        action: read
      - when: {event_type: [SHARE, ITEM_SHARED, ITEM_SHARED_CREATE, COLLABORATION_INVITE], created_by.type: "*", "!source.type": user}
        action: share
      - when: {event_type: COMMENT_CREATE, created_by.type: "*", "!source.type": user}
        action: reply
    ignore:
      - {event_type: "*", created_by.type: "*"}
    samples:
      - record: |
          {"event_id":"e1","event_type":"UPLOAD","created_at":"2026-03-02T01:15:00-08:00","created_by":{"type":"user","login":"kim@example.org"},"source":{"item_type":"file","item_id":"11","item_name":"Plan.docx","parent":{"name":"Desk"}},"additional_details":{"size":4096}}
          {"event_id":"e2","event_type":"DOWNLOAD","created_at":"2026-03-02T01:16:00-08:00","created_by":{"type":"user","login":"lee@example.org"},"source":{"item_type":"file","item_id":"11"}}
          {"event_id":"e3","event_type":"LOGIN","created_at":"2026-03-02T01:16:00-08:00","created_by":{"type":"user","login":"lee@example.org"}}
        events:
          - {action: create, item: "11", title: Plan.docx, stage: Desk, bytes: "4096", actor: kim@example.org, time: "2026-03-02T09:15:00Z"}
          - {action: read}
      # A folder by its own keys, a preview without an account, and an event that is about a user.
      - record: |
          {"event_id":"e4","event_type":"COLLABORATION_INVITE","created_at":"2026-03-02T01:17:00-08:00","created_by":{"type":"user","login":"kim@example.org"},"source":{"folder_id":"7","folder_name":"Desk","user_id":"5"}}
          {"event_id":"e5","event_type":"PREVIEW","created_at":"2026-03-02T01:18:00-08:00","created_by":{"type":"user","id":"2","name":"Unknown User"},"source":{"item_type":"file","item_id":"11"}}
          {"event_id":"e6","event_type":"DOWNLOAD","created_at":"2026-03-02T01:19:00-08:00","created_by":{"type":"user","login":"kim@example.org"},"source":{"type":"user","id":"5"}}
        events:
          - {action: share, item: "7", title: Desk}
          - {action: read, item: "11", actor: ""}
      - record: |
          {"event_type":"DOWNLOAD","created_by":{"type":"user"},"source":{"item_id":"11"}}
          {"event_type":"DOWNLOAD","created_at":"2026-03-02T01:16:00-08:00","created_by":{"type":"user"}}
        rejected: [missing-time, missing-item]

    """#

let nextcloudFormatText = #"""
    format: nextcloud-audit
    description: Audit log of Nextcloud (admin_audit), one JSON entry a line; files.
    record: json
    fields:
      time: time
      item: {from: message, after: ": \"", before: "\""}
      title: {from: message, after: ": \"", before: "\""}
      actor: {from: user, absent: ["--"]}
    constants: {stream: document, stage: nextcloud}
    events:
      - when: {app: admin_audit, message: "File*created: *"}
        action: create
      - when: {app: admin_audit, message: ["File*written to: *", "File*updated: *"]}
        action: revise
      - when: {app: admin_audit, message: ["File*accessed: *", "Preview accessed: *"]}
        action: read
    ignore:
      - {app: "*", reqId: "*"}
    samples:
      - record: |
          {"reqId":"r1","level":1,"time":"2026-03-02T09:15:00+00:00","user":"kim","app":"admin_audit","message":"File with id \"12\" created: \"/kim/files/Plan.md\""}
          {"reqId":"r2","level":1,"time":"2026-03-02T09:16:00+00:00","user":"--","app":"admin_audit","message":"File accessed: \"/kim/files/Plan.md\""}
          {"reqId":"r3","level":1,"time":"2026-03-02T09:17:00+00:00","user":"kim","app":"admin_audit","message":"Login successful: \"kim\""}
        events:
          - {action: create, item: /kim/files/Plan.md, actor: kim, stage: nextcloud, time: "2026-03-02T09:15:00Z"}
          - {action: read, item: /kim/files/Plan.md, actor: ""}
      - record: |
          {"reqId":"r1","level":1,"time":"x","user":"kim","app":"admin_audit","message":"File accessed: \"/a\""}
        rejected: [bad-time]

    """#

let mediaWikiFormatText = #"""
    format: mediawiki-recent-changes
    description: Recent changes of MediaWiki, one JSON change a line.
    record: json
    inside: query.recentchanges
    fields:
      time: timestamp
      item: {join: [server_name, title], with: ":"}
      stage: {from: [wiki, server_name]}
      title: title
      actor: user
      actor_kind: {from: bot, map: {"true": automated, "false": human}}
      bytes: length.new
    constants: {stream: document}
    events:
      - when: {type: new, server_name: "*"}
        action: create
        origin: {from: bot, map: {"true": automated}}
      - when: {type: edit, server_name: "*"}
        action: revise
    ignore:
      - {type: [log, categorize, external], server_name: "*"}
    samples:
      - record: |
          {"type":"new","title":"Plan","timestamp":1772442900,"user":"Kim","bot":false,"server_name":"wiki.example.org","wiki":"desk","length":{"new":400}}
          {"type":"edit","title":"Plan","timestamp":1772442960,"user":"FixBot","bot":true,"server_name":"wiki.example.org","wiki":"desk","length":{"old":400,"new":410}}
          {"type":"log","title":"Plan","timestamp":1772442960,"user":"Kim","server_name":"wiki.example.org"}
        events:
          - {action: create, item: "wiki.example.org:Plan", stage: desk, bytes: "400", origin: unknown, time: "2026-03-02T09:15:00Z"}
          - {action: revise, actor: FixBot}
      - record: |
          {"type":"edit","timestamp":1772442960,"user":"Kim","server_name":"wiki.example.org"}
          {"type":"edit","title":"Plan","user":"Kim","server_name":"wiki.example.org"}
        rejected: [missing-item, missing-time]

    """#
