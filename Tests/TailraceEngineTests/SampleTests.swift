import TailraceConfig
import TailracePipeline
import Testing

@testable import TailraceEngine

struct SampleTests {
    @Test(arguments: FormatDefinition.shipped.map(\.name))
    func `A shipped definition makes of its samples what it says`(name: String) throws {
        let definition = try #require(FormatDefinition.shipped.first { $0.name == name })
        #expect(definition.checkSamples().map(\.message) == [])
    }

    /// What a sample holds is taken for its own format and for no other before it.
    @Test(arguments: FormatDefinition.shipped.map(\.name))
    func `A sample is recognised as its own format among all`(name: String) throws {
        let definition = try #require(FormatDefinition.shipped.first { $0.name == name })
        var settings = ScanSettings()
        settings.latest = FormatDefinition.sampleYearEnd
        for sample in definition.samples where !sample.events.isEmpty {
            let found = Recognition(
                head: Array(sample.record.utf8), isWhole: true, definitions: FormatDefinition.shipped, named: nil,
                settings: settings, lateness: 0)
            #expect(found.definition?.name == name, "\(sample.record)")
        }
    }

    @Test func `A log of nothing but what says nothing is recognised, and one of something else is not`() {
        func format(_ text: String) -> String? {
            var settings = ScanSettings()
            settings.latest = FormatDefinition.sampleYearEnd
            return Recognition(
                head: Array(text.utf8), isWhole: true, definitions: FormatDefinition.shipped, named: nil,
                settings: settings, lateness: 0
            ).definition?.name
        }
        #expect(format("Mar  2 09:15:00 mx1 postfix/smtpd[1]: warning: hostname x does not resolve\n") == "postfix")
        #expect(format("Mar  2 09:15:00 mx1 sshd[1]: Accepted publickey for kim\n") == nil)
        #expect(format("{\"zen\":\"ok\",\"sender\":{\"login\":\"kim\"}}\n") == "github-webhook")
        #expect(format("{\"zen\":\"ok\"}\n") == nil)
    }
}
