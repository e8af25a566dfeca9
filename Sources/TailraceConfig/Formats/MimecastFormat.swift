/// Mails as Mimecast sees them.
let mimecastFormatText = #"""
    format: mimecast
    description: Mimecast email security events (SIEM), one JSON event a line; receipt, process, delivery of mails and clicks on links.
    record: json
    inside: data
    fields:
      time: timestamp
      # The parts of one mail share the aggregate, not always the message id.
      item: [aggregateId, messageId]
      title: subject
      # The envelope of a list or a service has an address of its own for every mail.
      actor: [senderHeader, senderEnvelope, sender]
      recipient: [recipients, recipient]
      bytes: emailSize
      category: [direction, route]
    constants: {stream: email, stage: mimecast}
    events:
      - when: {type: receipt, action: Acc, aggregateId: "*"}
        action: send
      - when: {type: receipt, action: Acc, aggregateId: "*"}
        action: schedule
      - when: {type: receipt, action: Rej, aggregateId: "*"}
        action: bounce
        reason: {from: [rejectionType, rejectionCode]}
      - when: {type: process, action: [Hld, Sdbx], aggregateId: "*"}
        action: suspend
        reason: {from: [holdReason, action]}
      - when: {type: process, action: Bnc, aggregateId: "*"}
        action: bounce
        reason: {from: holdReason}
      - when: {type: delivery, delivered: "true", aggregateId: "*"}
        action: complete
      - when: {type: delivery, delivered: "false", aggregateId: "*", "!rejectionCode": "5*"}
        action: defer
        reason: {from: [rejectionType, rejectionCode, deliveryErrors]}
      - when: {type: delivery, delivered: "false", aggregateId: "*", rejectionCode: "5*"}
        action: bounce
        reason: {from: [rejectionType, rejectionCode, deliveryErrors]}
      # The address of the client is there when somebody followed the link.
      - when: {type: url protect, url: "*", sourceIp: "*", aggregateId: "*"}
        action: click
        # Who clicked is the recipient.
        actor: {from: [recipients, recipient]}
        actor_kind: human
        reason: {from: action}
    ignore:
      # Journals, scans of attachments and links, impersonation and virus checks: another event says what became of the mail.
      - {type: "*", aggregateId: "*"}
      - {eventType: "*", aggregateId: "*"}
    samples:
      - record: |
          {"aggregateId":"g1","processingId":"p1","accountId":"c1","timestamp":1772442900000,"action":"Acc","senderEnvelope":"news@example.org","messageId":"<m-1@example.org>","subject":"March","recipients":"a@example.com","direction":"inbound","type":"receipt","subtype":"Acc"}
          {"aggregateId":"g1","processingId":"p1","accountId":"c1","timestamp":1772442901000,"action":"Hld","senderEnvelope":"news@example.org","messageId":"<m-1@example.org>","subject":"March","holdReason":"Spm","emailSize":"4096","type":"process","subtype":"Hld"}
          {"aggregateId":"g1","processingId":"p1","accountId":"c1","timestamp":1772446500000,"senderEnvelope":"news@example.org","recipients":"a@example.com","delivered":"true","emailSize":"4096","direction":"Inbound","type":"delivery","subtype":"true"}
          {"aggregateId":"g1","processingId":"r1","accountId":"c1","timestamp":1772447500000,"url":"https://example.org/offer","sourceIp":"192.0.2.1","senderEnvelope":"news@example.org","recipients":"a@example.com","action":"Allow","route":"inbound","type":"url protect","subtype":"Allow"}
          {"aggregateId":"g1","processingId":"p1","accountId":"c1","timestamp":1772447600000,"type":"journal","subtype":null}
        events:
          - {action: send, item: g1, title: March, actor: news@example.org, category: inbound, stream: email, stage: mimecast, time: "2026-03-02T09:15:00Z"}
          - {action: schedule}
          - {action: suspend, reason: Spm, bytes: "4096"}
          - {action: complete, time: "2026-03-02T10:15:00Z"}
          - {action: click, actor: a@example.com, reason: Allow}
      - record: |
          {"aggregateId":"g2","timestamp":1772442900000,"action":"Rej","rejectionType":"Invalid Recipient","rejectionCode":"550","type":"receipt"}
          {"aggregateId":"g3","timestamp":1772442900000,"delivered":"false","rejectionCode":"421","rejectionType":"Busy","type":"delivery"}
          {"aggregateId":"g3","timestamp":1772442960000,"delivered":"false","rejectionCode":"550","type":"delivery"}
        events:
          - {action: bounce, reason: Invalid Recipient}
          - {action: defer, reason: Busy}
          - {action: bounce, item: g3, reason: "550"}
      - record: |
          {"aggregateId":"g2","action":"Acc","type":"receipt"}
          {"aggregateId":"g2","timestamp":"later","action":"Acc","type":"receipt"}
          {"hello":"world"}
        rejected: [missing-time, bad-time, unmapped]

    """#
