// Measures what each stage of a replay costs (`make bench`). No part of the product.
//
//     stagetimes FORMAT FILE STORE
//
// STORE is made for this and removed again. A program beside `kernels`, whose few modules can be read by valgrind.
import Glibc

func fail(_ text: String) -> Never {
    let line = Array("stagetimes: \(text)\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
    exit(64)
}

let words = CommandLine.arguments
guard words.count == 4 else { fail("usage: stagetimes FORMAT FILE STORE") }
do {
    var times = StageTimes(format: words[1], path: words[2], store: words[3])
    try times.print()
} catch {
    fail("\(error)")
}
