import Testing
import TestSupport

@testable import TailraceIngest

@Suite struct FailingDiskTests {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    /// Reads to the end; after each error the same reader is asked again.
    private func readStubbornly(_ reader: inout ArchiveReader) throws -> (Transcript, errors: Int) {
        var whole = Transcript()
        var errors = 0
        var buffer = [UInt8](repeating: 0, count: 3000)
        while true {
            do throws(ReadFault) {
                switch try reader.read(into: &buffer, from: 0) {
                case .bytes(let count): whole.bytes += buffer[..<count]
                case .fault(let fault): whole.faults.append(fault.kind)
                case .waiting:
                    whole.isUnfinished = true
                    return (whole, errors)
                case .end: return (whole, errors)
                }
            } catch {
                #expect(error.reason.contains("Input/output error") && error.path == reader.path)
                errors += 1
            }
        }
    }

    @Test(arguments: Packer.allCases)
    func `Whichever read fails, and however short the others are, the text is whole and told once`(
        packer: Packer
    ) throws {
        var generator = SplitMix64(seed: 81)
        let (a, b) = (numberedLines(150, using: &generator), numberedLines(150, from: 150, using: &generator))
        let garbage = packer.isPacked ? Array("garbage".utf8) : []
        let path = try folder.write(packer.pack(a) + garbage + packer.pack(b), to: "log")
        let expected = Transcript(bytes: a + b, faults: packer.isPacked ? [.trailingGarbage] : [])
        for round in 0..<40 {
            let script = ReadScript()
            script.limits = (0..<5).map { _ in 1 + generator.below(round % 2 == 0 ? 9000 : 300) }
            script.failing = Set((0..<30).map { _ in 1 + generator.below(60) })
            var reader = try ArchiveReader(FileDescriptor(path: path, script: script), from: nil)
            let (transcript, errors) = try readStubbornly(&reader)
            #expect(transcript == expected, "\(packer), \(generator), round \(round)")
            #expect(errors == script.failing.filter { $0 < script.calls }.count)
        }
    }

    @Test func `A file whose first read fails is told, with the reason`() throws {
        let path = try folder.write([1, 2, 3], to: "log")
        let script = ReadScript()
        script.failing = [0]
        do {
            _ = try ArchiveReader(FileDescriptor(path: path, script: script), from: nil)
            Issue.record("the failing read was not told")
        } catch {
            #expect(error.description == "\(path): Input/output error")
        }
    }

    @Test(arguments: Packer.packed)
    func `A reader that begins at a point reads on after an error, its mark is right`(packer: Packer) throws {
        var generator = SplitMix64(seed: 82)
        let text = numberedLines(300, using: &generator)
        let packed = packer.pack(text)
        let path = try folder.write(packed + packed, to: "log")
        var first = try ArchiveReader(path: path)
        var buffer = [UInt8](repeating: 0, count: text.count)
        while first.points.isEmpty { _ = try first.read(into: &buffer, from: 0) }
        let script = ReadScript()
        script.failing = [1, 2, 4]
        var second = try ArchiveReader(FileDescriptor(path: path, script: script), from: first.points[0])
        #expect(second.carries(second.mark) == false, "the disk fails while it is asked")
        #expect(script.calls == 3)
        let (transcript, errors) = try readStubbornly(&second)
        #expect(transcript == Transcript(bytes: text) && errors == 1)
        #expect(second.carries(second.mark) == true)
    }

    @Test func `Giving up a member fails with the disk and can be tried again`() throws {
        let text = Array("a line\n".utf8)
        let open = [0x1F, 0x8B, 8, 4, 0, 0, 0, 0, 0, 3, 0xFF, 0xFF] as [UInt8]
        let path = try folder.write(open + Packing.gzip(text), to: "log")
        let script = ReadScript()
        var reader = try ArchiveReader(FileDescriptor(path: path, script: script), from: nil)
        #expect(try reader.transcript() == Transcript(isUnfinished: true))
        for later in 0..<2 {
            script.failing = [script.calls + later]
            do {
                _ = try reader.giveUpMember()
                Issue.record("the failing read was not told")
            } catch {
                #expect(error.reason.contains("Input/output error"))
            }
            #expect(try reader.transcript() == Transcript(isUnfinished: true), "nothing has changed")
        }
        script.limits = [1]
        #expect(try reader.giveUpMember() == true)
        #expect(try reader.transcript() == Transcript(bytes: text, faults: [.corrupt]))
    }
}
