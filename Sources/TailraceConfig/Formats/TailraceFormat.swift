/// The event line that all other formats are turned into: one JSON object a line.
let tailraceFormatText = #"""
    format: tailrace
    description: One JSON object a line, in Tailrace's own words.
    record: json
    types: strict
    order: time
    fields:
      time: time
      stream: stream
      action: action
      item: item
      case: case
      stage: stage
      actor: actor
      team: team
      origin: origin
      actor_kind: actor_kind
      refers_to: refers_to
      recipient: recipient
      title: title
      text: text
      bytes: bytes
      recipients: recipients
      effort: effort
      amount: amount
      limit: limit
      currency: currency
      category: category
      result: result
      reason: reason
    samples:
      - record: |
          {"time":"2026-03-02T09:15:00+01:00","stream":"ticket","action":"schedule","item":"T-1","case":"C-1","stage":"dealdesk","origin":"assisted"}
          {"time":1772439300,"stream":"ticket","action":"complete","item":"T-1","stage":"dealdesk","actor":"kim","team":"sales-ops","actor_kind":"human","effort":2700}
        events:
          - {time: "2026-03-02T08:15:00Z", stream: ticket, action: schedule, item: T-1, stage: dealdesk, origin: assisted}
          - {time: "2026-03-02T08:15:00Z", stream: ticket, action: complete, item: T-1, actor: kim, team: sales-ops}
      # The accepted aliases become the names they stand for; milliseconds above 10^11.
      - record: |
          {"time":1772439300000,"stream":"ticket","action":"enqueue","item":"T-2","stage":"legal"}
          {"time":"2026-03-02T08:15:00Z","stream":"ticket","action":"reopen","item":"T-2","stage":"legal"}
          {"time":"2026-03-02T08:15:00Z","stream":"email","action":"soft_bounce","item":"M-1"}
        events:
          - {time: "2026-03-02T08:15:00Z", action: schedule}
          - {action: return}
          - {action: defer, stream: email}
      # Unknown fields are skipped, whatever they hold.
      - record: |
          {"time":"2026-03-02T08:15:00Z","stream":"document","action":"publish","item":"D-1","x":{"y":[1,2]},"title":"Plan"}
        events:
          - {stream: document, action: publish, title: Plan}
      - record: |
          {"time":"2026-03-02T08:15:00Z","stream":"ticket","action":"ponder","item":"T-3"}
          {"time":"2026-03-02T08:15:00Z","stream":"fax","action":"send","item":"T-3"}
          {"stream":"ticket","action":"start","item":"T-3"}
          {"time":"2026-03-02T08:15:00Z","stream":"ticket","action":"start"}
          {"time":"yesterday","stream":"ticket","action":"start","item":"T-3"}
          {"time":"2026-03-02T08:15:00Z","stream":"ticket",
        rejected: [unknown-action, unknown-stream, missing-time, missing-item, bad-time, syntax]

    """#
