import Foundation

/// States as they are stored, and functions under names that no module of ours has.
enum JSONCoding {
    static func copy<Value: Codable>(_ value: Value) throws -> Value {
        try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
    }
}

enum Naive {
    static func log(_ value: Double) -> Double { Foundation.log(value) }
    static func exp(_ value: Double) -> Double { Foundation.exp(value) }
}
