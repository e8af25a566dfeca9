/// The audit table of ServiceNow: a row for each changed field.
let serviceNowAuditFormatText = #"""
    format: servicenow-audit
    description: Audit rows of ServiceNow (sys_audit), one JSON row a line; what changed in incidents, problems, changes, requests and cases.
    record: json
    inside: result
    timezone: UTC
    times: ["%Y-%m-%d %H:%M:%S"]
    fields:
      time: [sys_created_on.value, sys_created_on]
      item: documentkey
      case: documentkey
      stage: tablename
      actor: user
      actor_kind: {from: user, map: {system: automated, guest: automated, "*.integration": automated}}
    constants: {stream: ticket}
    events:
      # A row of the first version of a record says how it began.
      - when: {tablename: "*", documentkey: "*", fieldname: short_description, record_checkpoint: "0", newvalue: "*"}
        action: create
        title: {from: newvalue}
        origin: {from: user, map: {system: automated, "*.integration": automated}}
      - when: {tablename: "*", documentkey: "*", fieldname: state, record_checkpoint: "0"}
        action: schedule
      # The states of each table, by number and by name. Copy the definition to add yours.
      - when: {tablename: incident, fieldname: state, documentkey: "*", newvalue: "*", "!record_checkpoint": "0"}
        action:
          from: newvalue
          map: {"1": schedule, New: schedule, "2": start, In Progress: start, Active: start, "3": suspend, On Hold: suspend, "4": suspend, "5": suspend, "Awaiting*": suspend, "6": complete, Resolved: complete, "7": complete, Closed: complete, "8": withdraw, Canceled: withdraw, Cancelled: withdraw}
      - when: {tablename: [sc_task, sc_request, sc_req_item, task, incident_task, problem_task, change_task], fieldname: state, documentkey: "*", newvalue: "*", "!record_checkpoint": "0"}
        action:
          from: newvalue
          map: {"-5": suspend, Pending: suspend, "1": schedule, Open: schedule, "2": start, Work in Progress: start, In Progress: start, "3": complete, Closed Complete: complete, "4": withdraw, Closed Incomplete: withdraw, "7": withdraw, Closed Skipped: withdraw, Canceled: withdraw}
      - when: {tablename: change_request, fieldname: state, documentkey: "*", newvalue: "*", "!record_checkpoint": "0"}
        action:
          from: newvalue
          map: {"-5": schedule, New: schedule, "-4": start, Assess: start, "-3": suspend, Authorize: suspend, "-2": suspend, Scheduled: suspend, "-1": resume, Implement: resume, "0": resume, Review: resume, "3": complete, Closed: complete, "4": withdraw, Canceled: withdraw}
      - when: {tablename: problem, fieldname: [state, problem_state], documentkey: "*", newvalue: "*", "!record_checkpoint": "0"}
        action:
          from: newvalue
          map: {"101": schedule, New: schedule, "102": start, Assess: start, "103": start, Root Cause Analysis: start, "104": start, Fix in Progress: start, "106": complete, Resolved: complete, "107": complete, Closed: complete}
      - when: {tablename: sn_customerservice_case, fieldname: state, documentkey: "*", newvalue: "*", "!record_checkpoint": "0"}
        action:
          from: newvalue
          map: {"1": schedule, New: schedule, "10": start, Open: start, "18": suspend, "Awaiting*": suspend, "6": complete, Resolved: complete, "3": complete, Closed: complete, "7": withdraw, Cancelled: withdraw}
      - when: {tablename: "*", fieldname: reopen_count, documentkey: "*", "!newvalue": "0", "!record_checkpoint": "0"}
        action: return
      - when: {tablename: "*", fieldname: [assigned_to, assignment_group], documentkey: "*", newvalue: "*"}
        action: assign
      - when: {tablename: "*", fieldname: approval, documentkey: "*", newvalue: [approved, rejected]}
        action: {from: newvalue, map: {approved: approve, rejected: reject}}
      - when: {tablename: "*", fieldname: escalation, documentkey: "*", newvalue: ["2", "3", High, Overdue]}
        action: escalate
      - when: {tablename: "*", fieldname: short_description, documentkey: "*", newvalue: "*", "!record_checkpoint": "0"}
        action: revise
        title: {from: newvalue}
      - when: {tablename: "*", fieldname: comments, documentkey: "*", newvalue: "*"}
        action: reply
        item: {join: [documentkey, sys_id], with: "/"}
        refers_to: {from: documentkey}
        text: {from: newvalue}
    ignore:
      # Every other field, and every other table.
      - {tablename: "*", fieldname: "*", documentkey: "*"}
    samples:
      - record: |
          {"sys_id":"a0","tablename":"incident","documentkey":"d1","fieldname":"number","oldvalue":"","newvalue":"INC1","user":"kim","record_checkpoint":"0","sys_created_on":"2026-03-02 09:15:00"}
          {"sys_id":"a1","tablename":"incident","documentkey":"d1","fieldname":"short_description","oldvalue":"","newvalue":"No signal","user":"kim","record_checkpoint":"0","sys_created_on":"2026-03-02 09:15:00"}
          {"sys_id":"a2","tablename":"incident","documentkey":"d1","fieldname":"state","oldvalue":"","newvalue":"1","user":"kim","record_checkpoint":"0","sys_created_on":"2026-03-02 09:15:00"}
          {"sys_id":"a3","tablename":"incident","documentkey":"d1","fieldname":"state","oldvalue":"1","newvalue":"2","user":"lee","record_checkpoint":"1","sys_created_on":"2026-03-02 09:30:00"}
          {"sys_id":"a4","tablename":"incident","documentkey":"d1","fieldname":"comments","oldvalue":"","newvalue":"We look into it.","user":"lee","record_checkpoint":"2","sys_created_on":"2026-03-02 09:31:00"}
          {"sys_id":"a5","tablename":"incident","documentkey":"d1","fieldname":"urgency","oldvalue":"3","newvalue":"1","user":"lee","record_checkpoint":"3","sys_created_on":"2026-03-02 09:32:00"}
          {"sys_id":"a6","tablename":"incident","documentkey":"d1","fieldname":"state","oldvalue":"2","newvalue":"6","user":"lee","record_checkpoint":"4","sys_created_on":"2026-03-02 10:30:00"}
          {"sys_id":"a7","tablename":"incident","documentkey":"d1","fieldname":"reopen_count","oldvalue":"0","newvalue":"1","user":"kim","record_checkpoint":"5","sys_created_on":"2026-03-03 10:30:00"}
        events:
          - {action: create, title: No signal, item: d1, case: d1, stage: incident, actor: kim, time: "2026-03-02T09:15:00Z"}
          - {action: schedule}
          - {action: start, actor: lee}
          - {action: reply, item: d1/a4}
          - {action: complete}
          - {action: return, time: "2026-03-03T10:30:00Z"}
      - record: |
          {"sys_id":"b1","tablename":"change_request","documentkey":"c1","fieldname":"approval","oldvalue":"requested","newvalue":"approved","user":"ann","record_checkpoint":"4","sys_created_on":"2026-03-02 09:15:00"}
          {"sys_id":"b2","tablename":"change_request","documentkey":"c1","fieldname":"state","oldvalue":"Review","newvalue":"Closed","user":"ann","record_checkpoint":"5","sys_created_on":"2026-03-02 09:16:00"}
          {"sys_id":"b3","tablename":"sys_user","documentkey":"u1","fieldname":"email","oldvalue":"a@example.org","newvalue":"b@example.org","user":"ann","record_checkpoint":"9","sys_created_on":"2026-03-02 09:17:00"}
        events:
          - {action: approve, item: c1, stage: change_request}
          - {action: complete}
      - record: |
          {"sys_id":"c1","tablename":"incident","documentkey":"d1","fieldname":"state","oldvalue":"1","newvalue":"99","user":"kim","record_checkpoint":"1","sys_created_on":"2026-03-02 09:15:00"}
          {"sys_id":"c2","tablename":"incident","documentkey":"d1","fieldname":"state","oldvalue":"1","newvalue":"2","user":"kim","record_checkpoint":"1"}
          {"error":{"message":"No Record found"}}
        rejected: [unknown-action, missing-time, unmapped]

    """#
