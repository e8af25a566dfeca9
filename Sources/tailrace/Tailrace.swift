import ArgumentParser

/// The one binary. Each verb has a file of its own.
@main
struct Tailrace: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tailrace",
        abstract: "Tells when output outpaces what the people and systems downstream can absorb.",
        discussion: """
            Reads compressed e-mail, ticket and document-event logs, keeps windowed aggregates in SQLite, and alerts.
            Start with `tailrace replay FOLDER`.
            """,
        version: "0.1.0",
        subcommands: [
            ReplayCommand.self, RunCommand.self, CheckCommand.self, StatusCommand.self, AlertsCommand.self,
            ExplainCommand.self, FlowCommand.self, FamiliesCommand.self, ReboundCommand.self,
            ClaimCommand.self, WhatIfCommand.self, CompareCommand.self, SourcesCommand.self,
            MergeCommand.self, DoctorCommand.self, SchemaCommand.self, FormatsCommand.self,
        ])
}
