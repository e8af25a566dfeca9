/// Web access logs: who fetched which page.
let accessLogFormatText = #"""
    format: web-access
    description: Web access logs in the common or combined form; successful fetches are reads of a page.
    record: text
    times: ["%d/%b/%Y:%H:%M:%S %z"]
    templates:
      - "{address} {_} {user} [{time}] \"{method} {path} {_}\" {status} {size} \"{referrer}\" \"{agent}\""
      - "{address} {_} {user} [{time}] \"{method} {path} {_}\" {status} {size}"
    fields:
      time: time
      item: {from: path, before: "?"}
      stage: {from: path, after: "/", before: "/"}
      actor: {from: user, absent: ["-"]}
      agent: agent
      recipient: address
    constants: {stream: document}
    events:
      - when: {method: GET, status: ["200", "206", "304"]}
        action: read
    ignore:
      - {method: "*", status: "*"}
    samples:
      - record: |
          192.0.2.7 - kim [02/Mar/2026:10:15:00 +0100] "GET /guides/plan.html?x=1 HTTP/1.1" 200 5120 "-" "Mozilla/5.0"
          192.0.2.7 - - [02/Mar/2026:10:15:01 +0100] "GET /guides/plan.html HTTP/1.1" 304 0
          192.0.2.7 - - [02/Mar/2026:10:15:02 +0100] "POST /login HTTP/1.1" 200 0 "-" "Mozilla/5.0"
        events:
          - {action: read, item: /guides/plan.html, stage: guides, actor: kim, stream: document, time: "2026-03-02T09:15:00Z"}
          - {action: read, actor: ""}
      - record: |
          192.0.2.7 - - [02/Mor/2026:10:15:01 +0100] "GET /a HTTP/1.1" 200 0
          something else
        rejected: [bad-time, unmapped]

    """#
