/// What Postfix writes to syslog: its queue, and what became of the messages in it.
let postfixFormatText = #"""
    format: postfix
    description: Mail log of Postfix, as syslog writes it.
    record: syslog
    times: ["%b %e %H:%M:%S", "%b %e %H:%M:%S.%f"]
    templates:
      - "{queue}: message-id=<{id}>"
      - "{queue}: removed"
      - "{queue}: warning: header Subject: {+subject} from {_}; from={_}"
      - "NOQUEUE: {verdict}: {command} from {client}: {code} {*}"
      - "NOQUEUE: {verdict}: {command} from {client}: {rest}"
      - "{queue}: milter-{verdict}: {rest}"
      - "{queue}: reject: {rest}"
      - "{queue}: {*}"
    fields:
      time: time
      # A queue id is used again some day, but not on this host while the message is there.
      item: {join: [host, queue], with: "/"}
      stage: host
      # A message keeps its id where a filter puts it into the queue again.
      case: [id, kept.id]
    join:
      by: [host, queue]
      keep: {id: id, subject: subject, queued: nrcpt}
      begins: {message: ["*: client=*", "*: uid=*"]}
    constants: {stream: email}
    events:
      # The queue takes a message up again after each deferral; the first time it was sent.
      - when: {program: "postfix*/qmgr", nrcpt: "*", kept.id: "*", kept.queued: ~}
        action: send
        category: received
        actor: {from: from}
        bytes: {from: size}
        recipients: {from: nrcpt}
        title: {from: kept.subject}
      - when: {program: "postfix*/qmgr", nrcpt: "*"}
        action: schedule
        actor: {from: from}
        bytes: {from: size}
        recipients: {from: nrcpt}
      - when: {program: "postfix*/qmgr", message: "*: removed"}
        action: complete
      - when: {program: "postfix*", "!program": "postfix*/qmgr", status: [deferred, bounced, "expired*"], to: "*"}
        action: {from: status, map: {deferred: defer, bounced: bounce, "expired*": bounce}}
        recipient: {from: to}
        reason: {from: dsn}
      - when: {program: "postfix*/qmgr", status: "expired*"}
        action: bounce
        reason: {from: status}
      # Turned away before it had a queue id.
      - when: {program: "postfix*/smtpd", message: "NOQUEUE: reject: *"}
        action: reject
        item: {join: [host, time, client], with: "/"}
        case: ~
        actor_kind: automated
        recipient: {from: to}
        reason: {from: code}
      - when: {program: "postfix*", message: "*: milter-reject: *"}
        action: reject
    ignore:
      # What is delivered: sent, and neither deferred nor bounced.
      - {program: "postfix*", status: sent}
      - {program: "postfix*", message: "NOQUEUE: *"}
      # Connections, warnings, statistics.
      - {program: "postfix*"}
      # What helps Postfix and logs beside it: policies, signatures, filters, mailboxes. Postfix says what it made of their verdicts.
      - {program: [postgrey, sqlgrey, "*policyd*", postsrsd, opendkim, opendmarc, openarc, "dkimproxy*", "amavis*", spamd, spampd, spamass-milter, "rspamd*", "clam*", freshclam, "dovecot*", saslauthd]}
    samples:
      - record: |
          Mar  2 09:15:00 mx1 postfix/smtpd[100]: 4F1A2B3C4D: client=mail.example.org[192.0.2.1]
          Mar  2 09:15:00 mx1 postfix/cleanup[101]: 4F1A2B3C4D: message-id=<m-1@example.org>
          Mar  2 09:15:01 mx1 postfix/qmgr[102]: 4F1A2B3C4D: from=<news@example.org>, size=1200, nrcpt=2 (queue active)
          Mar  2 09:15:02 mx1 postfix/smtp[103]: 4F1A2B3C4D: to=<a@example.com>, relay=mx.example.com[192.0.2.9]:25, delay=2, delays=1/0/1/0, dsn=2.0.0, status=sent (250 2.0.0 Ok)
          Mar  2 09:15:03 mx1 postfix/smtp[103]: 4F1A2B3C4D: to=<b@example.com>, relay=none, delay=3, delays=1/0/2/0, dsn=4.4.1, status=deferred (connect to mx.example.com[192.0.2.9]:25: Connection timed out)
          Mar  2 10:15:03 mx1 postfix/smtp[103]: 4F1A2B3C4D: to=<b@example.com>, relay=none, delay=3603, dsn=5.1.1, status=bounced (unknown user)
          Mar  2 10:15:04 mx1 postfix/qmgr[102]: 4F1A2B3C4D: removed
        events:
          - {action: send, item: mx1/4F1A2B3C4D, case: m-1@example.org, stage: mx1, stream: email, actor: news@example.org, time: "2026-03-02T09:15:01Z"}
          - {action: schedule, actor: news@example.org, bytes: "1200", recipients: "2"}
          - {action: defer, case: m-1@example.org, recipient: b@example.com, reason: 4.4.1}
          - {action: bounce, reason: 5.1.1}
          - {action: complete, time: "2026-03-02T10:15:04Z"}
      # A subject, logged by header_checks; the queue takes the message up twice; then its id is that of another one.
      - record: |
          Mar  2 09:15:00 mx1 postfix/smtpd[100]: 4F1A2: client=mail.example.org[192.0.2.1]
          Mar  2 09:15:00 mx1 postfix/cleanup[101]: 4F1A2: warning: header Subject: Greetings from Paris from mail.example.org[192.0.2.1]; from=<kim@example.org> to=<a@example.com> proto=ESMTP helo=<mail>
          Mar  2 09:15:00 mx1 postfix/cleanup[101]: 4F1A2: message-id=<m-2@example.org>
          Mar  2 09:15:01 mx1 postfix/qmgr[102]: 4F1A2: from=<kim@example.org>, size=900, nrcpt=1 (queue active)
          Mar  2 09:25:01 mx1 postfix/qmgr[102]: 4F1A2: from=<kim@example.org>, size=900, nrcpt=1 (queue active)
          Mar  2 09:25:03 mx1 postfix/qmgr[102]: 4F1A2: removed
          Mar  2 10:15:00 mx1 postfix/pickup[100]: 4F1A2: uid=33 from=<www>
          Mar  2 10:15:00 mx1 postfix/cleanup[101]: 4F1A2: message-id=<m-3@example.org>
          Mar  2 10:15:01 mx1 postfix/qmgr[102]: 4F1A2: from=<www@example.org>, size=400, nrcpt=1 (queue active)
        events:
          - {action: send, title: Greetings from Paris, actor: kim@example.org, case: m-2@example.org}
          - {action: schedule}
          - {action: schedule, time: "2026-03-02T09:25:01Z"}
          - {action: complete, case: m-2@example.org}
          - {action: send, title: "", actor: www@example.org, case: m-3@example.org}
          - {action: schedule}
      - record: |
          <22>1 2026-03-02T09:15:00.250+01:00 mx1 postfix/qmgr 102 - - 4F1A2B3C4D: removed
          2026-03-02T09:15:00.250123+01:00 mx1 postfix-out/qmgr[102]: 4F1A2B3C4D: removed
          Mar 2 08:15:00 mx1 postfix/qmgr[102]: 4F1A2B3C4D: removed
        events:
          - {action: complete, time: "2026-03-02T08:15:00.250Z"}
          - {action: complete, time: "2026-03-02T08:15:00.250Z"}
          - {action: complete, time: "2026-03-02T08:15:00Z"}
      - record: |
          Mar  2 09:15:00 mx1 postfix/smtpd[100]: NOQUEUE: reject: RCPT from unknown[192.0.2.66]: 554 5.7.1 <a@example.com>: Relay access denied; from=<x@example.net> to=<a@example.com> proto=ESMTP helo=<x>
          Mar  2 09:15:01 mx1 postfix/qmgr[102]: 5F1A2: from=<>, size=900, nrcpt=1 (queue active)
        events:
          - {action: reject, item: "mx1/Mar  2 09:15:00/unknown[192.0.2.66]", reason: "554", recipient: a@example.com}
          - {action: schedule, actor: "", item: mx1/5F1A2}
      - record: |
          # a note that somebody left here
          Mar  2 09:15:00 mx1 dovecot: imap-login: Login: user=<kim>
          Mar  2 09:15:00 mx1 postgrey[105]: action=greylist, reason=new, client_name=mail.example.org, client_address=192.0.2.1/32, sender=news@example.org, recipient=a@example.com
          Mar  2 09:15:00 mx1 policyd-spf[106]: prepend Received-SPF: None (no SPF record) identity=helo; client-ip=192.0.2.1; helo=mail.example.org; envelope-from=news@example.org; receiver=<UNKNOWN>
          Mar  2 09:15:00 mx1 CRON[107]: (root) CMD (true)
          Mar 42 09:15:00 mx1 postfix/qmgr[102]: 4F1A2B3C4D: removed
        rejected: [syntax, unmapped, bad-time]

    """#
