import Glibc

// Feeds bytes to what reads them. No part of the product.
//
//     fuzz TARGET FILE…                         each file once; says which, so that the last one told is the culprit
//     TAILRACE_FUZZ=TARGET fuzz OPTION… FOLDER  where it was built for libFuzzer (`make fuzz`), which brings the main

#if FUZZING
    private let target: FuzzTarget = {
        let name = getenv("TAILRACE_FUZZ").map { String(cString: $0) } ?? ""
        guard let target = FuzzTarget(rawValue: name) else {
            fatalError("TAILRACE_FUZZ is to name a target: \(FuzzTarget.allCases.map(\.rawValue))")
        }
        return target
    }()

    @_silgen_name("LLVMFuzzerRunDriver")
    private func runFuzzer(
        _ count: UnsafeMutableRawPointer, _ arguments: UnsafeMutableRawPointer,
        _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
    ) -> Int32

    private func takeOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
        target.run(UnsafeBufferPointer(start: bytes, count: count))
        return 0
    }

    /// The linker is told that `main` of this program has this name; libFuzzer's own is so left out.
    @_cdecl("fuzz_main")
    func main(_ count: Int32, _ arguments: UnsafeMutableRawPointer) -> Int32 {
        var (count, arguments) = (count, arguments)
        return runFuzzer(&count, &arguments, takeOneInput)
    }
#else
    @main enum Fuzz {
        static func main() {
            let words = CommandLine.arguments
            guard words.count > 1, let target = FuzzTarget(rawValue: words[1]) else {
                write("usage: fuzz \(FuzzTarget.allCases.map(\.rawValue).joined(separator: "|")) FILE…\n")
                exit(64)
            }
            for path in words.dropFirst(2) {
                write("\(path)\n")
                replay(path, target)
            }
        }

        private static func replay(_ path: String, _ target: FuzzTarget) {
            guard let file = fopen(path, "rb") else {
                write("fuzz: \(path): \(String(cString: strerror(errno)))\n")
                exit(74)
            }
            defer { fclose(file) }
            var buffer = [UInt8](repeating: 0, count: 1 << 20)
            let size = fread(&buffer, 1, buffer.count, file)
            // A block of its own size: a step beyond the bytes is one beyond the block.
            let exact = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: size)
            defer { exact.deallocate() }
            _ = exact.initialize(from: buffer[..<size])
            target.run(UnsafeBufferPointer(exact))
        }
    }
#endif
