/// Envelopes of DocuSign.
let docuSignFormatText = #"""
    format: docusign-connect
    description: DocuSign Connect, one JSON event a line; envelopes on their way to being signed.
    record: json
    fields:
      time: generatedDateTime
      item: data.envelopeId
      case: data.envelopeId
      stage: {from: [data.envelopeSummary.sender.email, data.envelopeSummary.sender.userName, data.accountId]}
      actor: [data.email, data.envelopeSummary.sender.email, data.userId]
      title: data.envelopeSummary.emailSubject
    constants: {stream: document}
    events:
      - when: {event: envelope-created, data.envelopeId: "*"}
        action: create
      # What was sent waits to be signed.
      - when: {event: [envelope-sent, envelope-resent], data.envelopeId: "*"}
        action: send
      - when: {event: envelope-sent, data.envelopeId: "*"}
        action: schedule
      - when: {event: recipient-delivered, data.envelopeId: "*"}
        action: read
      - when: {event: recipient-reassign, data.envelopeId: "*"}
        action: assign
      - when: {event: [recipient-completed, recipient-signed], data.envelopeId: "*"}
        action: approve
      - when: {event: recipient-declined, data.envelopeId: "*"}
        action: reject
        reason: {from: [data.terminationReason, data.declinedReason]}
      - when: {event: recipient-autoresponded, data.envelopeId: "*"}
        action: bounce
        reason: autoresponded
      - when: {event: envelope-completed, data.envelopeId: "*"}
        action: complete
        result: signed
      - when: {event: [envelope-declined, envelope-voided], data.envelopeId: "*"}
        action: withdraw
        reason: {from: [data.envelopeSummary.voidedReason, event]}
    ignore:
      # Corrections, deliveries, purges, templates, and other products of DocuSign.
      - {event: ["envelope-*", "recipient-*", "template-*", "click-*", "sms-*"], generatedDateTime: "*"}
    samples:
      - record: |
          {"event":"envelope-sent","apiVersion":"v2.1","generatedDateTime":"2026-03-02T09:15:00.250Z","data":{"accountId":"a1","userId":"u1","envelopeId":"e1","envelopeSummary":{"status":"sent","emailSubject":"Offer 7","sender":{"email":"kim@example.org"}}}}
          {"event":"recipient-delivered","generatedDateTime":"2026-03-02T10:15:00Z","data":{"accountId":"a1","envelopeId":"e1","recipientId":"1","email":"ann@example.com","envelopeSummary":{"sender":{"email":"kim@example.org"}}}}
          {"event":"recipient-completed","generatedDateTime":"2026-03-02T10:20:00Z","data":{"accountId":"a1","envelopeId":"e1","recipientId":"1","email":"ann@example.com","envelopeSummary":{"sender":{"email":"kim@example.org"}}}}
          {"event":"envelope-completed","generatedDateTime":"2026-03-02T10:20:01Z","data":{"accountId":"a1","envelopeId":"e1","envelopeSummary":{"status":"completed","sender":{"email":"kim@example.org"}}}}
          {"event":"envelope-corrected","generatedDateTime":"2026-03-02T10:20:01Z","data":{"envelopeId":"e2"}}
        events:
          - {action: send, item: e1, title: Offer 7, actor: kim@example.org, stage: kim@example.org, stream: document, time: "2026-03-02T09:15:00.250Z"}
          - {action: schedule}
          - {action: read, actor: ann@example.com}
          - {action: approve, actor: ann@example.com}
          - {action: complete, result: signed}
      - record: |
          {"event":"recipient-declined","generatedDateTime":"2026-03-02T10:20:00Z","data":{"accountId":"a1","envelopeId":"e3","email":"ann@example.com","terminationReason":"Too dear"}}
          {"event":"envelope-voided","data":{"envelopeId":"e3"}}
          {"event":"tea-made","generatedDateTime":"2026-03-02T10:20:00Z"}
        events:
          - {action: reject, item: e3, stage: a1, reason: Too dear}
        rejected: [missing-time, unmapped]

    """#
