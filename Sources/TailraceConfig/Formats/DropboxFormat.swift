/// Files of Dropbox, of its team log.
let dropboxFormatText = #"""
    format: dropbox-events
    description: Events of a Dropbox team (team_log), one JSON event a line; files and Paper documents.
    record: json
    inside: events
    each: assets
    fields:
      time: timestamp
      item: ["assets[].file_id", "assets[].doc_id", "assets[].path.contextual", "assets[].doc_title"]
      stage: {from: ["assets[].path.namespace_relative.ns_id", team_name]}
      title: ["assets[].display_name", "assets[].doc_title"]
      actor: [actor.user.email, actor.admin.email, actor.app.display_name, actor.user.account_id]
      actor_kind: {from: 'actor.\.tag', map: {app: automated, reseller: automated, dropbox: automated, user: human, admin: human}}
      bytes: "assets[].file_size"
    constants: {stream: document}
    events:
      - when: {'event_type.\.tag': [file_add, file_add_from_automation, paper_content_create, paper_doc_create], '!assets[].\.tag': folder}
        action: create
        origin: {from: ['event_type.\.tag', 'actor.\.tag'], map: {file_add_from_automation: automated, app: automated}}
      - when: {'event_type.\.tag': [file_edit, file_restore, file_revert, paper_doc_edit, paper_content_restore], '!assets[].\.tag': folder}
        action: revise
      - when: {'event_type.\.tag': [file_download, file_preview, shared_content_view, shared_content_download, shared_link_view, shared_link_download, paper_doc_view, paper_doc_download], '!assets[].\.tag': folder}
        action: read
      - when: {'event_type.\.tag': [shared_content_add_member, shared_content_add_invitees, shared_link_create, shared_link_share, paper_content_add_member], '!assets[].\.tag': folder}
        action: share
      - when: {'event_type.\.tag': [file_add_comment, paper_doc_add_comment], '!assets[].\.tag': folder}
        action: reply
    ignore:
      # Log-ins, members, devices, settings, folders, what was moved, renamed or deleted.
      - {'event_type.\.tag': "*", 'event_category.\.tag': "*"}
      - {'event_type.\.tag': "*", 'actor.\.tag': "*"}
    samples:
      - record: |
          {"timestamp":"2026-03-02T09:15:00Z","event_category":{".tag":"file_operations"},"event_type":{".tag":"file_add","description":"Added"},"actor":{".tag":"user","user":{".tag":"team_member","email":"kim@example.org"}},"assets":[{".tag":"file","display_name":"Plan.docx","file_id":"id:1","file_size":4096,"path":{"contextual":"/desk/Plan.docx","namespace_relative":{"ns_id":"7"}}},{".tag":"file","display_name":"Fees.xlsx","file_id":"id:2","path":{"contextual":"/desk/Fees.xlsx"}}]}
          {"timestamp":"2026-03-02T09:16:00Z","event_category":{".tag":"file_operations"},"event_type":{".tag":"file_download","description":"Downloaded"},"actor":{".tag":"user","user":{"email":"lee@example.org"}},"assets":[{".tag":"file","file_id":"id:1","path":{"contextual":"/desk/Plan.docx"}}]}
          {"timestamp":"2026-03-02T09:17:00Z","event_category":{".tag":"sharing"},"event_type":{".tag":"shared_content_add_member","description":"Added"},"actor":{".tag":"user","user":{"email":"kim@example.org"}},"assets":[{".tag":"folder","display_name":"desk","path":{"contextual":"/desk"}}]}
          {"timestamp":"2026-03-02T09:18:00Z","event_category":{".tag":"logins"},"event_type":{".tag":"login_success","description":"Signed in"},"actor":{".tag":"user","user":{"email":"kim@example.org"}}}
        events:
          - {action: create, item: "id:1", title: Plan.docx, stage: "7", actor: kim@example.org, bytes: "4096", stream: document, time: "2026-03-02T09:15:00Z"}
          - {action: create, item: "id:2"}
          - {action: read, item: "id:1", actor: lee@example.org}
      - record: |
          {"event_category":{".tag":"file_operations"},"event_type":{".tag":"file_download"},"actor":{".tag":"user"},"assets":[{".tag":"file","file_id":"id:1"}]}
          {"timestamp":"2026-03-02T09:16:00Z","event_category":{".tag":"file_operations"},"event_type":{".tag":"file_download"},"actor":{".tag":"user"}}
          {"hello":"world"}
        rejected: [missing-time, missing-item, unmapped]

    """#
