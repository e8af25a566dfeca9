/// Mails as gateways see them that write syslog: FortiMail and Cisco Secure Email.
let fortiMailFormatText = #"""
    format: fortimail
    description: Logs of FortiMail as it sends them to a syslog server; statistics of each mail, and what the next server said.
    record: text
    times: ["%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M:%S"]
    templates:
      # What the mail queue says of one delivery stands inside `msg`.
      - 'date={date} time={time} device_id={device} {_} type=event {_} session_id="{session}" msg="to=<{rcpt}>, {_}dsn={dsn}, stat={stat}"'
      - '{_} date={date} time={time} device_id={device} {_} type=event {_} session_id="{session}" msg="to=<{rcpt}>, {_}dsn={dsn}, stat={stat}"'
      - 'date={date} time={time} device_id={device} {_} type=event {_} session_id="{session}" msg="to={rcpt}, {_}dsn={dsn}, stat={stat}"'
      - '{_} date={date} time={time} device_id={device} {_} type=event {_} session_id="{session}" msg="to={rcpt}, {_}dsn={dsn}, stat={stat}"'
      - 'date={date} time={time} {*}'
      - '{_} date={date} time={time} {*}'
    fields:
      time: {join: [date, time], with: " "}
      # A device counts its sessions.
      item: {join: [device_id, session_id], with: "/"}
      stage: device_id
      actor: [hfrom, from]
      recipient: to
      title: subject
      bytes: message_length
      category: direction
    constants: {stream: email}
    events:
      - when: {type: statistics, session_id: "*", disposition: ["Accept*", "Encrypt*", "Rewrite*", "Modify*", "Insert*", "BCC*", "Archive*"], "!disposition": ["*Reject*", "*Discard*", "*Quarantine*", "*Delay*", "*Defer*"]}
        action: send
      - when: {type: statistics, session_id: "*", disposition: ["*Reject*", "*Discard*", "*Quarantine*"]}
        action: bounce
        reason: {from: [classifier, disposition]}
      - when: {type: statistics, session_id: "*", disposition: ["*Delay*", "*Defer*"]}
        action: defer
        reason: {from: [classifier, disposition]}
      - when: {dsn: "4*", stat: "*", session: "*"}
        item: {join: [device, session], with: "/"}
        stage: {from: device}
        recipient: {from: rcpt}
        action: defer
        reason: {from: dsn}
      - when: {dsn: "5*", stat: "*", session: "*"}
        item: {join: [device, session], with: "/"}
        stage: {from: device}
        recipient: {from: rcpt}
        action: bounce
        reason: {from: dsn}
    ignore:
      # What was delivered needs no further event; verdicts on spam and viruses are in the statistics again; administration.
      - {dsn: "2*", stat: "*"}
      - {type: [event, spam, virus, kevent, encrypt, archive, system], device_id: "*"}
      - {type: statistics, disposition: ~, device_id: "*"}
    samples:
      - record: |
          date=2026-03-02 time=09:15:00.250 device_id=FE1 log_id=0200000001 type=statistics pri=information session_id="s1-s1" client_name="mail.example.org" client_ip="192.0.2.1" from="bounce-1@example.org" hfrom="news@example.org" to="a@example.com" direction="in" virus="" disposition="Accept" classifier="Not Spam" message_length="4096" subject="March, the first"
          date=2026-03-02 time=09:15:02.250 device_id=FE1 log_id=0003000001 type=event subtype=smtp pri=information user=mail ui=mail action=NONE status=N/A session_id="s1-s1" msg="to=<a@example.com>, delay=00:00:02, xdelay=00:00:01, mailer=esmtp, pri=31200, relay=mx.example.com. [192.0.2.9], dsn=4.4.1, stat=Deferred: Connection timed out"
          date=2026-03-02 time=09:16:02.250 device_id=FE1 log_id=0003000002 type=event subtype=smtp pri=information user=mail ui=mail action=NONE status=N/A session_id="s1-s1" msg="to=postmaster, delay=00:01:02, mailer=esmtp, pri=31200, relay=mx.example.com. [192.0.2.9], dsn=5.1.1, stat=User unknown"
          date=2026-03-02 time=09:17:00.250 device_id=FE1 log_id=0200000002 type=statistics pri=information session_id="s2-s2" from="x@example.com" to="kim@example.org" disposition="Quarantine" classifier="FortiGuard AntiSpam" message_length="512" subject="Gold"
          Mar  2 09:18:00 fe1 date=2026-03-02 time=09:18:00.250 device_id=FE1 log_id=0200000003 type=statistics pri=information session_id="s3-s3" from="x@example.com" to="kim@example.org" disposition="Delay" classifier="Greylisting" message_length="0" subject=""
          date=2026-03-02 time=09:19:00.250 device_id=FE1 log_id=1 type=kevent subtype=dns pri=information msg="truncated"
        events:
          - {action: send, item: FE1/s1-s1, stage: FE1, title: "March, the first", actor: news@example.org, bytes: "4096", stream: email, category: in, time: "2026-03-02T09:15:00.250Z"}
          - {action: defer, item: FE1/s1-s1, reason: 4.4.1}
          - {action: bounce, item: FE1/s1-s1, reason: 5.1.1}
          - {action: bounce, item: FE1/s2-s2, reason: FortiGuard AntiSpam}
          - {action: defer, item: FE1/s3-s3, reason: Greylisting, time: "2026-03-02T09:18:00.250Z"}
      - record: |
          date=2026-03-42 time=09:15:00 device_id=FE1 type=statistics session_id="s1" disposition="Accept"
          tea and cakes
        rejected: [bad-time, unmapped]

    """#

let ciscoESAFormatText = #"""
    format: cisco-esa
    description: Consolidated event logs of Cisco Secure Email Gateway (ESA), CEF over syslog; what became of each mail.
    record: syslog
    times: ["%b %e %H:%M:%S", "%b %e %H:%M:%S.%f", "%b %e %Y %H:%M:%S"]
    templates:
      - "{_}|ESA_CONSOLIDATED_LOG_EVENT|{_}|{_}|{*}"
    fields:
      time: time
      # The message id of the appliance comes again some day, but not on the same appliance in the same weeks.
      item: {join: [host, ESAMID], with: "/"}
      stage: host
      actor: suser
      recipient: duser
      bytes: ESAMsgSize
      category: {from: deviceDirection, map: {"0": inbound, "1": outbound}}
    constants: {stream: email}
    events:
      - when: {act: [DELIVERED, QUEUED], ESAMID: "*"}
        action: send
      - when: {act: [BOUNCED, DROPPED, ABORTED, DQ, QUARANTINED], ESAMID: "*"}
        action: bounce
        reason: {from: [ESAFinalActionDetails, act]}
    ignore:
      # An event that was cut off before it says what became of the mail; other logs of the appliance.
      - {message: "*|ESA_CONSOLIDATED_LOG_EVENT|*", act: ~}
      - {program: "CEF*", message: "*|Cisco|*", "!message": "*|ESA_CONSOLIDATED_LOG_EVENT|*"}
    samples:
      - record: |
          <22>Mar  2 09:15:00 esa1 CEF:0|Cisco|C100V Secure Email Gateway|15.0.0-104|ESA_CONSOLIDATED_LOG_EVENT|Consolidated Log Event|5|deviceExternalId=0A-0B ESAMID=4711 ESAICID=22 ESADCID=33 ESAASVerdict=NEGATIVE endTime=Mon Mar  2 09:15:00 2026 startTime=Mon Mar  2 09:14:58 2026 deviceDirection=1 suser=news@example.org cs1Label=MailPolicy cs1=DEFAULT act=DELIVERED cs4Label=ExternalMsgID cs4='<m-1@example.org>' ESAMsgSize=4096 duser=a@example.com sourceHostName=mail.example.org msg='March'
          2026-03-02T09:15:30Z esa1 CEF: 0|Cisco|C100V|15.0.0-104|ESA_CONSOLIDATED_LOG_EVENT|Consolidated Log Event|5|ESAMID=4710 suser=x@example.com msg='Cut
          2026-03-02T09:16:00Z esa1 CEF: 0|Cisco|C100V Secure Email Gateway|15.0.0-104|ESA_CONSOLIDATED_LOG_EVENT|Consolidated Log Event|5|ESAMID=4712 deviceDirection=0 suser=x@example.com act=BOUNCED ESAFinalActionDetails=5.1.0 cs4='<m-2@example.com>' duser=kim@example.org msg='April' ESATLSInProtocol=TLSv1.2
        events:
          - {action: send, item: esa1/4711, actor: news@example.org, category: outbound, stage: esa1, bytes: "4096", stream: email, time: "2026-03-02T09:15:00Z"}
          - {action: bounce, item: esa1/4712, reason: 5.1.0, category: inbound}
      - record: |
          2026-03-02T09:16:00Z esa1 CEF: 0|Cisco|C100V|15.0.0-104|ESA_CONSOLIDATED_LOG_EVENT|Consolidated Log Event|5|suser=x@example.com act=BOUNCED
          2026-03-02T09:16:00Z esa1 CRON[7]: (root) CMD (true)
        rejected: [unmapped, unmapped]

    """#
