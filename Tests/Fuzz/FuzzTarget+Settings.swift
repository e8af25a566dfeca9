import TailraceConfig
import TailracePipeline

private let rowsText = Array("time,case,action,item,a,b\n2026-01-01T00:00:00Z,1,start,x,\"y\"\"\",?\n1,,,,,\n".utf8)
private let linesText = Array(#"{"time":1,"stream":"email","action":"send","item":"a","a":"\u0062","b":1.5}"#.utf8)

extension FuzzTarget {
    func readSettings(_ bytes: UnsafeBufferPointer<UInt8>) {
        let text = Array(bytes)
        do throws(ConfigurationFault) {
            _ = try Configuration.parse(bytes: text, file: "fuzz.yaml")
        } catch {
            check(error)
        }
        do throws(ConfigurationFault) {
            let definition = try FormatDefinition.parse(bytes: text, file: "fuzz.yaml")
            // A definition that is accepted can be used, whatever it is used on.
            var scanner = RecordScanner(plan: definition.plan, settings: ScanSettings())
            for sample in [rowsText, linesText] + definition.samples.map({ Array($0.record.utf8) }) {
                var batch = ScannedBatch()
                _ = scanner.scan(sample.span, position: 0, isFinal: true, into: &batch)
            }
        } catch {
            check(error)
        }
    }

    private func check(_ fault: ConfigurationFault) {
        require(!fault.problems.isEmpty, "refused without a reason")
        for problem in fault.problems {
            require(problem.line > 0 && problem.column > 0, "a problem without a place")
            require(!problem.message.isEmpty && !problem.description.contains("\n"), "a problem of no or many lines")
            require(problem.description.utf8.count < 4096, "a problem that nobody reads")
        }
    }
}
