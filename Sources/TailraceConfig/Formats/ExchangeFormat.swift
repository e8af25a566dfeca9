/// Message tracking of Microsoft Exchange Server.
let exchangeTrackingFormatText = #"""
    format: exchange-message-tracking
    description: Message tracking logs of Exchange Server, CSV under a `#Fields` line.
    record: csv
    separator: ","
    comment: "#"
    order: time
    timezone: UTC
    fields:
      time: [date-time, DateTime]
      item: [message-id, network-message-id]
      stage: {from: [server-hostname, client-hostname]}
      actor: {from: sender-address, absent: ["<>"]}
      title: message-subject
      bytes: total-bytes
    constants: {stream: email}
    required: [time, item]
    events:
      - when: {event-id: [RECEIVE, SUBMIT]}
        action: send
        recipients: {from: recipient-count}
      - when: {event-id: RECEIVE}
        action: schedule
      - when: {event-id: [DELIVER, SEND, SENDEXTERNAL]}
        action: complete
      - when: {event-id: DEFER}
        action: defer
        reason: {from: recipient-status}
      - when: {event-id: [FAIL, BADMAIL, POISONMESSAGE]}
        action: bounce
        reason: {from: recipient-status}
    ignore:
      - {event-id: "*"}
    samples:
      - record: |
          #Software: Microsoft Exchange Server
          #Fields: date-time,server-hostname,event-id,message-id,sender-address,recipient-status,total-bytes,recipient-count,message-subject
          2026-03-02T09:15:00.120Z,EX1,RECEIVE,<m-1@example.org>,news@example.org,,1200,2,"March, the first"
          2026-03-02T09:15:01.120Z,EX1,HAREDIRECT,<m-1@example.org>,news@example.org,,1200,2,"March, the first"
          2026-03-02T09:15:02.120Z,EX1,FAIL,<m-1@example.org>,news@example.org,550 5.1.1,1200,1,"March, the first"
          #Fields: date-time,event-id,message-id,sender-address
          2026-03-02T09:15:03.120Z,DELIVER,<m-1@example.org>,news@example.org
        events:
          - {action: send, item: "<m-1@example.org>", stage: EX1, title: "March, the first", bytes: "1200", recipients: "2", time: "2026-03-02T09:15:00.120Z"}
          - {action: schedule}
          - {action: bounce, reason: 550 5.1.1}
          - {action: complete, stage: ""}
      - record: |
          #Fields: date-time,event-id,message-id
          soon,DELIVER,<m-1@example.org>
          2026-03-02T09:15:03.120Z,DELIVER,
        rejected: [bad-time, missing-item]

    """#
