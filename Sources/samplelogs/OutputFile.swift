import Glibc

/// A file or folder that could not be written, with the system's error number.
struct WritingFault: Error {
    let path: String
    let number: Int32
}

/// Makes a folder unless it is there.
func makeFolder(_ path: String) throws(WritingFault) {
    guard mkdir(path, 0o755) != 0, errno != EEXIST else { return }
    throw WritingFault(path: path, number: errno)
}

/// Replaces a file.
func saveFile(_ path: String, _ bytes: [UInt8]) throws(WritingFault) {
    guard let file = fopen(path, "wb") else { throw WritingFault(path: path, number: errno) }
    let written = fwrite(bytes, 1, bytes.count, file)
    guard fclose(file) == 0, written == bytes.count else { throw WritingFault(path: path, number: errno) }
}
