/// Pages of Notion, of its audit log.
let notionFormatText = #"""
    format: notion
    description: Notion, one JSON object a line; entries of the audit log, or webhook deliveries, of pages and databases.
    record: json
    inside: results
    fields:
      time: [event.timestamp, timestamp]
      item: [event.details.target.page_id, event.details.target.database_id, event.details.target.id, 'event.page\.created.target.page_id', 'event.page\.viewed.target.page_id', 'event.page\.edited.target.page_id', 'event.page\.exported.target.page_id', entity.id]
      # Of two parents only the first that is there is asked.
      stage: [event.details.parent.database_id, event.details.parent.page_id, event.details.parent.teamspace_id, event.workspace_id, data.parent.id, workspace_id]
      actor: [event.actor.person.email, event.actor.id, "authors[0].id"]
      actor_kind: {from: [event.actor.type, "authors[0].type"], map: {person: human, bot: automated, integration: automated, agent: automated}}
      title: event.details.page_name
    constants: {stream: document}
    events:
      - when: {event.type: [page.created, page.duplicated, database.created]}
        action: create
        origin: {from: event.actor.type, map: {bot: automated, integration: automated}}
      - when: {event.type: [page.edited, page.content_edited, database.edited, page.restored_from_history]}
        action: revise
      - when: {event.type: [page.viewed, page.exported, database.viewed]}
        action: read
      - when: {event.type: [page.permissions.guest_role_added, page.permissions.member_role_added, page.permissions.group_role_added, page.permissions.teamspace_role_added, page.permissions.shared_to_public_role_added, page.permissions.shared_to_workspace_role_added]}
        action: share
        recipient: {from: event.details.entity.person.email}
      - when: {event.type: page.published}
        action: publish
      # Webhooks of an integration
      - when: {event: ~, type: [page.created, database.created, data_source.created], entity.id: "*"}
        action: create
        origin: {from: "authors[0].type", map: {bot: automated, agent: automated}}
      - when: {event: ~, type: [page.content_updated, page.properties_updated, database.content_updated, data_source.content_updated], entity.id: "*"}
        action: revise
      - when: {event: ~, type: comment.created, entity.id: "*"}
        action: reply
        refers_to: {from: data.page_id}
        origin: {from: "authors[0].type", map: {bot: automated, agent: automated}}
      - when: {event: ~, type: comment.updated, entity.id: "*"}
        action: revise
    ignore:
      # Log-ins, settings, members, what was moved or deleted, rights that were changed or taken away.
      - {event.type: "*", event.workspace_id: "*"}
      - {event: ~, type: ["page.*", "database.*", "data_source.*", "comment.*", "file_upload.*"], entity.id: "*"}
    samples:
      - record: |
          {"event":{"id":"e1","timestamp":"2026-03-02T09:15:00.250Z","workspace_id":"w1","actor":{"id":"u1","object":"user","type":"person","person":{"email":"kim@example.org"}},"platform":"web","type":"page.created","details":{"parent":{"type":"page_id","page_id":"p0"},"target":{"type":"page_id","page_id":"p1"}}}}
          {"event":{"id":"e2","timestamp":"2026-03-02T09:16:00Z","workspace_id":"w1","actor":{"id":"u2","object":"user","type":"person","person":{"email":"lee@example.org"}},"platform":"web","type":"page.viewed","details":{"parent":{"type":"page_id","page_id":"p0"},"target":{"type":"page_id","page_id":"p1"}}}}
          {"event":{"id":"e3","timestamp":"2026-03-02T09:17:00Z","workspace_id":"w1","actor":{"id":"u1","object":"user","type":"person","person":{"email":"kim@example.org"}},"type":"page.permissions.guest_role_added","details":{"entity":{"id":"u3","person":{"email":"ann@example.com"}},"new_permission":"read_only","target":{"type":"page_id","page_id":"p1"}}}}
          {"event":{"id":"e4","timestamp":"2026-03-02T09:18:00Z","workspace_id":"w1","actor":{"id":"u1","type":"person"},"type":"user.login","details":{"authType":"email"}}}
          {"event":{"id":"e5","timestamp":"2026-03-02T09:19:00Z","workspace_id":"w1","actor":{"id":"b1","object":"user","type":"bot"},"type":"page.created","page.created":{"target":{"type":"page_id","page_id":"p2"}}}}
        events:
          - {action: create, item: p1, stage: p0, actor: kim@example.org, stream: document, time: "2026-03-02T09:15:00.250Z"}
          - {action: read, actor: lee@example.org}
          - {action: share, item: p1, stage: w1}
          - {action: create, item: p2, actor: b1, origin: automated}
      - record: |
          {"id":"d1","timestamp":"2026-03-02T10:15:00.250Z","workspace_id":"w1","type":"page.created","authors":[{"id":"u1","type":"person"}],"entity":{"id":"p9","type":"page"},"data":{"parent":{"id":"p0","type":"page"}}}
          {"id":"d2","timestamp":"2026-03-02T10:16:00Z","workspace_id":"w1","type":"page.content_updated","authors":[{"id":"b1","type":"bot"}],"entity":{"id":"p9","type":"page"},"data":{"parent":{"id":"p0","type":"page"}}}
          {"id":"d3","timestamp":"2026-03-02T10:17:00Z","workspace_id":"w1","type":"comment.created","authors":[{"id":"u2","type":"person"}],"entity":{"id":"c1","type":"comment"},"data":{"page_id":"p9","parent":{"id":"p9","type":"page"}}}
          {"id":"d4","timestamp":"2026-03-02T10:18:00Z","workspace_id":"w1","type":"page.moved","authors":[{"id":"u2","type":"person"}],"entity":{"id":"p9","type":"page"}}
        events:
          - {action: create, item: p9, stage: p0, actor: u1, origin: unknown, time: "2026-03-02T10:15:00.250Z"}
          - {action: revise, actor: b1}
          - {action: reply, item: c1, actor: u2}
      - record: |
          {"event":{"workspace_id":"w1","type":"page.viewed","details":{"target":{"page_id":"p1"}}}}
          {"event":{"timestamp":"2026-03-02T09:19:00Z","workspace_id":"w1","type":"page.viewed"}}
        rejected: [missing-time, missing-item]

    """#
