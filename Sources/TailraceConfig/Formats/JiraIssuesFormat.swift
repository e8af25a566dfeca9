/// Exported issues of Jira, with their changelog.
let jiraIssuesFormatText = #"""
    format: jira-issues
    description: Issues of Jira with their changelog, as its REST API gives them, one JSON issue a line.
    record: json
    inside: issues
    order: none
    times: ["%Y-%m-%dT%H:%M:%S.%f%z"]
    each: changelog.histories
    fields:
      time: "changelog.histories[].created"
      item: key
      case: key
      stage: fields.project.key
      team: {from: "fields.components[0].name"}
      actor: ["changelog.histories[].author.accountId", "changelog.histories[].author.name"]
      actor_kind: {from: "changelog.histories[].author.accountType", map: {app: automated, atlassian: human}}
    constants: {stream: ticket}
    events:
      # Once for an issue, with its changelog or without.
      - when: {key: "*", fields.created: "*"}
        action: create
        time: {from: fields.created}
        actor: {from: [fields.creator.accountId, fields.creator.name, fields.reporter.accountId, fields.reporter.name]}
        actor_kind: {from: fields.creator.accountType, map: {app: automated, atlassian: human}}
        title: {from: fields.summary}
        text: {from: fields.description}
        category: {from: fields.issuetype.name}
        origin: {from: fields.creator.accountType, map: {app: automated}}
      - when: {key: "*", fields.created: "*"}
        action: schedule
        time: {from: fields.created}
        actor: {from: [fields.creator.accountId, fields.creator.name]}
        actor_kind: {from: fields.creator.accountType, map: {app: automated, atlassian: human}}
      # Asked without the changelog an issue tells no more than when it was resolved.
      - when: {key: "*", fields.resolutiondate: "*", changelog: ~}
        action: {from: fields.resolution.name, map: {Won't Do: withdraw, Won't Fix: withdraw, Duplicate: withdraw, Cannot Reproduce: withdraw, Declined: withdraw, Incomplete: withdraw, Done: complete, Fixed: complete, Resolved: complete, "*": complete}, default: complete}
        time: {from: fields.resolutiondate}
        result: {from: fields.resolution.name}
      # The words of a workflow are its owner's; these are the usual ones. Copy the definition to add yours.
      - when: {key: "*", "changelog.histories[].items[field=status].toString": "*"}
        action:
          from: "changelog.histories[].items[field=status].toString"
          map:
            In Progress: start
            In Review: start
            In Development: start
            In Testing: start
            Doing: start
            Work in progress: start
            Blocked: suspend
            On Hold: suspend
            "Waiting*": suspend
            Pending: suspend
            Done: complete
            Closed: complete
            Resolved: complete
            Fixed: complete
            Completed: complete
            Cancelled: withdraw
            Canceled: withdraw
            Won't Do: withdraw
            Won't Fix: withdraw
            Rejected: withdraw
            Declined: withdraw
            Reopened: return
            To Do: schedule
            Open: schedule
            New: schedule
            Backlog: schedule
            Selected for Development: schedule
            Ready for Development: schedule
        reason: {from: "changelog.histories[].items[field=resolution].toString"}
      - when: {key: "*", "changelog.histories[].items[field=assignee].to": "*"}
        action: assign
      - when: {key: "*", "changelog.histories[].items[field=summary].field": "*"}
        action: revise
        title: {from: "changelog.histories[].items[field=summary].toString"}
      - when: {key: "*", "changelog.histories[].items[field=description].field": "*"}
        action: revise
        text: {from: "changelog.histories[].items[field=description].toString"}
    ignore:
      # Other fields: ranks, sprints, labels, links, estimates.
      - {key: "*", "changelog.histories[].id": "*"}
    samples:
      - record: |
          {"key":"DESK-4","fields":{"created":"2026-03-02T09:15:00.000+0000","summary":"Late invoice","description":"It came twice.","issuetype":{"name":"Bug"},"project":{"key":"DESK"},"components":[{"name":"billing"}],"creator":{"accountId":"u1","accountType":"atlassian"}},"changelog":{"histories":[{"id":"1","author":{"accountId":"u2","accountType":"atlassian"},"created":"2026-03-02T10:15:00.000+0000","items":[{"field":"assignee","from":null,"to":"u2","toString":"Kim"},{"field":"status","fromString":"To Do","toString":"In Progress"}]},{"id":"2","author":{"accountId":"u2"},"created":"2026-03-02T10:20:00.000+0000","items":[{"field":"Rank","toString":"higher"}]},{"id":"3","author":{"accountId":"u3"},"created":"2026-03-02T11:15:00.000+0000","items":[{"field":"resolution","toString":"Fixed"},{"field":"status","fromString":"In Progress","toString":"Done"}]}]}}
        events:
          - {action: create, item: DESK-4, title: Late invoice, actor: u1, time: "2026-03-02T09:15:00Z"}
          - {action: schedule, actor: u1}
          - {action: start, item: DESK-4, case: DESK-4, stage: DESK, team: billing, actor: u2, time: "2026-03-02T10:15:00Z"}
          - {action: assign}
          - {action: complete, actor: u3, reason: Fixed, time: "2026-03-02T11:15:00Z"}
      # Nobody has changed it
      - record: |
          {"key":"DESK-5","fields":{"created":"2026-03-02T09:15:00.000+0100","summary":"No card","description":"Lost.","issuetype":{"name":"Task"},"project":{"key":"DESK"},"creator":{"accountId":"u9","accountType":"app"}},"changelog":{"histories":[]}}
        events:
          - {action: create, item: DESK-5, title: No card, category: Task, origin: automated, actor: u9, time: "2026-03-02T08:15:00Z"}
          - {action: schedule, actor_kind: automated, time: "2026-03-02T08:15:00Z"}
      # Without changelog
      - record: |
          {"key":"DESK-6","fields":{"created":"2026-03-02T09:15:00.000+0000","summary":"A","project":{"key":"DESK"},"creator":{"name":"kim"},"resolutiondate":"2026-03-04T09:15:00.000+0000","resolution":{"name":"Duplicate"}}}
        events:
          - {action: create, item: DESK-6, actor: kim, title: A}
          - {action: schedule}
          - {action: withdraw, result: Duplicate, time: "2026-03-04T09:15:00Z"}
      - record: |
          {"key":"DESK-7","fields":{"project":{"key":"DESK"}},"changelog":{"histories":[{"id":"1","created":"2026-03-02T10:15:00.000+0000","items":[{"field":"status","toString":"Pondering"}]},{"id":"2","created":"soon","items":[{"field":"status","toString":"Done"}]}]}}
          {"errorMessages":["Issue does not exist"]}
        rejected: [unknown-action, unmapped]

    """#
