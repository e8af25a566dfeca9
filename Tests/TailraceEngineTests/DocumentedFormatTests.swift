import Foundation
import TailraceConfig
import Testing

@testable import TailraceEngine

/// Definitions that the documentation shows are definitions.
struct DocumentedFormatTests {
    private static let blocks: [String] = {
        let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/formats.md")
        let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
        return text.components(separatedBy: "```yaml\n").dropFirst().compactMap {
            $0.components(separatedBy: "\n```").first
        }.filter { $0.hasPrefix("format:") }
    }()

    @Test func `The page shows whole definitions`() { #expect(DocumentedFormatTests.blocks.count == 2) }

    @Test(arguments: blocks) func `A definition of the page makes of its samples what it says`(text: String) throws {
        let definition = try FormatDefinition.parse(text: text, file: "docs/formats.md")
        #expect(!definition.samples.isEmpty)
        #expect(definition.checkSamples().map(\.description) == [])
    }

    @Test func `A log that nobody has heard of needs less than twenty lines`() throws {
        let text = try #require(DocumentedFormatTests.blocks.first { $0.contains("spec-edits") })
        #expect(text.split(separator: "\n").count < 20)
    }
}
