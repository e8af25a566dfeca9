/// Ticket audits of Zendesk, one a line: what changed in a ticket, and what was said.
let zendeskFormatText = #"""
    format: zendesk-audits
    description: Zendesk ticket audits, one JSON audit a line.
    record: json
    inside: audits
    each: events
    fields:
      time: created_at
      item: ticket_id
      actor: author_id
      stage: {from: [group_name, group_id]}
    constants: {stream: ticket}
    events:
      - when: {ticket_id: "*", "events[].type": Create, "events[].field_name": status}
        action: schedule
      # A ticket need not begin as new: one from a call may be solved when it is written down.
      - when: {ticket_id: "*", "events[].type": Create, "events[].field_name": status, "events[].value": [open, pending, hold, solved, closed]}
        action: {from: "events[].value", map: {open: start, pending: suspend, hold: suspend, solved: complete, closed: complete}}
      - when: {ticket_id: "*", "events[].type": Create, "events[].field_name": subject}
        action: create
        title: {from: "events[].value"}
      - when: {ticket_id: "*", "events[].type": Change, "events[].field_name": status, "events[].previous_value": [solved, closed], "events[].value": [new, open, pending, hold]}
        action: return
      - when: {ticket_id: "*", "events[].type": Change, "events[].field_name": status, "!events[].previous_value": [solved, closed]}
        action: {from: "events[].value", map: {new: schedule, open: start, pending: suspend, hold: suspend, solved: complete, closed: complete, deleted: withdraw}}
      - when: {ticket_id: "*", "events[].type": Change, "events[].field_name": [assignee_id, group_id], "events[].value": "*"}
        action: assign
      - when: {ticket_id: "*", "events[].type": Comment, "events[].id": "*"}
        action: reply
        item: {join: [ticket_id, "events[].id"], with: "/"}
        refers_to: {from: ticket_id}
        actor: {from: ["events[].author_id", author_id]}
        text: {from: ["events[].plain_body", "events[].body"]}
    ignore:
      # From solved to closed nothing is done; tags, priorities and notifications move no work.
      - {ticket_id: "*"}
    samples:
      - record: |
          {"id":1,"ticket_id":35,"created_at":"2026-03-02T09:15:00Z","author_id":900,"events":[{"id":2,"type":"Comment","author_id":900,"plain_body":"It came twice."},{"id":3,"type":"Create","field_name":"subject","value":"Late invoice"},{"id":4,"type":"Create","field_name":"status","value":"new"},{"id":5,"type":"Notification"}]}
          {"id":6,"ticket_id":35,"created_at":"2026-03-02T10:15:00Z","author_id":901,"events":[{"id":7,"type":"Change","field_name":"status","value":"solved","previous_value":"open"}]}
          {"id":8,"ticket_id":35,"created_at":"2026-03-03T10:15:00Z","author_id":900,"events":[{"id":9,"type":"Change","field_name":"status","value":"open","previous_value":"solved"}]}
        events:
          - {action: reply, item: 35/2, actor: "900"}
          - {action: create, item: "35", title: Late invoice, time: "2026-03-02T09:15:00Z"}
          - {action: schedule}
          - {action: complete, actor: "901"}
          - {action: return}
      - record: |
          {"id":11,"ticket_id":36,"created_at":"2026-03-02T09:15:00Z","author_id":901,"events":[{"id":12,"type":"Create","field_name":"subject","value":"Called"},{"id":13,"type":"Create","field_name":"status","value":"solved"}]}
          {"id":14,"ticket_id":36,"created_at":"2026-03-02T10:15:00Z","author_id":901,"events":[{"id":15,"type":"Change","field_name":"status","value":"pending","previous_value":"solved"}]}
        events:
          - {action: create, item: "36", title: Called}
          - {action: schedule}
          - {action: complete, item: "36", actor: "901"}
          - {action: return, time: "2026-03-02T10:15:00Z"}
      - record: |
          {"id":6,"ticket_id":35,"author_id":901,"events":[{"id":7,"type":"Change","field_name":"status","value":"solved","previous_value":"open"}]}
          {"id":6,"ticket_id":35,"created_at":"2026-03-02T10:15:00Z","events":[{"id":7,"type":"Change","field_name":"status","value":"frozen","previous_value":"open"}]}
        rejected: [missing-time, unknown-action]

    """#
