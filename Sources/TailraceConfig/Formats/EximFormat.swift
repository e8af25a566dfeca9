/// The main log of Exim: its queue, and what became of the messages in it.
let eximFormatText = #"""
    format: exim
    description: Main log of Exim.
    record: text
    templates:
      - "{date} {clock} {queue} <= {from} {*}"
      - "{date} {clock} {queue} == {to} {rest}"
      - "{date} {clock} {queue} ** {to} {rest}"
      - "{date} {clock} {queue} Completed"
      - "{date} {clock} {rest}"
    fields:
      time: {join: [date, clock], with: " "}
      item: queue
    constants: {stream: email, stage: exim}
    events:
      - when: {queue: "*", from: "*"}
        action: send
        actor: {from: from, absent: ["<>"]}
        bytes: {from: S}
        title: {from: T}
      - when: {queue: "*", from: "*"}
        action: schedule
      - when: {queue: "*", to: "*", message: "* == *"}
        action: defer
        recipient: {from: to}
      - when: {queue: "*", to: "*", message: "* \\*\\* *"}
        action: bounce
        recipient: {from: to}
      - when: {queue: "*", message: "* Completed"}
        action: complete
    ignore:
      - {date: "20*-*-*", clock: "*:*:*"}
    samples:
      - record: |
          2026-03-02 09:15:00 1tqABC-0001xy-2B <= news@example.org H=mail.example.org [192.0.2.1] P=esmtps S=1200 id=m-1@example.org T="March, the first"
          2026-03-02 09:15:02 1tqABC-0001xy-2B => a@example.com R=dnslookup T=remote_smtp H=mx.example.com [192.0.2.9]
          2026-03-02 09:15:03 1tqABC-0001xy-2B == b@example.com R=dnslookup T=remote_smtp defer (-44): later
          2026-03-02 10:15:03 1tqABC-0001xy-2B ** b@example.com R=dnslookup T=remote_smtp: unknown user
          2026-03-02 10:15:04 1tqABC-0001xy-2B Completed
          2026-03-02 10:16:00 Start queue run: pid=4711
        events:
          - {action: send, item: 1tqABC-0001xy-2B, title: "March, the first", bytes: "1200", actor: news@example.org, stage: exim, time: "2026-03-02T09:15:00Z"}
          - {action: schedule}
          - {action: defer}
          - {action: bounce}
          - {action: complete, time: "2026-03-02T10:15:04Z"}
      - record: |
          2026-03-42 10:15:04 1tqABC-0001xy-2B Completed
          once upon a time
        rejected: [bad-time, unmapped]

    """#
