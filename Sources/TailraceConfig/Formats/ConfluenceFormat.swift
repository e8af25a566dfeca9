/// Pages, blog posts, comments and attachments of Confluence.
let confluenceFormatText = #"""
    format: confluence
    description: Confluence, one JSON object a line; webhook deliveries, or the audit log that Data Center writes, of pages, blog posts, comments and attachments.
    record: json
    each: attachments
    fields:
      time: [timestamp.epochSecond, timestamp]
      item: [page.id, blog.id]
      stage: [page.spaceKey, page.space.key, blog.spaceKey, blog.space.key, comment.spaceKey, attachedTo.spaceKey, "affectedObjects[type=Space].name", "affectedObjects[type=SPACE].name"]
      title: [page.title, blog.title]
      actor: [userAccountId, userKey, author.name, author.id]
      actor_kind: {from: [accountType, author.type], map: {app: automated, system: automated, customer: human, atlassian: human, user: human}}
    constants: {stream: document}
    events:
      - when: {event: [page_created, page_copied, page_initialized]}
        action: create
        origin: {from: accountType, map: {app: automated}}
      - when: {event: [page_updated, page_started, page_snapshotted, blog_updated]}
        action: revise
      - when: {event: [blog_created, page_published]}
        action: publish
        origin: {from: accountType, map: {app: automated}}
      - when: {event: [page_viewed, blog_viewed]}
        action: read
      - when: {event: comment_created, comment.id: "*"}
        action: reply
        item: {from: comment.id}
        refers_to: {from: [comment.parent.id, comment.container.id, page.id, blog.id]}
        title: {from: [comment.parent.title, page.title, blog.title]}
        origin: {from: accountType, map: {app: automated}}
      - when: {event: comment_updated, comment.id: "*"}
        action: revise
        item: {from: comment.id}
      - when: {event: attachment_created, "attachments[].id": "*"}
        action: create
        item: {from: "attachments[].id"}
        title: {from: ["attachments[].fileName", "attachments[].title"]}
        bytes: {from: "attachments[].fileSize"}
      - when: {event: attachment_updated, "attachments[].id": "*"}
        action: revise
        item: {from: "attachments[].id"}
        title: {from: ["attachments[].fileName", "attachments[].title"]}
        bytes: {from: "attachments[].fileSize"}
      - when: {event: attachment_viewed, "attachments[].id": "*"}
        action: read
        item: {from: "attachments[].id"}
        title: {from: ["attachments[].fileName", "attachments[].title"]}
      # Cloud names no event in what it delivers: what happened to the page is told by its trigger.
      - when: {event: ~, page.id: "*", updateTrigger: "*", page.version: "1"}
        action: create
        origin: {from: accountType, map: {app: automated}}
      - when: {event: ~, page.id: "*", updateTrigger: "*", "!page.version": "1"}
        action: revise
      - when: {event: ~, comment.id: "*", userAccountId: "*", comment.version: "1"}
        action: reply
        item: {from: comment.id}
        refers_to: {from: [comment.parent.id, comment.container.id]}
        title: {from: comment.parent.title}
        origin: {from: accountType, map: {app: automated}}
      # The audit log of Data Center
      - when: {auditType.action: ["Page created", "Page copied"]}
        action: create
        item: {from: ["affectedObjects[type=Page].id", "affectedObjects[type=PAGE].id"]}
        title: {from: ["affectedObjects[type=Page].name", "affectedObjects[type=PAGE].name"]}
      - when: {auditType.action: ["Page updated", "Page edited"]}
        action: revise
        item: {from: ["affectedObjects[type=Page].id", "affectedObjects[type=PAGE].id"]}
        title: {from: ["affectedObjects[type=Page].name", "affectedObjects[type=PAGE].name"]}
      - when: {auditType.action: "Page viewed"}
        action: read
        item: {from: ["affectedObjects[type=Page].id", "affectedObjects[type=PAGE].id"]}
        title: {from: ["affectedObjects[type=Page].name", "affectedObjects[type=PAGE].name"]}
    ignore:
      # What was moved, removed, restored, labelled or liked; spaces, users, rights.
      - {event: ["page_*", "blog_*", "comment_*", "attachment_*", "space_*", "label_*", "user_*", "group_*", "content_*", "relation_*", "like_*"]}
      - {auditType.action: "*", auditType.category: "*"}
      # A delivery of Cloud that does not say what happened.
      - {event: ~, page.id: "*", updateTrigger: ~, userAccountId: "*"}
    samples:
      - record: |
          {"timestamp":1772442900000,"event":"page_created","userKey":"u1","page":{"id":41,"title":"Plan","spaceKey":"DESK","version":1}}
          {"timestamp":1772443900000,"event":"page_viewed","userKey":"u2","page":{"id":41,"title":"Plan","spaceKey":"DESK","version":1}}
          {"timestamp":1772444900000,"event":"comment_created","userKey":"u2","comment":{"id":77,"spaceKey":"DESK","parent":{"id":41,"title":"Plan"}}}
          {"timestamp":1772445900000,"event":"attachment_created","userKey":"u1","attachedTo":{"id":41,"spaceKey":"DESK"},"attachments":[{"id":90,"fileName":"prices.xlsx","fileSize":4096},{"id":91,"fileName":"terms.pdf","fileSize":512}]}
          {"timestamp":1772446900000,"event":"page_removed","userKey":"u1","page":{"id":41,"spaceKey":"DESK"}}
        events:
          - {action: create, item: "41", title: Plan, stage: DESK, actor: u1, stream: document, time: "2026-03-02T09:15:00Z"}
          - {action: read, item: "41", actor: u2}
          - {action: reply, item: "77", title: Plan, stage: DESK}
          - {action: create, item: "90", title: prices.xlsx, bytes: "4096", stage: DESK}
          - {action: create, item: "91", title: terms.pdf, bytes: "512"}
      # As Cloud delivers it
      - record: |
          {"userAccountId":"a1","accountType":"customer","page":{"id":42,"title":"Notes","spaceKey":"DESK","contentType":"page","version":1},"timestamp":1772442900000,"updateTrigger":"edit_page"}
          {"userAccountId":"a2","accountType":"app","page":{"id":42,"title":"Notes","spaceKey":"DESK","contentType":"page","version":2},"timestamp":1772443900000,"updateTrigger":"edit_page"}
          {"userAccountId":"a3","accountType":"customer","page":{"id":42,"title":"Notes","spaceKey":"DESK","contentType":"page","version":2},"timestamp":1772444900000}
        events:
          - {action: create, item: "42", actor: a1, origin: unknown}
          - {action: revise, item: "42", actor: a2}
      # The audit log of Data Center
      - record: |
          {"timestamp":{"epochSecond":1772442900,"nano":0},"auditType":{"area":"END_USER_ACTIVITY","category":"Pages","action":"Page viewed","level":"FULL"},"author":{"id":"u2","name":"kim","type":"user"},"affectedObjects":[{"id":"41","name":"Plan","type":"Page"},{"id":"3","name":"Desk","type":"Space"}]}
          {"timestamp":{"epochSecond":1772442901,"nano":0},"auditType":{"area":"SECURITY","category":"Authentication","action":"User login successful","level":"FULL"},"author":{"id":"u2","name":"kim","type":"user"},"affectedObjects":[]}
        events:
          - {action: read, item: "41", title: Plan, stage: Desk, actor: kim, time: "2026-03-02T09:15:00Z"}
      - record: |
          {"event":"page_created","page":{"id":41}}
          {"timestamp":1772442900000,"event":"page_created"}
          {"timestamp":1772442900000,"event":"tea_made"}
        rejected: [missing-time, missing-item, unmapped]

    """#
