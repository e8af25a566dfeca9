import Glibc

/// The file that a log to measure with is written to, or the files, one after the other.
struct LoadFiles: ~Copyable {
    private let order: LoadOrder
    private var path: String
    private var file: UnsafeMutablePointer<FILE>?
    private var count = 0

    init(_ order: LoadOrder) throws(WritingFault) {
        self.order = order
        path = order.path
        if order.files > 1, mkdir(path, 0o755) != 0 { throw WritingFault(path: path, number: errno) }
    }

    /// Goes on in the next file, under a name behind those before.
    mutating func beginNext() throws(WritingFault) {
        try close()
        if order.files > 1 {
            let number = String(count)
            path = order.path + "/" + String(repeating: "0", count: 6 - number.count) + number + ".\(order.format)"
        }
        count += 1
        file = fopen(path, "wb")
        try write(order.format.header)
    }

    /// - Precondition: a file is begun.
    mutating func write(_ text: String) throws(WritingFault) {
        let bytes = Array(text.utf8)
        guard let file, fwrite(bytes, 1, bytes.count, file) == bytes.count else {
            throw WritingFault(path: path, number: errno)
        }
    }

    mutating func close() throws(WritingFault) {
        guard let open = file else { return }
        file = nil
        guard fclose(open) == 0 else { throw WritingFault(path: path, number: errno) }
    }

    deinit {
        if let file { fclose(file) }
    }
}
