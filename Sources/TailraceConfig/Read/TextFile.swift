import Glibc

/// Reads a small text file whole.
///
/// Plain system calls, because their errors say in one word what is wrong. One byte more than the limit is read at
/// most, so that a device or a log named by mistake costs nothing.
func readTextFile(_ path: String) throws(TextFileFault) -> [UInt8] {
    // Without O_NONBLOCK a named pipe would wait for its writer for ever.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw TextFileFault(code: errno) }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: YAMLTree.limitBytes + 1)
    var count = 0
    while count < bytes.count {
        let got = bytes.withUnsafeMutableBytes {
            read(descriptor, $0.baseAddress?.advanced(by: count), $0.count - count)
        }
        if got < 0 {
            if errno == EINTR { continue }
            throw TextFileFault(code: errno)
        }
        if got == 0 { break }
        count += got
    }
    return Array(bytes[..<count])
}

/// The system's reason why a file cannot be read.
struct TextFileFault: Error {
    var code: Int32

    var message: String { String(cString: strerror(code)).lowercased() }

    var mend: String {
        switch code {
        case ENOENT: "create it, or name another file"
        case EACCES: "give the user that runs tailrace the right to read it"
        case EISDIR: "name a file, not a folder"
        default: ""
        }
    }
}
