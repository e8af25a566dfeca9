/// What Postfix writes to syslog: its queue, and what became of the messages in it.
let postfixFormatText = #"""
    format: postfix
    description: Mail log of Postfix, as syslog writes it.
    record: syslog
    times: ["%b %e %H:%M:%S", "%b %e %H:%M:%S.%f"]
    templates:
      - "{queue}: message-id=<{id}>"
      - "{queue}: removed"
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
    constants: {stream: email}
    events:
      - when: {program: "postfix*/cleanup", id: "*"}
        action: send
        category: received
      - when: {program: "postfix*/qmgr", from: "*", nrcpt: "*"}
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
          - {action: send, item: mx1/4F1A2B3C4D, stage: mx1, stream: email, time: "2026-03-02T09:15:00Z"}
          - {action: schedule, actor: news@example.org, bytes: "1200", recipients: "2"}
          - {action: defer, reason: 4.4.1}
          - {action: bounce, reason: 5.1.1}
          - {action: complete, time: "2026-03-02T10:15:04Z"}
      - record: |
          <22>1 2026-03-02T09:15:00.250+01:00 mx1 postfix/qmgr 102 - - 4F1A2B3C4D: removed
          2026-03-02T09:15:00.250123+01:00 mx1 postfix-out/qmgr[102]: 4F1A2B3C4D: removed
        events:
          - {action: complete, time: "2026-03-02T08:15:00.250Z"}
          - {action: complete, time: "2026-03-02T08:15:00.250Z"}
      - record: |
          # a note that somebody left here
          Mar  2 09:15:00 mx1 dovecot: imap-login: Login: user=<kim>
          Mar  2 09:15:00 mx1 postgrey[105]: action=greylist, reason=new, client_name=mail.example.org, client_address=192.0.2.1/32, sender=news@example.org, recipient=a@example.com
          Mar  2 09:15:00 mx1 policyd-spf[106]: prepend Received-SPF: None (no SPF record) identity=helo; client-ip=192.0.2.1; helo=mail.example.org; envelope-from=news@example.org; receiver=<UNKNOWN>
          Mar  2 09:15:00 mx1 CRON[107]: (root) CMD (true)
          Mar 42 09:15:00 mx1 postfix/qmgr[102]: 4F1A2B3C4D: removed
        rejected: [syntax, unmapped, bad-time]

    """#
