// Measures the fingerprint index alone, over contents that are nothing but hashes (`make bench-index`).
//
//     indexbench [MILLIONS …]      sizes in millions of window hashes; without them 1 10 50
//
// Prints Markdown. No part of the product.
import Glibc
import TailracePipeline

let words = CommandLine.arguments.dropFirst()
let sizes = (words.isEmpty ? ["1", "10", "50"] : Array(words)).map { Int($0) ?? 0 }
guard sizes.allSatisfy({ (1...1000).contains($0) }) else {
    print("usage: indexbench [MILLIONS …], each 1 to 1000")
    exit(64)
}
print(Size.show(try sizes.map { try Size(entries: $0 * 1_000_000) }))
print()
print(Recall.show())
