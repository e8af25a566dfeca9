/// Mail archives as mailing lists and mail programs keep them.
let mboxFormatText = #"""
    format: mbox
    description: Mail archives in mbox (mboxrd), MIME and all; one message a record.
    record: mbox
    fields:
      time: [date, envelope.date]
      item: [message-id, envelope]
      case: thread
      stage: {from: list-id, after: "<", before: ">"}
      actor: [from.address, sender.address, from]
      actor_kind: {from: [auto-submitted], map: {"no": human, "auto-*": automated}}
      origin: {from: [auto-submitted], map: {"no": human, "auto-*": automated}}
      agent: [x-mailer, user-agent]
      title: subject
      text: text
      recipients: recipients
    constants: {stream: email}
    events:
      - action: send
      # What it answers was read, and answered.
      - when: {parent: "*"}
        action: reply
        refers_to: {from: parent}
        text: ~
        recipients: ~
    samples:
      - record: |
          From kim@example.org Mon Mar  2 09:15:00 2026
          Date: Mon, 2 Mar 2026 10:15:00 +0100 (CET)
          From: "Kim, of the desk" <kim@example.org>
          To: all@example.org, "Lee, A." <lee@example.org>
          Subject: =?utf-8?q?Angebot_f=C3=BCr?= =?utf-8?q?_M=C3=A4rz?=
          Message-ID: <1@example.org>

          Hello all

          From here on it is plain text.

          From lee@example.org Mon Mar  2 09:20:00 2026
          From: lee@example.org
          In-Reply-To: <1@example.org>
          Message-ID: <2@example.org>
          List-Id: The desk <desk.example.org>
          MIME-Version: 1.0
          Content-Type: multipart/alternative; boundary="=_b"

          --=_b
          Content-Type: text/plain; charset=iso-8859-1
          Content-Transfer-Encoding: quoted-printable

          Gr=FC=DFe
          --=_b
          Content-Type: text/html

          <p>Gr&uuml;&szlig;e</p>
          --=_b--

        events:
          - {action: send, item: 1@example.org, case: 1@example.org, actor: kim@example.org, time: "2026-03-02T09:15:00Z", title: "Angebot für März", recipients: "2", bytes: "42", stage: ""}
          - {action: send, item: 2@example.org, case: 1@example.org, time: "2026-03-02T09:20:00Z", stage: desk.example.org, bytes: "7"}
          - {action: reply, item: 2@example.org, bytes: ""}
      - record: |
          This is the preamble of a list, and no message.
          From kim@example.org Mon Mar  2 09:15:00 2026
          Auto-Submitted: auto-replied
          Date: someday
          From: kim@example.org

          I am away.
        events:
          - {action: send, origin: automated, item: "kim@example.org Mon Mar  2 09:15:00 2026", time: "2026-03-02T09:15:00Z"}
        rejected: [syntax]

    """#
