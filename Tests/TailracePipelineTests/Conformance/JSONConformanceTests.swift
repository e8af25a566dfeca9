import Testing

@testable import TailracePipeline

/// The reader of JSON records against RFC 8259, document by document.
@Suite struct JSONConformanceTests {
    @Test(arguments: ConformanceDocument.strings)
    func `A string means what its escapes say, and a broken one is a rejection`(document: ConformanceDocument) {
        check(document)
    }

    @Test(arguments: ConformanceDocument.numbers)
    func `A number counts to its last digit, and what is none is a rejection`(document: ConformanceDocument) {
        check(document)
    }

    @Test(arguments: ConformanceDocument.structure)
    func `A record is one object of whole members, down to the limit of depth`(document: ConformanceDocument) {
        check(document)
    }

    @Test(arguments: ConformanceDocument.bytes)
    func `A line that is no UTF-8 is told as such, and its neighbours are read`(document: ConformanceDocument) {
        check(document)
    }

    /// The line stands between two good ones, which have to come through; and cut into single bytes it is the same.
    private func check(_ document: ConformanceDocument) {
        let good = Array(ConformanceDocument.good.utf8)
        for lineEnd in [[10], [13, 10]] as [[UInt8]] {
            let bytes = good + lineEnd + document.line + lineEnd + good + lineEnd
            var scanner = RecordScanner(plan: .tailrace(), settings: ScanSettings())
            var batch = ScannedBatch()
            let count = scanner.scan(bytes.span, position: 0, isFinal: true, into: &batch)
            #expect(count == bytes.count)
            #expect(batch.records.map(\.rejection) == [nil] + document.outcomes + [nil])
            guard batch.records.count > 1 else { return }
            let event = batch.records[1].event
            if let title = document.title {
                #expect(Array(batch.bytes(event.title)) == Array(title.utf8))
            }
            if let amount = document.amount { #expect(event.amount == amount) }
            if bytes.count < 4096 {
                #expect(scan(bytes, .tailrace()) == scan(bytes, .tailrace(), pieces: { _ in 1 }))
            }
        }
    }
}
