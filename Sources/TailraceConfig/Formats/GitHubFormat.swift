/// Webhooks of GitHub, one delivery a line: issues, pull requests, reviews, comments, discussions, releases.
let gitHubFormatText = #"""
    format: github-webhook
    description: GitHub webhook deliveries, one JSON payload a line.
    record: json
    inside: payload
    fields:
      stage: repository.full_name
      actor: sender.login
      actor_kind: {from: [sender.type, sender.login], map: {Bot: automated, "*[bot]": automated, User: human}}
      case: {join: [repository.full_name, issue.number], with: "#"}
    constants: {stream: ticket}
    events:
      # Issues
      - when: {issue.number: "*", comment: ~, action: opened}
        action: create
        time: {from: issue.created_at}
        item: {join: [repository.full_name, issue.number], with: "#"}
        title: {from: issue.title}
        text: {from: issue.body}
        origin: {from: [issue.user.type, issue.user.login], map: {Bot: automated, "*[bot]": automated}}
        category: {from: "issue.labels[0].name"}
      - when: {issue.number: "*", comment: ~, action: opened}
        action: schedule
        time: {from: issue.created_at}
        item: {join: [repository.full_name, issue.number], with: "#"}
      - when: {issue.number: "*", comment: ~, action: [closed, deleted, transferred]}
        action: {from: [issue.state_reason, action], map: {completed: complete, not_planned: withdraw, duplicate: withdraw, closed: complete, deleted: withdraw, transferred: withdraw}}
        time: {from: [issue.closed_at, issue.updated_at]}
        item: {join: [repository.full_name, issue.number], with: "#"}
        result: {from: issue.state_reason}
      - when: {issue.number: "*", comment: ~, action: [reopened, assigned]}
        action: {from: action, map: {reopened: return, assigned: assign}}
        time: {from: issue.updated_at}
        item: {join: [repository.full_name, issue.number], with: "#"}
      - when: {issue.number: "*", comment: ~, action: edited}
        action: revise
        time: {from: issue.updated_at}
        item: {join: [repository.full_name, issue.number], with: "#"}
        title: {from: issue.title}
        text: {from: issue.body}
      # Comments of issues and pull requests
      - when: {comment.id: "*", issue.number: "*", action: created}
        action: reply
        time: {from: comment.created_at}
        item: {join: [repository.full_name, issue.number, comment.id], with: "#"}
        refers_to: {join: [repository.full_name, issue.number], with: "#"}
        text: {from: comment.body}
        origin: {from: [comment.user.type, comment.user.login], map: {Bot: automated, "*[bot]": automated}}
      - when: {comment.id: "*", issue: ~, pull_request.number: "*", action: created}
        action: reply
        time: {from: comment.created_at}
        item: {join: [repository.full_name, pull_request.number, comment.id], with: "#"}
        refers_to: {join: [repository.full_name, pull_request.number], with: "#"}
        case: {join: [repository.full_name, pull_request.number], with: "#"}
        text: {from: comment.body}
        origin: {from: [comment.user.type, comment.user.login], map: {Bot: automated, "*[bot]": automated}}
      - when: {comment.id: "*", issue.number: "*", action: edited}
        action: revise
        time: {from: comment.updated_at}
        item: {join: [repository.full_name, issue.number, comment.id], with: "#"}
        text: {from: comment.body}
      - when: {comment.id: "*", issue: ~, pull_request.number: "*", action: edited}
        action: revise
        time: {from: comment.updated_at}
        item: {join: [repository.full_name, pull_request.number, comment.id], with: "#"}
        case: {join: [repository.full_name, pull_request.number], with: "#"}
        text: {from: comment.body}
      # Pull requests
      - when: {pull_request.number: "*", review: ~, comment: ~, action: opened}
        action: create
        time: {from: pull_request.created_at}
        item: {join: [repository.full_name, pull_request.number], with: "#"}
        case: {join: [repository.full_name, pull_request.number], with: "#"}
        title: {from: pull_request.title}
        text: {from: pull_request.body}
        origin: {from: [pull_request.user.type, pull_request.user.login], map: {Bot: automated, "*[bot]": automated}}
      - when: {pull_request.number: "*", review: ~, comment: ~, action: opened}
        action: schedule
        time: {from: pull_request.created_at}
        item: {join: [repository.full_name, pull_request.number], with: "#"}
        case: {join: [repository.full_name, pull_request.number], with: "#"}
      - when: {pull_request.number: "*", review: ~, comment: ~, action: opened, pull_request.draft: "true"}
        action: suspend
        time: {from: pull_request.created_at}
        item: {join: [repository.full_name, pull_request.number], with: "#"}
        case: {join: [repository.full_name, pull_request.number], with: "#"}
        reason: draft
      - when: {pull_request.number: "*", review: ~, comment: ~, action: closed}
        action: {from: pull_request.merged, map: {"true": complete, "false": withdraw}}
        time: {from: [pull_request.closed_at, pull_request.updated_at]}
        item: {join: [repository.full_name, pull_request.number], with: "#"}
        case: {join: [repository.full_name, pull_request.number], with: "#"}
      - when: {pull_request.number: "*", review: ~, comment: ~, action: [reopened, assigned, review_requested, converted_to_draft, ready_for_review]}
        action: {from: action, map: {reopened: return, assigned: assign, review_requested: assign, converted_to_draft: suspend, ready_for_review: resume}}
        time: {from: pull_request.updated_at}
        item: {join: [repository.full_name, pull_request.number], with: "#"}
        case: {join: [repository.full_name, pull_request.number], with: "#"}
      - when: {pull_request.number: "*", review: ~, comment: ~, action: [synchronize, edited]}
        action: revise
        time: {from: pull_request.updated_at}
        item: {join: [repository.full_name, pull_request.number], with: "#"}
        case: {join: [repository.full_name, pull_request.number], with: "#"}
        title: {from: pull_request.title}
        text: {from: pull_request.body}
      # Reviews
      - when: {review.id: "*", pull_request.number: "*", action: submitted, "!review.state": commented}
        action: {from: review.state, map: {approved: approve, changes_requested: reject}}
        time: {from: review.submitted_at}
        item: {join: [repository.full_name, pull_request.number], with: "#"}
        case: {join: [repository.full_name, pull_request.number], with: "#"}
      # What a review says is a comment; one that says nothing only holds comments, which come by themselves.
      - when: {review.id: "*", pull_request.number: "*", action: submitted, review.body: "*"}
        action: reply
        time: {from: review.submitted_at}
        item: {join: [repository.full_name, pull_request.number, review.id], with: "#"}
        refers_to: {join: [repository.full_name, pull_request.number], with: "#"}
        case: {join: [repository.full_name, pull_request.number], with: "#"}
        text: {from: review.body}
        origin: {from: [review.user.type, review.user.login], map: {Bot: automated, "*[bot]": automated}}
      # Discussions
      - when: {discussion.number: "*", comment: ~, action: created}
        action: create
        time: {from: discussion.created_at}
        item: {join: [repository.full_name, discussion.number], with: "#"}
        case: {join: [repository.full_name, discussion.number], with: "#"}
        title: {from: discussion.title}
        text: {from: discussion.body}
        origin: {from: [discussion.user.type, discussion.user.login], map: {Bot: automated, "*[bot]": automated}}
      - when: {discussion.number: "*", comment: ~, action: edited}
        action: revise
        time: {from: discussion.updated_at}
        item: {join: [repository.full_name, discussion.number], with: "#"}
        case: {join: [repository.full_name, discussion.number], with: "#"}
        title: {from: discussion.title}
        text: {from: discussion.body}
      # An answer was chosen: the question is settled.
      - when: {discussion.number: "*", comment: ~, action: answered}
        action: outcome
        time: {from: [discussion.answer_chosen_at, discussion.updated_at]}
        item: {join: [repository.full_name, discussion.number], with: "#"}
        case: {join: [repository.full_name, discussion.number], with: "#"}
        result: resolved
      - when: {discussion.number: "*", comment.id: "*", action: created}
        action: reply
        time: {from: comment.created_at}
        item: {join: [repository.full_name, discussion.number, comment.id], with: "#"}
        refers_to: {join: [repository.full_name, discussion.number], with: "#"}
        case: {join: [repository.full_name, discussion.number], with: "#"}
        text: {from: comment.body}
        origin: {from: [comment.user.type, comment.user.login], map: {Bot: automated, "*[bot]": automated}}
      # Releases
      - when: {release.id: "*", action: [published, released, prereleased]}
        action: publish
        stream: document
        time: {from: [release.published_at, release.created_at]}
        item: {from: release.html_url}
        title: {from: release.name}
        text: {from: release.body}
        origin: {from: [release.author.type, release.author.login], map: {Bot: automated, "*[bot]": automated}}
      - when: {release.id: "*", action: edited}
        action: revise
        stream: document
        time: {from: [release.updated_at, release.published_at]}
        item: {from: release.html_url}
        title: {from: release.name}
        text: {from: release.body}
    ignore:
      # An advisory of the whole of GitHub: it has neither a repository nor a sender.
      - {security_advisory.ghsa_id: "*"}
      # Labels, milestones, pushes, stars, checks, deployments and the like move no work.
      - {sender.login: "*"}
      - {repository.full_name: "*"}
    samples:
      - record: |
          {"action":"opened","issue":{"number":7,"title":"Late invoice","body":"It came twice.","user":{"login":"kim","type":"User"},"labels":[{"name":"billing"}],"created_at":"2026-03-02T09:15:00Z"},"repository":{"full_name":"acme/desk"},"sender":{"login":"kim","type":"User"}}
          {"action":"closed","issue":{"number":7,"state_reason":"completed","closed_at":"2026-03-03T09:15:00Z"},"repository":{"full_name":"acme/desk"},"sender":{"login":"lee","type":"User"}}
          {"action":"labeled","issue":{"number":7},"repository":{"full_name":"acme/desk"},"sender":{"login":"lee","type":"User"}}
          {"action":"reopened","issue":{"number":7,"updated_at":"2026-03-04T09:15:00Z"},"repository":{"full_name":"acme/desk"},"sender":{"login":"lee","type":"User"}}
        events:
          - {action: create, item: "acme/desk#7", title: Late invoice, category: billing, stage: acme/desk, actor: kim, stream: ticket, time: "2026-03-02T09:15:00Z"}
          - {action: schedule, item: "acme/desk#7", case: "acme/desk#7"}
          - {action: complete, result: completed, actor: lee}
          - {action: return}
      - record: |
          {"action":"opened","pull_request":{"number":9,"title":"Bump a","body":"Bumps a from 1 to 2.","user":{"login":"renovate[bot]","type":"Bot"},"created_at":"2026-03-02T09:15:00Z"},"repository":{"full_name":"acme/desk"},"sender":{"login":"renovate[bot]","type":"Bot"}}
          {"action":"submitted","review":{"id":1,"state":"changes_requested","submitted_at":"2026-03-02T10:15:00Z"},"pull_request":{"number":9},"repository":{"full_name":"acme/desk"},"sender":{"login":"lee","type":"User"}}
          {"action":"closed","pull_request":{"number":9,"merged":false,"closed_at":"2026-03-02T11:15:00Z"},"repository":{"full_name":"acme/desk"},"sender":{"login":"lee","type":"User"}}
          {"action":"created","comment":{"id":5,"body":"Why?","created_at":"2026-03-02T12:15:00Z","user":{"login":"lee","type":"User"}},"issue":{"number":9},"repository":{"full_name":"acme/desk"},"sender":{"login":"lee","type":"User"}}
        events:
          - {action: create, origin: automated, item: "acme/desk#9"}
          - {action: schedule}
          - {action: reject}
          - {action: withdraw}
          - {action: reply, item: "acme/desk#9#5", actor: lee}
      - record: |
          {"action":"opened","pull_request":{"number":10,"title":"Late fees","body":"Not yet done.","draft":true,"user":{"login":"kim","type":"User"},"created_at":"2026-03-02T09:15:00Z"},"repository":{"full_name":"acme/desk"},"sender":{"login":"kim","type":"User"}}
          {"action":"submitted","review":{"id":2,"state":"commented","body":null,"submitted_at":"2026-03-02T09:20:00Z"},"pull_request":{"number":10},"repository":{"full_name":"acme/desk"},"sender":{"login":"lee","type":"User"}}
          {"action":"submitted","review":{"id":3,"state":"approved","body":"Good.","user":{"login":"lee","type":"User"},"submitted_at":"2026-03-02T09:25:00Z"},"pull_request":{"number":10},"repository":{"full_name":"acme/desk"},"sender":{"login":"lee","type":"User"}}
          {"action":"edited","comment":{"id":5,"body":"Why not?","updated_at":"2026-03-02T12:20:00Z"},"issue":{"number":9},"repository":{"full_name":"acme/desk"},"sender":{"login":"lee","type":"User"}}
          {"action":"edited","discussion":{"number":11,"title":"How to pay","body":"By card?","updated_at":"2026-03-02T12:25:00Z"},"repository":{"full_name":"acme/desk"},"sender":{"login":"kim","type":"User"}}
          {"action":"answered","discussion":{"number":11,"answer_chosen_at":"2026-03-02T12:30:00Z"},"answer":{"id":6},"repository":{"full_name":"acme/desk"},"sender":{"login":"kim","type":"User"}}
          {"action":"published","release":{"id":1,"html_url":"https://git.example.org/acme/desk/1.0","name":"1.0","body":"First.","published_at":"2026-03-02T13:00:00Z"},"repository":{"full_name":"acme/desk"},"sender":{"login":"kim","type":"User"}}
          {"action":"edited","release":{"id":1,"html_url":"https://git.example.org/acme/desk/1.0","name":"1.0","body":"The first.","published_at":"2026-03-02T13:00:00Z","updated_at":"2026-03-02T14:00:00Z"},"repository":{"full_name":"acme/desk"},"sender":{"login":"kim","type":"User"}}
          {"action":"published","security_advisory":{"ghsa_id":"GHSA-0000-0000-0000","summary":"A hole","published_at":"2026-03-02T15:00:00Z"}}
        events:
          - {action: create, item: "acme/desk#10"}
          - {action: schedule}
          - {action: suspend, reason: draft}
          - {action: approve, item: "acme/desk#10", actor: lee}
          - {action: reply, item: "acme/desk#10#3", time: "2026-03-02T09:25:00Z"}
          - {action: revise, item: "acme/desk#9#5", time: "2026-03-02T12:20:00Z"}
          - {action: revise, item: "acme/desk#11", case: "acme/desk#11"}
          - {action: outcome, item: "acme/desk#11", result: resolved}
          - {action: publish, stream: document, item: "https://git.example.org/acme/desk/1.0"}
          - {action: revise, stream: document, time: "2026-03-02T14:00:00Z"}
      - record: |
          {"action":"opened","issue":{"number":7,"title":"No time"},"repository":{"full_name":"acme/desk"}}
          {"who":"knows"}
        rejected: [missing-time, unmapped]

    """#
