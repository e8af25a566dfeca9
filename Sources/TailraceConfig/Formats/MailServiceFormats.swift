/// Event streams of services that send mail: Amazon SES, SendGrid, Mailgun; and the message trace of Microsoft 365.
let amazonSESFormatText = #"""
    format: amazon-ses
    description: Amazon SES event publishing, one JSON event a line.
    record: json
    inside: [Message, detail]
    fields:
      item: mail.messageId
      stage: {from: ["mail.tags.ses:configuration-set[0]", mail.source], after: "<", before: ">"}
      actor: mail.source
      title: mail.commonHeaders.subject
      recipient: "mail.destination[0]"
      recipients: count(mail.destination)
    constants: {stream: email}
    events:
      - when: {eventType: Send}
        action: send
        time: {from: mail.timestamp}
      - when: {eventType: Bounce, bounce.bounceType: Permanent}
        action: bounce
        time: {from: bounce.timestamp}
        reason: {from: bounce.bounceSubType}
      - when: {eventType: Bounce, "!bounce.bounceType": Permanent}
        action: defer
        time: {from: bounce.timestamp}
        reason: {from: bounce.bounceSubType}
      - when: {eventType: DeliveryDelay}
        action: defer
        time: {from: deliveryDelay.timestamp}
        reason: {from: deliveryDelay.delayType}
      - when: {eventType: Complaint}
        action: complain
        time: {from: complaint.timestamp}
      - when: {eventType: Open}
        action: read
        time: {from: open.timestamp}
      - when: {eventType: Click}
        action: click
        time: {from: click.timestamp}
      - when: {eventType: Subscription}
        action: unsubscribe
        time: {from: subscription.timestamp}
      - when: {eventType: [Reject, Rendering Failure]}
        action: bounce
        time: {from: mail.timestamp}
        reason: {from: [reject.reason, failure.errorMessage]}
    ignore:
      # What was sent and did not bounce is delivered.
      - {eventType: Delivery}
    samples:
      - record: |
          {"eventType":"Send","mail":{"timestamp":"2026-03-02T09:15:00.000Z","source":"News <news@example.org>","messageId":"m-1","destination":["a@example.com","b@example.com"],"commonHeaders":{"subject":"March"},"tags":{"ses:configuration-set":["newsletter"]}}}
          {"eventType":"Bounce","mail":{"timestamp":"2026-03-02T09:15:00.000Z","messageId":"m-1"},"bounce":{"bounceType":"Permanent","bounceSubType":"General","timestamp":"2026-03-02T09:16:00.000Z"}}
          {"eventType":"Delivery","mail":{"messageId":"m-1"},"delivery":{"timestamp":"2026-03-02T09:16:00.000Z"}}
          {"eventType":"Open","mail":{"messageId":"m-1"},"open":{"timestamp":"2026-03-02T10:16:00.000Z"}}
        events:
          - {action: send, item: m-1, stage: newsletter, title: March, recipients: "2", time: "2026-03-02T09:15:00Z", stream: email}
          - {action: bounce, reason: General, time: "2026-03-02T09:16:00Z"}
          - {action: read}
      - record: |
          {"eventType":"Open","mail":{"messageId":"m-1"}}
          {"eventType":"Send","mail":{"timestamp":"2026-03-02T09:15:00.000Z"}}
          {"eventType":"Teleport","mail":{"messageId":"m-1"}}
        rejected: [missing-time, missing-item, unmapped]

    """#

let sendGridFormatText = #"""
    format: sendgrid
    description: SendGrid event webhook, one JSON event a line.
    record: json
    fields:
      time: timestamp
      item: {from: [sg_message_id, smtp-id]}
      stage: {from: ["category[0]", category]}
      recipient: email
      reason: {from: [reason, response]}
    constants: {stream: email}
    events:
      - when: {event: processed, sg_event_id: "*"}
        action: send
      - when: {event: bounce, "!type": blocked, sg_event_id: "*"}
        action: bounce
      - when: {event: [bounce, blocked], type: blocked, sg_event_id: "*"}
        action: defer
      - when: {event: [deferred, dropped, open, click, spamreport, unsubscribe, group_unsubscribe], sg_event_id: "*"}
        action: {from: event, map: {deferred: defer, dropped: bounce, open: read, click: click, spamreport: complain, unsubscribe: unsubscribe, group_unsubscribe: unsubscribe}}
    ignore:
      - {event: [delivered, group_resubscribe], sg_event_id: "*"}
    samples:
      - record: |
          {"email":"a@example.com","timestamp":1772442900,"event":"processed","category":["newsletter"],"sg_event_id":"e1","sg_message_id":"m-1"}
          {"email":"a@example.com","timestamp":1772442960,"event":"delivered","sg_event_id":"e2","sg_message_id":"m-1"}
          {"email":"a@example.com","timestamp":1772442960,"event":"bounce","type":"blocked","reason":"451 later","category":"newsletter","sg_event_id":"e3","sg_message_id":"m-1"}
          {"email":"a@example.com","timestamp":1772443000,"event":"open","sg_event_id":"e4","sg_message_id":"m-1"}
        events:
          - {action: send, item: m-1, stage: newsletter, time: "2026-03-02T09:15:00Z"}
          - {action: defer, reason: 451 later, stage: newsletter}
          - {action: read}
      - record: |
          {"email":"a@example.com","event":"open","sg_event_id":"e4","sg_message_id":"m-1"}
          {"email":"a@example.com","timestamp":1772443000,"event":"open","sg_event_id":"e4"}
        rejected: [missing-time, missing-item]

    """#

let mailgunFormatText = #"""
    format: mailgun
    description: Mailgun events, of the webhook or of the events API, one JSON event a line.
    record: json
    inside: items
    fields:
      time: {from: [event-data.timestamp, timestamp]}
      item: {from: [event-data.message.headers.message-id, message.headers.message-id]}
      stage: {from: ["event-data.tags[0]", "tags[0]", event-data.envelope.sender, envelope.sender]}
      actor: {from: [event-data.envelope.sender, envelope.sender]}
      title: {from: [event-data.message.headers.subject, message.headers.subject]}
      bytes: {from: [event-data.message.size, message.size]}
      recipient: {from: [event-data.recipient, recipient]}
      reason: {from: [event-data.reason, reason]}
    constants: {stream: email}
    events:
      - when: {"!event-data.severity": temporary, "!severity": temporary, "!event-data.event": [delivered, stored], "!event": [delivered, stored]}
        action: {from: [event-data.event, event], map: {accepted: send, failed: bounce, rejected: bounce, opened: read, clicked: click, unsubscribed: unsubscribe, complained: complain}}
      - when: {event-data.event: failed, event-data.severity: temporary}
        action: defer
      - when: {event: failed, severity: temporary}
        action: defer
    ignore:
      - {event-data.event: [delivered, stored]}
      - {event: [delivered, stored], message.headers.message-id: "*"}
    samples:
      - record: |
          {"event-data":{"event":"accepted","timestamp":1772442900.25,"tags":["newsletter"],"recipient":"a@example.com","message":{"size":1200,"headers":{"message-id":"m-1","subject":"March","from":"News <news@example.org>"}}}}
          {"event":"failed","severity":"temporary","timestamp":1772442960.5,"recipient":"a@example.com","reason":"greylisted","message":{"headers":{"message-id":"m-1"}}}
          {"event":"delivered","timestamp":1772442970.5,"message":{"headers":{"message-id":"m-1"}}}
          {"event":"clicked","timestamp":1772442990,"message":{"headers":{"message-id":"m-1"}}}
        events:
          - {action: send, item: m-1, stage: newsletter, title: March, bytes: "1200", time: "2026-03-02T09:15:00.250Z"}
          - {action: defer, reason: greylisted}
          - {action: click}
      - record: |
          {"event":"opened","message":{"headers":{"message-id":"m-1"}}}
          {"event":"opened","timestamp":1772442990}
          {"event":"juggled","timestamp":1772442990,"message":{"headers":{"message-id":"m-1"}}}
        rejected: [missing-time, missing-item, unknown-action]

    """#

let messageTraceFormatText = #"""
    format: microsoft-365-message-trace
    description: Message trace of Exchange Online, one JSON row a line.
    record: json
    inside: [value, d.results]
    timezone: UTC
    fields:
      time: {from: [Received, receivedDateTime], after: "(", before: ")"}
      item: {from: [MessageId, messageId]}
      stage: {from: [SenderAddress, senderAddress], after: "@"}
      actor: {from: [SenderAddress, senderAddress]}
      title: {from: [Subject, subject]}
      recipient: {from: [RecipientAddress, recipientAddress]}
      bytes: {from: [Size, size]}
    constants: {stream: email}
    events:
      - when: {MessageTraceId: "*", Status: [Delivered, Expanded, GettingStatus, None, FilteredAsSpam, Resolved, Pending]}
        action: send
      - when: {MessageTraceId: "*", Status: [Failed, Quarantined]}
        action: bounce
        reason: {from: Status}
      - when: {id: "*", messageId: "*", status: [delivered, expanded, gettingStatus, filteredAsSpam, pending]}
        action: send
      - when: {id: "*", messageId: "*", status: [failed, quarantined]}
        action: bounce
        reason: {from: status}
    samples:
      - record: |
          {"MessageId":"<m-1@example.org>","Received":"/Date(1772442900240)/","SenderAddress":"news@example.org","RecipientAddress":"a@example.com","Subject":"March","Status":"Delivered","Size":87680,"MessageTraceId":"t-1"}
          {"id":"t-2","messageId":"<m-2@example.org>","receivedDateTime":"2026-03-02T09:16:00Z","senderAddress":"news@example.org","recipientAddress":"a@example.com","subject":"April","status":"failed","size":10}
        events:
          - {action: send, item: "<m-1@example.org>", title: March, bytes: "87680", stage: example.org, time: "2026-03-02T09:15:00.240Z"}
          - {action: bounce, item: "<m-2@example.org>", reason: failed, time: "2026-03-02T09:16:00Z"}
      - record: |
          {"MessageId":"<m-1@example.org>","SenderAddress":"news@example.org","Status":"Delivered","MessageTraceId":"t-1"}
          {"Received":"2026-03-02T09:16:00","SenderAddress":"news@example.org","Status":"Delivered","MessageTraceId":"t-1"}
        rejected: [missing-time, missing-item]

    """#
