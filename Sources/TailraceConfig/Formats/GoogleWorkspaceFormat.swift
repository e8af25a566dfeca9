/// Activity reports of Google Workspace: what happened to documents in Drive and Docs.
let googleWorkspaceFormatText = #"""
    format: google-workspace-reports
    description: Google Workspace activity reports (Reports API), one activity a line; documents of Drive and Docs.
    record: json
    each: events
    fields:
      time: id.time
      item: "events[].parameters[name=doc_id].value"
      stage: {from: ["events[].parameters[name=shared_drive_id].value", "events[].parameters[name=owner_team_drive_id].value", "events[].parameters[name=owner].value"]}
      title: "events[].parameters[name=doc_title].value"
      category: "events[].parameters[name=doc_type].value"
      actor: {from: [actor.email, actor.profileId, actor.key]}
      actor_kind: {from: [actor.callerType, actor.email], map: {KEY: automated, "*gserviceaccount.com": automated, USER: human}}
    constants: {stream: document}
    events:
      - when: {id.applicationName: [drive, docs], "events[].name": [create, upload, copy]}
        action: create
        origin: {from: [actor.callerType, actor.email], map: {KEY: automated, "*gserviceaccount.com": automated}}
      - when: {id.applicationName: [drive, docs], "events[].name": edit}
        action: revise
      - when: {id.applicationName: [drive, docs], "events[].name": [view, download, preview, print]}
        action: read
      - when: {id.applicationName: [drive, docs], "events[].name": [change_user_access, change_document_visibility, change_document_access_scope, shared_drive_membership_change]}
        action: share
        recipient: {from: "events[].parameters[name=target_user].value"}
      - when: {id.applicationName: [drive, docs], "events[].name": [create_comment, reply_comment]}
        action: reply
    ignore:
      # Other applications, and changes of rights and places.
      - {id.applicationName: "*"}
    samples:
      - record: |
          {"kind":"admin#reports#activity","id":{"time":"2026-03-02T09:15:00.460Z","applicationName":"drive"},"actor":{"callerType":"USER","email":"kim@example.org"},"events":[{"type":"access","name":"edit","parameters":[{"name":"doc_id","value":"d1"},{"name":"doc_title","value":"Plan"},{"name":"owner","value":"lee@example.org"}]},{"type":"acl_change","name":"change_acl_editors","parameters":[]}]}
          {"kind":"admin#reports#activity","id":{"time":"2026-03-02T09:16:00Z","applicationName":"login"},"actor":{"email":"kim@example.org"},"events":[{"name":"login_success"}]}
          {"kind":"admin#reports#activity","id":{"time":"2026-03-02T09:17:00Z","applicationName":"drive"},"actor":{"email":"robot@x.iam.gserviceaccount.com"},"events":[{"name":"create","parameters":[{"name":"doc_id","value":"d2"}]}]}
        events:
          - {action: revise, item: d1, title: Plan, stage: lee@example.org, actor: kim@example.org, time: "2026-03-02T09:15:00.460Z"}
          - {action: create, item: d2, origin: automated}
      - record: |
          {"id":{"applicationName":"drive"},"events":[{"name":"view","parameters":[{"name":"doc_id","value":"d1"}]}]}
          {"id":{"time":"2026-03-02T09:17:00Z","applicationName":"drive"},"events":[{"name":"view"}]}
        rejected: [missing-time, missing-item]

    """#
