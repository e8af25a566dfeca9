/// CSV event logs as process miners exchange them: case, activity, time, and what else there is.
let eventLogFormatText = #"""
    format: event-log
    description: CSV event logs of process mining, one row an event (case, activity, time, life cycle transition).
    record: csv
    order: none
    fields:
      case: ["case:concept:name", case, case_id, case id, caseid, case number, case_number, incident, ticket id, ticket_id]
      stage: ["concept:name", activity, activity name, activity_name, task, stage, event name]
      time: ["time:timestamp", time, timestamp, complete timestamp, completetimestamp, complete_timestamp, complete time, end_time, event time, event_time, date]
      action:
        from: ["lifecycle:transition", transition, lifecycle, lifecycle transition, lifecycle_transition, event type, event_type]
        # Where there is no such column each row says that an activity was done.
        default: complete
        map:
          # The life cycle of XES (IEEE 1849).
          schedule: schedule
          assign: assign
          reassign: assign
          start: start
          suspend: suspend
          resume: resume
          complete: complete
          withdraw: withdraw
          autoskip: withdraw
          manualskip: withdraw
          ate_abort: withdraw
          pi_abort: withdraw
          # What status logs of ticket systems write.
          New: schedule
          Open: schedule
          Queued: schedule
          Awaiting Assignment: schedule
          Assigned: assign
          In Progress: start
          Active: start
          Started: start
          Wait: suspend
          Wait - User: suspend
          Wait - Vendor: suspend
          Wait - Customer: suspend
          Wait - Implementation: suspend
          Waiting: suspend
          On Hold: suspend
          Pending: suspend
          Suspended: suspend
          Resumed: resume
          Completed: complete
          Resolved: complete
          Closed: complete
          In Call: complete
          Done: complete
          Cancelled: withdraw
          Canceled: withdraw
          Withdrawn: withdraw
          Unmatched: withdraw
          Reopened: return
      actor: {from: ["org:resource", resource, actor, user, performer], absent: ["?", "NULL"]}
      team: {from: ["org:group", group, team, department, org group], absent: ["?", "NULL"]}
    constants:
      stream: ticket
    item_from: [case, stage]
    times:
      - "%Y/%m/%d %H:%M:%S.%f"
      - "%Y/%m/%d %H:%M:%S"
      - "%Y/%m/%d %H:%M"
      - "%d.%m.%Y %H:%M:%S"
      - "%d.%m.%Y %H:%M"
      - "%d-%m-%Y %H:%M:%S"
      - "%d-%m-%Y %H:%M"
      - "%d-%b-%Y %H:%M:%S"
    samples:
      - record: |
          case,activity,transition,time,resource,group
          C-1,Review offer,SCHEDULE,2026-03-02T09:15:00.250+01:00,,
          C-1,Review offer,START,2026-03-02T10:00:00.000+01:00,kim,sales-ops
          C-1,Review offer,COMPLETE,2026-03-02T10:40:00.000+01:00,kim,?
        events:
          - {case: C-1, stage: Review offer, action: schedule, stream: ticket, item: C-1/Review offer, time: "2026-03-02T08:15:00.250Z"}
          - {action: start, actor: kim, team: sales-ops}
          - {action: complete, actor: kim, team: ""}
      # The same in the words of XES, separated by semicolons, and no word of a life cycle: done.
      - record: |
          case:concept:name;concept:name;time:timestamp;org:resource
          C-2;Sign;2026-03-02 09:15:00+00:00;lee
        events:
          - {case: C-2, stage: Sign, action: complete, actor: lee, time: "2026-03-02T09:15:00Z"}
      # Headers as spreadsheets of process miners write them.
      - record: |
          Case ID,Activity,Resource,Complete Timestamp,Group
          7,"Check, then send",ana,2026/03/02 09:15:00.500,desk
        events:
          - {case: "7", stage: "Check, then send", action: complete, actor: ana, team: desk, time: "2026-03-02T09:15:00.500Z"}
      - record: |
          case,activity,transition,time
          1,Accepted,In Progress,2026-03-02T09:15:00Z
          1,Accepted,Wait - User,2026-03-02T10:15:00Z
          1,Accepted,Resolved,2026-03-02T11:15:00Z
          1,Accepted,Reopened,2026-03-03T11:15:00Z
          1,Accepted,Unmatched,2026-03-03T12:15:00Z
        events:
          - {action: start}
          - {action: suspend}
          - {action: complete}
          - {action: return}
          - {action: withdraw}
      # A transition that nobody has mapped is a rejection, never a guess.
      - record: |
          case,activity,transition,time
          1,Accepted,Pondering,2026-03-02T09:15:00Z
          ,Accepted,start,2026-03-02T09:15:00Z
          1,Accepted,start,
          1,Accepted,start,soon
        rejected: [unknown-action, missing-item, missing-time, bad-time]

    """#
