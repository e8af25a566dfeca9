/// Webhooks of Jira, one delivery a line: issues with their changelog, comments.
let jiraFormatText = #"""
    format: jira-webhook
    description: Jira webhook deliveries (issues with changelog, comments), one JSON payload a line.
    record: json
    inside: payload
    times: ["%Y-%m-%dT%H:%M:%S.%f%z"]
    each: changelog.items
    fields:
      time: timestamp
      item: issue.key
      case: issue.key
      stage: issue.fields.project.key
      team: {from: "issue.fields.components[0].name"}
      actor: {from: [user.accountId, user.name, comment.author.accountId, comment.author.name]}
      actor_kind: {from: [user.accountType, comment.author.accountType], map: {app: automated, atlassian: human}}
    constants: {stream: ticket}
    events:
      - when: {webhookEvent: "jira:issue_created"}
        action: create
        title: {from: issue.fields.summary}
        text: {from: issue.fields.description}
        category: {from: [issue.fields.issuetype.name, issue.fields.priority.name]}
        origin: {from: user.accountType, map: {app: automated}}
      - when: {webhookEvent: "jira:issue_created"}
        action: schedule
      # The words of a workflow are its owner's; these are the usual ones. Copy the definition to add yours.
      - when: {webhookEvent: "jira:issue_updated", "changelog.items[].field": status}
        action:
          from: "changelog.items[].toString"
          map:
            In Progress: start
            In Review: start
            In Development: start
            Doing: start
            Blocked: suspend
            On Hold: suspend
            Waiting*: suspend
            Pending: suspend
            Done: complete
            Closed: complete
            Resolved: complete
            Fixed: complete
            Cancelled: withdraw
            Canceled: withdraw
            Won't Do: withdraw
            Rejected: withdraw
            Reopened: return
            To Do: schedule
            Open: schedule
            New: schedule
            Backlog: schedule
            Selected for Development: schedule
      - when: {webhookEvent: "jira:issue_updated", "changelog.items[].field": assignee, "changelog.items[].toString": "*"}
        action: assign
      - when: {webhookEvent: "jira:issue_updated", "changelog.items[].field": [summary, description]}
        action: revise
        title: {from: issue.fields.summary}
        text: {from: issue.fields.description}
      - when: {webhookEvent: "jira:issue_deleted"}
        action: withdraw
      - when: {webhookEvent: [comment_created, "jira:issue_updated"], comment.id: "*", "changelog.items[].field": ~}
        action: reply
        time: {from: [comment.created, timestamp]}
        item: {join: [issue.key, comment.id], with: "/"}
        refers_to: {from: issue.key}
        text: {from: comment.body}
    ignore:
      # Other fields of the changelog, and deliveries of other kinds.
      - {webhookEvent: "*"}
    samples:
      - record: |
          {"timestamp":1772442900000,"webhookEvent":"jira:issue_created","user":{"accountId":"u1","accountType":"atlassian"},"issue":{"key":"DESK-4","fields":{"summary":"Late invoice","description":"It came twice.","issuetype":{"name":"Bug"},"project":{"key":"DESK"}}}}
          {"timestamp":1772446500000,"webhookEvent":"jira:issue_updated","user":{"accountId":"u2"},"issue":{"key":"DESK-4","fields":{"project":{"key":"DESK"}}},"changelog":{"items":[{"field":"assignee","toString":"Kim"},{"field":"status","fromString":"To Do","toString":"In Progress"}]}}
          {"timestamp":1772450100000,"webhookEvent":"jira:issue_updated","user":{"accountId":"u2"},"issue":{"key":"DESK-4","fields":{"project":{"key":"DESK"}}},"changelog":{"items":[{"field":"status","fromString":"In Progress","toString":"Done"},{"field":"resolution","toString":"Done"}]}}
          {"timestamp":1772450100000,"webhookEvent":"jira:issue_updated","user":{"accountId":"u2"},"issue":{"key":"DESK-4","fields":{"project":{"key":"DESK"}}},"changelog":{"items":[{"field":"status","toString":"Pondering"}]}}
          {"timestamp":1772450100000,"webhookEvent":"comment_created","comment":{"id":"77","body":"Paid back.","author":{"accountId":"u3"}},"issue":{"key":"DESK-4","fields":{"project":{"key":"DESK"}}}}
        events:
          - {action: create, item: DESK-4, stage: DESK, title: Late invoice, category: Bug, actor: u1, time: "2026-03-02T09:15:00Z"}
          - {action: schedule}
          - {action: assign, actor: u2}
          - {action: start}
          - {action: complete}
          - {action: reply, item: DESK-4/77, actor: u3}
        rejected: [unknown-action]

    """#
