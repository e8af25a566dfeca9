/// Activity reports of Google Workspace: what happened to documents in Drive and Docs.
let googleWorkspaceFormatText = #"""
    format: google-workspace-reports
    description: Google Workspace activity reports (Reports API), one activity a line; documents of Drive and Docs.
    record: json
    inside: items
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
      # A folder is no document, and what Drive logs besides for the same click (`primary_event` false) is no second event.
      - when: {id.applicationName: [drive, docs], "events[].name": [create, upload, copy], "!events[].parameters[name=doc_type].value": [folder, shared_drive]}
        action: create
        origin: {from: [actor.callerType, actor.email], map: {KEY: automated, "*gserviceaccount.com": automated}}
      - when: {id.applicationName: [drive, docs], "events[].name": edit, "!events[].parameters[name=doc_type].value": [folder, shared_drive], "!events[].parameters[name=primary_event].boolValue": "false"}
        action: revise
      - when: {id.applicationName: [drive, docs], "events[].name": [view, download, preview, print], "!events[].parameters[name=doc_type].value": [folder, shared_drive], "!events[].parameters[name=primary_event].boolValue": "false"}
        action: read
      # What takes a right away shares nothing.
      - when: {id.applicationName: [drive, docs], "events[].name": [change_user_access, change_document_visibility, change_document_access_scope], "!events[].parameters[name=new_value].multiValue[0]": [none, private], "!events[].parameters[name=doc_type].value": [folder, shared_drive], "!events[].parameters[name=primary_event].boolValue": "false"}
        action: share
        recipient: {from: "events[].parameters[name=target_user].value"}
      - when: {id.applicationName: [drive, docs], "events[].name": [create_comment, reply_comment]}
        action: reply
      - when: {id.applicationName: [drive, docs], "events[].name": [approval_requested, approval_completed, approval_canceled]}
        action: {from: "events[].name", map: {approval_requested: schedule, approval_completed: complete, approval_canceled: withdraw}}
    ignore:
      # Other applications, folders, what takes rights away, moves and names.
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
          {"kind":"admin#reports#activity","id":{"time":"2026-03-02T09:18:00Z","applicationName":"drive"},"actor":{"email":"kim@example.org"},"events":[{"name":"view","parameters":[{"name":"primary_event","boolValue":true},{"name":"doc_id","value":"f1"},{"name":"doc_type","value":"folder"}]}]}
          {"kind":"admin#reports#activity","id":{"time":"2026-03-02T09:19:00Z","applicationName":"drive"},"actor":{"profileId":"77"},"events":[{"name":"change_user_access","parameters":[{"name":"primary_event","boolValue":true},{"name":"doc_id","value":"d1"},{"name":"doc_type","value":"document"},{"name":"new_value","multiValue":["can_view"]},{"name":"target_user","value":"lee@example.org"}]},{"name":"change_document_visibility","parameters":[{"name":"primary_event","boolValue":false},{"name":"doc_id","value":"d1"},{"name":"new_value","multiValue":["shared_internally"]}]}]}
          {"kind":"admin#reports#activity","id":{"time":"2026-03-02T09:20:00Z","applicationName":"drive"},"actor":{"email":"kim@example.org"},"events":[{"name":"change_user_access","parameters":[{"name":"doc_id","value":"d1"},{"name":"new_value","multiValue":["none"]}]}]}
          {"kind":"admin#reports#activity","id":{"time":"2026-03-02T09:21:00Z","applicationName":"drive"},"actor":{"email":"kim@example.org"},"events":[{"name":"approval_requested","parameters":[{"name":"doc_id","value":"d1"}]}]}
          {"kind":"admin#reports#activity","id":{"time":"2026-03-02T09:22:00Z","applicationName":"drive"},"actor":{"email":"lee@example.org"},"events":[{"name":"approval_completed","parameters":[{"name":"doc_id","value":"d1"}]}]}
        events:
          - {action: share, item: d1, actor: "77", time: "2026-03-02T09:19:00Z"}
          - {action: schedule, item: d1, time: "2026-03-02T09:21:00Z"}
          - {action: complete, actor: lee@example.org}
      - record: |
          {"id":{"applicationName":"drive"},"events":[{"name":"view","parameters":[{"name":"doc_id","value":"d1"}]}]}
          {"id":{"time":"2026-03-02T09:17:00Z","applicationName":"drive"},"events":[{"name":"view"}]}
        rejected: [missing-time, missing-item]

    """#
