/// Public events of GitHub, as GH Archive keeps them.
let gitHubArchiveFormatText = #"""
    format: github-archive
    description: Events of GitHub as its events API and GH Archive give them, one JSON event a line; issues, pull requests, reviews, comments, wiki pages, releases.
    record: json
    each: payload.pages
    fields:
      time: created_at
      item: {join: [repo.name, payload.issue.number], with: "#"}
      case: {join: [repo.name, payload.issue.number], with: "#"}
      stage: repo.name
      actor: actor.login
      actor_kind: {from: actor.login, map: {"*[bot]": automated}}
    constants: {stream: ticket}
    events:
      - when: {type: IssuesEvent, payload.action: opened}
        action: create
        title: {from: payload.issue.title}
        text: {from: payload.issue.body}
        origin: {from: [payload.issue.user.type, payload.issue.user.login], map: {Bot: automated, "*[bot]": automated}}
        category: {from: "payload.issue.labels[0].name"}
      - when: {type: IssuesEvent, payload.action: opened}
        action: schedule
      - when: {type: IssuesEvent, payload.action: closed}
        action: {from: [payload.issue.state_reason, payload.action], map: {completed: complete, not_planned: withdraw, duplicate: withdraw, closed: complete}}
        result: {from: payload.issue.state_reason}
      - when: {type: IssuesEvent, payload.action: [reopened, assigned]}
        action: {from: payload.action, map: {reopened: return, assigned: assign}}
      - when: {type: IssuesEvent, payload.action: edited}
        action: revise
        title: {from: payload.issue.title}
        text: {from: payload.issue.body}
      - when: {type: IssueCommentEvent, payload.action: created}
        action: reply
        item: {join: [repo.name, payload.issue.number, payload.comment.id], with: "#"}
        refers_to: {join: [repo.name, payload.issue.number], with: "#"}
        text: {from: payload.comment.body}
        origin: {from: [payload.comment.user.type, payload.comment.user.login], map: {Bot: automated, "*[bot]": automated}}
      - when: {type: PullRequestEvent, payload.action: opened}
        action: create
        item: {join: [repo.name, payload.pull_request.number], with: "#"}
        case: {join: [repo.name, payload.pull_request.number], with: "#"}
        title: {from: payload.pull_request.title}
        text: {from: payload.pull_request.body}
        origin: {from: [payload.pull_request.user.type, payload.pull_request.user.login, actor.login], map: {Bot: automated, "*[bot]": automated}}
      - when: {type: PullRequestEvent, payload.action: opened}
        action: schedule
        item: {join: [repo.name, payload.pull_request.number], with: "#"}
        case: {join: [repo.name, payload.pull_request.number], with: "#"}
      # What was merged is closed with `merged`, or since 2025 has an action of its own.
      - when: {type: PullRequestEvent, payload.action: [closed, merged]}
        action: {from: [payload.pull_request.merged, payload.action], map: {"true": complete, merged: complete, "false": withdraw, closed: withdraw}}
        item: {join: [repo.name, payload.pull_request.number], with: "#"}
        case: {join: [repo.name, payload.pull_request.number], with: "#"}
      - when: {type: PullRequestEvent, payload.action: [reopened, assigned, review_requested]}
        action: {from: payload.action, map: {reopened: return, assigned: assign, review_requested: assign}}
        item: {join: [repo.name, payload.pull_request.number], with: "#"}
        case: {join: [repo.name, payload.pull_request.number], with: "#"}
      - when: {type: PullRequestReviewEvent, payload.review.state: [approved, changes_requested, APPROVED, CHANGES_REQUESTED]}
        action: {from: payload.review.state, map: {approved: approve, changes_requested: reject}}
        item: {join: [repo.name, payload.pull_request.number], with: "#"}
        case: {join: [repo.name, payload.pull_request.number], with: "#"}
      - when: {type: PullRequestReviewCommentEvent, payload.action: created}
        action: reply
        item: {join: [repo.name, payload.pull_request.number, payload.comment.id], with: "#"}
        refers_to: {join: [repo.name, payload.pull_request.number], with: "#"}
        case: {join: [repo.name, payload.pull_request.number], with: "#"}
        text: {from: payload.comment.body}
        origin: {from: [payload.comment.user.type, payload.comment.user.login], map: {Bot: automated, "*[bot]": automated}}
      - when: {type: GollumEvent, "payload.pages[].action": [created, edited]}
        action: {from: "payload.pages[].action", map: {created: create, edited: revise}}
        stream: document
        item: {join: [repo.name, "payload.pages[].page_name"], with: "/wiki/"}
        title: {from: ["payload.pages[].title", "payload.pages[].page_name"]}
      - when: {type: ReleaseEvent, payload.action: published}
        action: publish
        stream: document
        item: {from: payload.release.html_url}
        title: {from: payload.release.name}
        text: {from: payload.release.body}
        origin: {from: [payload.release.author.type, payload.release.author.login], map: {Bot: automated, "*[bot]": automated}}
    ignore:
      # Pushes, branches, stars, forks, members, labels; reviews that only hold comments.
      - {type: "*Event", repo.name: "*"}
    samples:
      - record: |
          {"id":"1","type":"IssuesEvent","actor":{"login":"kim"},"repo":{"name":"acme/desk"},"payload":{"action":"opened","issue":{"number":7,"title":"Late invoice","body":"It came twice.","user":{"login":"kim","type":"User"},"labels":[{"name":"billing"}]}},"created_at":"2026-03-02T09:15:00Z"}
          {"id":"2","type":"WatchEvent","actor":{"login":"ann"},"repo":{"name":"acme/desk"},"payload":{"action":"started"},"created_at":"2026-03-02T09:16:00Z"}
          {"id":"3","type":"IssueCommentEvent","actor":{"login":"helper[bot]"},"repo":{"name":"acme/desk"},"payload":{"action":"created","issue":{"number":7},"comment":{"id":5,"body":"Thanks.","user":{"login":"helper[bot]","type":"Bot"}}},"created_at":"2026-03-02T09:17:00Z"}
          {"id":"4","type":"IssuesEvent","actor":{"login":"lee"},"repo":{"name":"acme/desk"},"payload":{"action":"closed","issue":{"number":7,"state_reason":"completed"}},"created_at":"2026-03-02T10:15:00Z"}
        events:
          - {action: create, item: "acme/desk#7", stage: acme/desk, title: Late invoice, category: billing, actor: kim, time: "2026-03-02T09:15:00Z"}
          - {action: schedule, case: "acme/desk#7"}
          - {action: reply, item: "acme/desk#7#5", origin: automated}
          - {action: complete, result: completed, actor: lee}
      - record: |
          {"id":"5","type":"PullRequestEvent","actor":{"login":"lee"},"repo":{"name":"acme/desk"},"payload":{"action":"opened","pull_request":{"number":9,"title":"Mend","body":"It.","user":{"login":"lee","type":"User"}}},"created_at":"2026-03-02T11:00:00Z"}
          {"id":"6","type":"PullRequestReviewEvent","actor":{"login":"kim"},"repo":{"name":"acme/desk"},"payload":{"action":"created","review":{"id":1,"state":"approved"},"pull_request":{"number":9}},"created_at":"2026-03-02T11:30:00Z"}
          {"id":"7","type":"PullRequestEvent","actor":{"login":"kim"},"repo":{"name":"acme/desk"},"payload":{"action":"merged","pull_request":{"number":9}},"created_at":"2026-03-02T11:40:00Z"}
          {"id":"8","type":"GollumEvent","actor":{"login":"kim"},"repo":{"name":"acme/desk"},"payload":{"pages":[{"page_name":"Home","title":"Home","action":"edited"},{"page_name":"Fees","title":"Fees","action":"created"}]},"created_at":"2026-03-02T11:50:00Z"}
          {"id":"9","type":"ReleaseEvent","actor":{"login":"kim"},"repo":{"name":"acme/desk"},"payload":{"action":"published","release":{"html_url":"https://git.example.org/acme/desk/1.0","name":"1.0","body":"First."}},"created_at":"2026-03-02T12:00:00Z"}
        events:
          - {action: create, item: "acme/desk#9", title: Mend}
          - {action: schedule}
          - {action: approve, actor: kim}
          - {action: complete, item: "acme/desk#9"}
          - {action: revise, stream: document, item: acme/desk/wiki/Home}
          - {action: create, stream: document, item: acme/desk/wiki/Fees}
          - {action: publish, stream: document, title: "1.0"}
      - record: |
          {"id":"1","type":"IssuesEvent","actor":{"login":"kim"},"repo":{"name":"acme/desk"},"payload":{"action":"opened","issue":{"number":7}}}
          {"hello":"world"}
        rejected: [missing-time, unmapped]

    """#
