import Foundation
import TailraceConfig
import TailracePipeline
import Testing

struct LoadingTests {
    @Test func `a configuration brings the definitions that it names beside the shipped ones`() throws {
        try inFolder { folder in
            try write("desk.yaml", desk, folder)
            try write("t.yaml", "formats: [desk.yaml]\nsources: [{paths: logs, format: desk}]\n", folder)
            let configuration = try Configuration.load(path: folder + "/t.yaml")
            #expect(configuration.definitions.map(\.name) == ["desk"] + FormatDefinition.shipped.map(\.name))
            #expect(configuration.sources == [.init(paths: [folder + "/logs"], format: "desk")])
        }
    }

    @Test func `an own definition takes the place of a shipped one of its name`() throws {
        try inFolder { folder in
            try write("own.yaml", desk.replacing("format: desk", with: "format: event-log"), folder)
            try write("t.yaml", "formats: [own.yaml]\n", folder)
            let configuration = try Configuration.load(path: folder + "/t.yaml")
            #expect(
                configuration.definitions.map(\.name) == ["event-log"]
                    + FormatDefinition.shipped.map(\.name).filter { $0 != "event-log" })
            #expect(configuration.definitions[0].plan.kind == .json)
        }
    }

    @Test func `problems of a definition stand beside those of the configuration with their own file`() throws {
        try inFolder { folder in
            try write("bad.yaml", "format: desk\nrecord: json\nfeilds: {}\n", folder)
            try write("desk.yaml", desk, folder)
            try write("t.yaml", "stroe: x\nformats: [bad.yaml, none.yaml, desk.yaml, desk.yaml]\n", folder)
            let fault = #expect(throws: ConfigurationFault.self) { try Configuration.load(path: folder + "/t.yaml") }
            let lines = (fault?.problems ?? []).map { $0.description.replacing(folder + "/", with: "") }
            #expect(
                lines.contains("t.yaml:1:1: error: unknown key \"stroe\" in the configuration; did you mean \"store\"?")
            )
            #expect(lines.contains("t.yaml:2:11: error: the format definition \"bad.yaml\" cannot be used"))
            #expect(
                lines.contains(
                    "bad.yaml:3:1: error: unknown key \"feilds\" in the definition; did you mean \"fields\"?"))
            #expect(
                lines.contains(
                    "none.yaml:1:1: error: cannot be read: no such file or directory; create it, or name another file"))
            #expect(lines.contains("t.yaml:2:43: error: a second format is named \"desk\"; rename one"))
            #expect(lines.first?.hasPrefix("t.yaml:1:1") == true)
        }
    }

    @Test func `a file that is missing, a folder or endless is told in one line`() throws {
        try inFolder { folder in
            let missing = #expect(throws: ConfigurationFault.self) { try Configuration.load(path: folder + "/no.yaml") }
            #expect(
                missing?.description
                    == "\(folder)/no.yaml:1:1: error: cannot be read: no such file or directory; "
                    + "create it, or name another file")
            let isFolder = #expect(throws: ConfigurationFault.self) { try Configuration.load(path: folder) }
            #expect(
                isFolder?.description
                    == "\(folder):1:1: error: cannot be read: is a directory; name a file, not a folder")
            let endless = #expect(throws: ConfigurationFault.self) { try Configuration.load(path: "/dev/zero") }
            #expect(endless?.problems.first?.message == "the file has 1048577 bytes; at most 1048576 are read")
            #expect(throws: ConfigurationFault.self) { try FormatDefinition.load(path: folder + "/no.yaml") }
        }
    }

    private let desk = "format: desk\nrecord: json\nfields: {time: t, stream: s, action: a, item: i}\n"

    private func write(_ name: String, _ text: String, _ folder: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
    }

    private func inFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("config-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.path)
    }
}
