/// Rows of ServiceNow's incident table, one for each change, or one for each incident every night: how it stands.
let serviceNowFormatText = #"""
    format: servicenow-incidents
    description: Incidents of ServiceNow as CSV, a row whenever one was changed, or all of them every night.
    record: csv
    tells: states
    times: ["%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d-%m-%Y %H:%M:%S"]
    fields:
      time: {from: [sys_updated_on, sys_updated_at, updated], absent: ["?"]}
      item: {from: [number, task, sys_id], absent: ["?"]}
      # The state as the table names it, or as its number.
      action:
        from: [incident_state, ident_state, state]
        map:
          New: schedule
          "1": schedule
          Assigned: assign
          Active: start
          In Progress: start
          Work in Progress: start
          "2": start
          "Awaiting*": suspend
          "Pending*": suspend
          On Hold: suspend
          "3": suspend
          "4": suspend
          "5": suspend
          Resolved: complete
          "6": complete
          Closed: complete
          Closed Complete: complete
          "7": complete
          Closed Incomplete: withdraw
          Closed Skipped: withdraw
          Canceled: withdraw
          Cancelled: withdraw
          "8": withdraw
      stage: {from: [assignment_group, assignment_group.name], absent: ["?"]}
      actor: {from: [sys_updated_by], absent: ["?"]}
      actor_kind: {from: sys_updated_by, map: {system: automated, guest: automated, "*.integration": automated}}
      team: {from: [assignment_group, assignment_group.name], absent: ["?"]}
      returns: {from: reopen_count, absent: ["?"]}
      since: {from: [opened_at, sys_created_on, sys_created_at], absent: ["?"]}
      title: {from: short_description, absent: ["?"]}
      text: {from: description, absent: ["?"]}
      category: {from: category, absent: ["?"]}
      reason: {from: [close_code, closed_code], absent: ["?"]}
    constants: {stream: ticket}
    samples:
      - record: |
          number,incident_state,reopen_count,opened_at,sys_updated_by,sys_updated_at,category,category,assignment_group
          INC1,New,0,2/3/2026 09:10,kim,2/3/2026 09:15,1,2,desk
          INC1,Awaiting User Info,0,2/3/2026 09:10,kim,2/3/2026 09:20,1,2,desk
          INC1,Resolved,0,2/3/2026 09:10,kim,2/3/2026 10:00,1,2,?
          INC1,Active,1,2/3/2026 09:10,system,3/3/2026 10:00,1,2,backoffice
        events:
          - {item: INC1, action: schedule, time: "2026-03-02T09:15:00Z", since: "2026-03-02T09:10:00Z", stage: desk, team: desk, category: "1", returns: "0"}
          - {action: suspend}
          - {action: complete, stage: "", team: ""}
          - {action: start, stage: backoffice, returns: "1"}
      # As the export of a list writes it.
      - record: |
          "number","state","sys_updated_on","sys_updated_by","assignment_group","short_description"
          "INC2","In Progress","2026-03-02 09:15:00","lee","Network","No signal, second floor"
          "INC3","7","2026-03-02 09:16:00","lee","Network",""
        events:
          - {item: INC2, action: start, title: "No signal, second floor", actor: lee}
          - {item: INC3, action: complete}
      # A state that this definition does not know is a rejection, never a guess.
      - record: |
          number,state,sys_updated_on
          INC4,-100,2026-03-02 09:15:00
          INC4,New,someday
          INC4,New
        rejected: [unknown-action, bad-time, columns]

    """#
