/// Mails as Proofpoint sees them.
let proofpointPodFormatText = #"""
    format: proofpoint-pod
    description: Log stream of Proofpoint on Demand (message and maillog), one JSON event a line.
    record: json
    times: ["%Y-%m-%dT%H:%M:%S.%f%z"]
    fields:
      time: ts
      # The queue id is what the filter and the mail log have in common.
      item: [filter.qid, sm.qid, guid]
      stage: {from: [metadata.origin.data.agent, pps.agent]}
      # The envelope of a list or a service has an address of its own for every mail.
      actor: ["msg.parsedAddresses.from[0]", envelope.from, sm.from]
      title: ["msg.normalizedHeader.subject[0]", "msg.header.subject[0]"]
      bytes: filter.msgSizeBytes
    constants: {stream: email}
    events:
      - when: {guid: "*", filter.disposition: continue}
        action: send
        recipients: {from: count(envelope.rcpts)}
        category: {from: filter.routeDirection}
      - when: {guid: "*", filter.disposition: [discard, reject]}
        action: bounce
        reason: {from: [filter.quarantine.folder, filter.quarantine.rule, filter.disposition]}
        recipient: {from: "envelope.rcpts[0]"}
        category: {from: filter.routeDirection}
      - when: {guid: "*", filter.disposition: [retry, tempfail]}
        action: defer
        reason: {from: filter.disposition}
        category: {from: filter.routeDirection}
      - when: {sm.qid: "*", sm.stat: "*", sm.dsn: "4*"}
        action: defer
        reason: {from: sm.dsn}
        recipient: {from: "sm.to[0]"}
      - when: {sm.qid: "*", sm.stat: "*", sm.dsn: "5*"}
        action: bounce
        reason: {from: sm.dsn}
        recipient: {from: "sm.to[0]"}
    ignore:
      # What was delivered needs no further event; connections, parts of mails, digests.
      - {sm.qid: "*"}
      - {pps.agent: "*", sm: "*"}
      - {guid: "*", msgParts: "*"}
      - {guid: "*", filter: "*"}
      - {type: [maillog, msgParts, audit]}
    samples:
      - record: |
          {"guid":"g1","ts":"2026-03-02T09:15:00.250000-0800","type":"message","envelope":{"from":"news@example.org","rcpts":["a@example.com","b@example.com"]},"msg":{"normalizedHeader":{"subject":["March"],"message-id":["m-1@example.org"]}},"filter":{"qid":"22HFa0001","disposition":"continue","routeDirection":"outbound","msgSizeBytes":4096},"metadata":{"origin":{"data":{"agent":"mx1.example.org"}}}}
          {"id":"l1","ts":"2026-03-02T09:15:01.250000-0800","type":"maillog","sm":{"qid":"22HFa0001","to":["a@example.com"],"stat":"Sent","dsn":"2.0.0"},"pps":{"agent":"mx1.example.org"}}
          {"id":"l2","ts":"2026-03-02T09:15:02.250000-0800","type":"maillog","sm":{"qid":"22HFa0001","to":["b@example.com"],"stat":"Deferred: Connection timed out","dsn":"4.4.1"},"pps":{"agent":"mx1.example.org"}}
          {"id":"l3","ts":"2026-03-02T10:15:02.250000-0800","type":"maillog","sm":{"qid":"22HFa0001","to":["b@example.com"],"stat":"User unknown","dsn":"5.1.1"},"pps":{"agent":"mx1.example.org"}}
          {"guid":"g2","ts":"2026-03-02T10:16:00.000000-0800","type":"message","envelope":{"from":"x@example.com","rcpts":["kim@example.org"]},"filter":{"disposition":"discard","routeDirection":"inbound","quarantine":{"folder":"Phish","rule":"phish"}}}
          {"guid":"g1","ts":"2026-03-02T10:17:00.000000-0800","type":"msgParts","msgParts":{"labeledName":"text.html"}}
        events:
          - {action: send, item: 22HFa0001, title: March, recipients: "2", bytes: "4096", stage: mx1.example.org, category: outbound, actor: news@example.org, time: "2026-03-02T17:15:00.250Z"}
          - {action: defer, reason: 4.4.1, stage: mx1.example.org}
          - {action: bounce, item: 22HFa0001, reason: 5.1.1}
          - {action: bounce, item: g2, reason: Phish}
      - record: |
          {"guid":"g1","filter":{"disposition":"continue"}}
          {"guid":"g1","ts":"soon","filter":{"disposition":"continue"}}
          {"hello":"world"}
        rejected: [missing-time, bad-time, unmapped]

    """#

let proofpointTAPFormatText = #"""
    format: proofpoint-tap
    description: Proofpoint Targeted Attack Protection (SIEM API), one JSON message or click a line; mails with threats, and clicks on them.
    record: json
    order: none
    fields:
      time: [clickTime, messageTime]
      # A click and its mail share the GUID; their message ids are written differently.
      item: [GUID, messageID]
      title: subject
      # The envelope of a list or a service has an address of its own for every mail.
      actor: ["fromAddress[0]", sender]
      recipient: ["recipient[0]", recipient]
      bytes: messageSize
      category: ["threatsInfoMap[0].classification", classification]
    constants: {stream: email, stage: proofpoint}
    events:
      - when: {messageTime: "*", messageID: "*", quarantineFolder: "*"}
        action: bounce
        reason: {from: quarantineFolder}
      - when: {messageTime: "*", messageID: "*", quarantineFolder: ~, status: blocked}
        action: bounce
        reason: {from: status}
      - when: {messageTime: "*", messageID: "*", quarantineFolder: ~, "!status": blocked}
        action: send
        recipients: {from: count(recipient)}
      - when: {clickTime: "*", url: "*"}
        action: click
        actor: {from: recipient}
        actor_kind: human
        reason: {from: status}
    samples:
      - record: |
          {"type":"message","status":"delivered","GUID":"g1","messageID":"<m-1@example.org>","messageTime":"2026-03-02T09:15:00.000Z","sender":"news@example.org","fromAddress":["news@example.org"],"recipient":["kim@example.com"],"subject":"March","messageSize":4096,"quarantineFolder":null,"threatsInfoMap":[{"classification":"phish"}]}
          {"type":"click","status":"permitted","GUID":"g1","messageID":"m-1@example.org","clickTime":"2026-03-02T09:30:00.000Z","sender":"news@example.org","recipient":"kim@example.com","url":"https://example.org/offer","classification":"phish"}
          {"messageID":"<m-2@example.org>","messageTime":"2026-03-02T09:20:00Z","sender":"x@example.org","recipient":["kim@example.com"],"subject":"April","quarantineFolder":"Phish","quarantineRule":"phish"}
        events:
          - {action: send, item: g1, title: March, actor: news@example.org, bytes: "4096", category: phish, recipients: "1", time: "2026-03-02T09:15:00Z"}
          - {action: click, item: g1, actor: kim@example.com, reason: permitted}
          - {action: bounce, item: "<m-2@example.org>", reason: Phish}
      - record: |
          {"messageTime":"later","messageID":"<m-2@example.org>"}
          {"hello":"world"}
        rejected: [bad-time, unmapped]

    """#
