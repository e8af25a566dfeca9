import StageSimulation
import Testing

@testable import TailraceAnalysis

struct QuantileTests {
    @Test func `selection finds what sorting finds, for every short array over four values`() {
        for length in 1...5 {
            for code in 0..<(1 << (2 * length)) {
                let values = (0..<length).map { Int32(code >> (2 * $0) & 3) }
                for share in [0, 0.25, 0.5, 0.75, 0.95] {
                    var mine = values
                    let found = quantile(share, of: &mine)
                    #expect(found == values.sorted()[Int(share * Double(length))], "\(values) at \(share)")
                    #expect(mine.sorted() == values.sorted())
                }
            }
        }
    }

    @Test func `selection parts a long array at the value it returns`() {
        let seed: UInt64 = 77
        var noise = SeededNoise(seed: seed)
        for length in [100, 1000, 4368] {
            var values = (0..<length).map { _ in noise.uniform(-10, 500).rounded() }
            let sorted = values.sorted()
            let rank = length * 3 / 4
            #expect(quantile(0.75, of: &values) == sorted[rank], "seed \(seed)")
            #expect(values[..<rank].allSatisfy { $0 <= sorted[rank] })
            #expect(values[rank...].allSatisfy { $0 >= sorted[rank] })
        }
    }

    @Test func `no values have no quantile but nought`() {
        var none: [Double] = []
        #expect(quantile(0.5, of: &none) == 0)
    }
}
