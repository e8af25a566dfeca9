/// Webhooks of GitLab, one delivery a line: issues, merge requests, notes.
let gitLabFormatText = #"""
    format: gitlab-webhook
    description: GitLab webhook deliveries, one JSON payload a line.
    record: json
    inside: payload
    timezone: UTC
    times: ["%Y-%m-%d %H:%M:%S %z"]
    fields:
      stage: project.path_with_namespace
      actor: user.username
      case: {join: [project.path_with_namespace, object_attributes.iid], with: "#"}
    constants: {stream: ticket}
    events:
      - when: {object_kind: [issue, merge_request, work_item], object_attributes.action: open}
        action: create
        time: {from: object_attributes.created_at}
        item: {join: [project.path_with_namespace, object_kind, object_attributes.iid], with: "#"}
        title: {from: object_attributes.title}
        text: {from: object_attributes.description}
        category: {from: "labels[0].title"}
      - when: {object_kind: [issue, merge_request, work_item], object_attributes.action: open}
        action: schedule
        time: {from: object_attributes.created_at}
        item: {join: [project.path_with_namespace, object_kind, object_attributes.iid], with: "#"}
      - when: {object_kind: [issue, merge_request, work_item], object_attributes.action: [close, merge, reopen, approved, unapproved]}
        action: {from: object_attributes.action, map: {close: complete, merge: complete, reopen: return, approved: approve, unapproved: reject}}
        time: {from: object_attributes.updated_at}
        item: {join: [project.path_with_namespace, object_kind, object_attributes.iid], with: "#"}
      - when: {object_kind: [issue, merge_request, work_item], object_attributes.action: update, changes.assignees: "*"}
        action: assign
        time: {from: object_attributes.updated_at}
        item: {join: [project.path_with_namespace, object_kind, object_attributes.iid], with: "#"}
      - when: {object_kind: [issue, merge_request, work_item], object_attributes.action: update, changes.description: "*"}
        action: revise
        time: {from: object_attributes.updated_at}
        item: {join: [project.path_with_namespace, object_kind, object_attributes.iid], with: "#"}
        title: {from: object_attributes.title}
        text: {from: object_attributes.description}
      - when: {object_kind: note, issue.iid: "*"}
        action: reply
        time: {from: object_attributes.created_at}
        item: {join: [project.path_with_namespace, object_attributes.id], with: "#note"}
        refers_to: {join: [project.path_with_namespace, issue.iid], with: "#issue#"}
        case: {join: [project.path_with_namespace, issue.iid], with: "#"}
        text: {from: object_attributes.note}
      - when: {object_kind: note, merge_request.iid: "*"}
        action: reply
        time: {from: object_attributes.created_at}
        item: {join: [project.path_with_namespace, object_attributes.id], with: "#note"}
        refers_to: {join: [project.path_with_namespace, merge_request.iid], with: "#merge_request#"}
        case: {join: [project.path_with_namespace, merge_request.iid], with: "#"}
        text: {from: object_attributes.note}
    ignore:
      # Other changes, and deliveries of other kinds: pushes, pipelines, releases.
      - {object_kind: "*"}
    samples:
      - record: |
          {"object_kind":"issue","user":{"username":"kim"},"project":{"path_with_namespace":"acme/desk"},"object_attributes":{"iid":23,"title":"Late invoice","description":"It came twice.","action":"open","created_at":"2026-03-02 09:15:00 UTC","updated_at":"2026-03-02 09:15:00 UTC"},"labels":[{"title":"billing"}]}
          {"object_kind":"merge_request","user":{"username":"lee"},"project":{"path_with_namespace":"acme/desk"},"object_attributes":{"iid":4,"action":"merge","updated_at":"2026-03-02T10:15:00+01:00"}}
          {"object_kind":"push","project":{"path_with_namespace":"acme/desk"}}
          {"object_kind":"note","user":{"username":"lee"},"project":{"path_with_namespace":"acme/desk"},"object_attributes":{"id":99,"note":"Looks right.","created_at":"2026-03-02 11:15:00 UTC"},"merge_request":{"iid":4}}
        events:
          - {action: create, item: "acme/desk#issue#23", title: Late invoice, category: billing, time: "2026-03-02T09:15:00Z"}
          - {action: schedule}
          - {action: complete, item: "acme/desk#merge_request#4", actor: lee, time: "2026-03-02T09:15:00Z"}
          - {action: reply, item: "acme/desk#note99"}
      - record: |
          {"object_kind":"issue","user":{"username":"kim"},"project":{"path_with_namespace":"acme/desk"},"object_attributes":{"iid":23,"action":"close"}}
          {"object_kind":"issue","user":{"username":"kim"},"object_attributes":{"action":"close","updated_at":"2026-03-02 09:15:00 UTC"}}
        rejected: [missing-time, missing-item]

    """#
