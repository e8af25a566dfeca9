/// Issues and pull requests as an archive of them has them.
let gitHubIssuesFormatText = #"""
    format: github-issues
    description: Issues and pull requests as the REST API of GitHub lists them, one JSON object a line.
    record: json
    order: none
    fields:
      time: created_at
      item: {join: [repository_url, number], with: "#", after: "/repos/"}
      case: {join: [repository_url, number], with: "#", after: "/repos/"}
      stage: {from: repository_url, after: "/repos/"}
    constants: {stream: ticket}
    events:
      - when: {repository_url: "*", number: "*"}
        action: create
        actor: {from: user.login}
        actor_kind: {from: [user.type, user.login], map: {Bot: automated, "*[bot]": automated, User: human}}
        title: {from: title}
        text: {from: body}
        origin: {from: [user.type, user.login], map: {Bot: automated, "*[bot]": automated}}
        category: {from: "labels[0].name"}
      - when: {repository_url: "*", number: "*"}
        action: schedule
        actor: {from: user.login}
        actor_kind: {from: [user.type, user.login], map: {Bot: automated, "*[bot]": automated, User: human}}
      - when: {repository_url: "*", closed_at: "*", pull_request: ~}
        action: {from: state_reason, map: {completed: complete, not_planned: withdraw, duplicate: withdraw, reopened: complete}, default: complete}
        time: {from: closed_at}
        actor: {from: closed_by.login}
        actor_kind: {from: [closed_by.type, closed_by.login], map: {Bot: automated, "*[bot]": automated, User: human}}
        result: {from: state_reason}
      - when: {repository_url: "*", closed_at: "*", pull_request: "*", pull_request.merged_at: "*"}
        action: complete
        time: {from: closed_at}
        actor: {from: closed_by.login}
        result: merged
      - when: {repository_url: "*", closed_at: "*", pull_request: "*", pull_request.merged_at: ~}
        action: withdraw
        time: {from: closed_at}
        actor: {from: closed_by.login}
    samples:
      - record: |
          {"repository_url":"https://api.example.org/repos/acme/desk","number":7,"title":"Late invoice","body":"It came twice.","user":{"login":"kim","type":"User"},"labels":[{"name":"billing"}],"state":"closed","state_reason":"completed","created_at":"2026-03-02T09:15:00Z","closed_at":"2026-03-03T10:00:00Z","closed_by":{"login":"lee","type":"User"}}
          {"repository_url":"https://api.example.org/repos/acme/desk","number":8,"title":"Gold coins","body":null,"user":{"login":"ann","type":"User"},"labels":[],"state":"closed","state_reason":"not_planned","created_at":"2026-03-02T09:20:00Z","closed_at":"2026-03-02T09:25:00Z"}
          {"repository_url":"https://api.example.org/repos/acme/desk","number":9,"title":"Open","body":"?","user":{"login":"ann","type":"User"},"labels":[],"state":"open","state_reason":null,"created_at":"2026-03-02T09:30:00Z","closed_at":null}
        events:
          - {action: create, item: "acme/desk#7", case: "acme/desk#7", stage: acme/desk, title: Late invoice, category: billing, actor: kim, stream: ticket, time: "2026-03-02T09:15:00Z"}
          - {action: schedule, time: "2026-03-02T09:15:00Z"}
          - {action: complete, actor: lee, result: completed, time: "2026-03-03T10:00:00Z"}
          - {action: create, item: "acme/desk#8"}
          - {action: schedule}
          - {action: withdraw, result: not_planned}
          - {action: create, item: "acme/desk#9"}
          - {action: schedule}
      - record: |
          {"repository_url":"https://api.example.org/repos/acme/desk","number":10,"title":"Bump a","body":"From 1 to 2.","user":{"login":"renovate[bot]","type":"Bot"},"state":"closed","pull_request":{"url":"https://api.example.org/repos/acme/desk/pulls/10","merged_at":"2026-03-02T11:00:00Z"},"created_at":"2026-03-02T10:00:00Z","closed_at":"2026-03-02T11:00:00Z"}
          {"repository_url":"https://api.example.org/repos/acme/desk","number":11,"title":"Try","user":{"login":"kim","type":"User"},"state":"closed","pull_request":{"url":"https://api.example.org/repos/acme/desk/pulls/11","merged_at":null},"created_at":"2026-03-02T12:00:00Z","closed_at":"2026-03-02T13:00:00Z"}
        events:
          - {action: create, item: "acme/desk#10", origin: automated}
          - {action: schedule, actor: "renovate[bot]"}
          - {action: complete, result: merged}
          - {action: create, origin: unknown}
          - {action: schedule}
          - {action: withdraw, time: "2026-03-02T13:00:00Z"}
      - record: |
          {"repository_url":"https://api.example.org/repos/acme/desk","number":12,"title":"No time"}
          {"message":"Not Found"}
        rejected: [missing-time, unmapped]

    """#
