import Foundation
import TailracePipeline
import Testing

@testable import TailraceConfig

struct ShippedFormatTests {
    @Test func `the shipped definitions parse and bring samples of events and of rejections`() {
        let names = FormatDefinition.shipped.map(\.name)
        // What is recognised by more goes before what is recognised by less.
        #expect(names.first == "tailrace" && names.last == "event-log")
        #expect(Set(names).count == names.count)
        for definition in FormatDefinition.shipped {
            #expect(!definition.description.isEmpty)
            #expect(definition.samples.contains { !$0.events.isEmpty })
            #expect(definition.samples.contains { !$0.rejections.isEmpty })
        }
    }

    @Test func `the tailrace format binds every field under its own name`() throws {
        let plan = try #require(FormatDefinition.shipped.first).plan
        #expect(plan.kind == .json && plan.isOrdered && plan.itemFrom.isEmpty && plan.zone == nil)
        let fields = RecordPlan.Field.allCases.filter { !RecordPlan.Field.ofStates.contains($0) && $0 != .agent }
        #expect(plan.bindings.count == fields.count)
        for field in fields {
            #expect(plan.bindings.first { $0.field == field }?.names == [field.name])
        }
    }

    @Test(arguments: [
        ["case", "activity", "transition", "time", "resource", "group"],
        ["case:concept:name", "concept:name", "lifecycle:transition", "time:timestamp", "org:resource", "org:group"],
        ["Case ID", "Activity", "Resource", "Complete Timestamp"],
        ["CASE_ID", "ACTIVITY", "TIMESTAMP"],
    ])
    func `the event log is recognised by each usual header`(header: [String]) throws {
        #expect(try eventLog.recognises(names: header))
        for missing in header.indices.prefix(2) {
            var cut = header
            cut.remove(at: missing)
            #expect(try !eventLog.recognises(names: cut))
        }
    }

    @Test func `the event log is unordered, of tickets, and makes items of case and stage`() throws {
        let plan = try eventLog.plan
        #expect(plan.kind == .csv(separator: nil) && !plan.isOrdered && plan.itemFrom == [.workCase, .stage])
        #expect(plan.bindings.first { $0.field == .stream }?.fallback == "ticket")
        #expect(plan.bindings.first { $0.field == .action }?.fallback == "complete")
    }

    @Test(arguments: [
        ("SCHEDULE", "schedule"), ("reassign", "assign"), ("ate_abort", "withdraw"), ("Queued", "schedule"),
        ("Awaiting Assignment", "schedule"), ("Assigned", "assign"), ("In Progress", "start"), ("Wait", "suspend"),
        ("Wait - User", "suspend"), ("Wait - Implementation", "suspend"), ("On Hold", "suspend"),
        ("Pending", "suspend"),
        ("Resolved", "complete"), ("Closed", "complete"), ("In Call", "complete"), ("Done", "complete"),
        ("Cancelled", "withdraw"), ("Unmatched", "withdraw"), ("Reopened", "return"),
    ])
    func `words of life cycles and status logs become actions`(word: String, action: String) throws {
        let map = try #require(try eventLog.plan.bindings.first { $0.field == .action }).map
        #expect(map.first { foldedName($0.key) == foldedName(word) }?.value == action)
    }

    private var eventLog: FormatDefinition {
        get throws { try #require(FormatDefinition.shipped.first { $0.name == "event-log" }) }
    }
}

extension ShippedFormatTests {
    @Test func `every shipped definition has its page`() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = root.appendingPathComponent("docs/formats").path
        let pages = Set(try FileManager.default.contentsOfDirectory(atPath: folder))
        #expect(pages == Set(FormatDefinition.shipped.map { $0.name + ".md" }))
    }
}
