internal import Glibc

/// One name in a folder that is being read.
struct FolderEntry {
    enum Kind { case file, folder, link, other }

    /// What a step of readdir(3) gave.
    enum Step {
        case entry(FolderEntry)
        /// The name is not UTF-8: its path for people, which cannot be opened.
        case unreadableName(String)
        /// `.` or `..`.
        case itself
    }

    let name: String
    let path: String
    let kind: Kind
    private let descriptor: Int32

    var isHidden: Bool { name.utf8.first == UInt8(ascii: ".") }
    var mayBeFolder: Bool { kind == .folder || kind == .link }

    /// Takes a name over from readdir(3), which uses its memory again.
    /// - Parameter descriptor: of the open folder; the entry is good as long as it is.
    static func read(_ entry: UnsafeMutablePointer<dirent>, in folder: String, descriptor: Int32) -> Step {
        // The name ends with a zero byte within the record (readdir(3)); its declared length is only a maximum.
        let text = UnsafeRawPointer(entry).advanced(by: MemoryLayout<dirent>.offset(of: \.d_name) ?? 0)
            .assumingMemoryBound(to: CChar.self)
        let first = UInt8(bitPattern: text[0])
        if first == UInt8(ascii: "."), text[1] == 0 || (UInt8(bitPattern: text[1]) == first && text[2] == 0) {
            return .itself
        }
        let prefix = folder == "/" ? "/" : folder + "/"
        guard let name = String(validatingCString: text) else { return .unreadableName(prefix + String(cString: text)) }
        let kind = kind(entry.pointee.d_type, name, descriptor)
        return .entry(FolderEntry(name: name, path: prefix + name, kind: kind, descriptor: descriptor))
    }

    private static func kind(_ type: UInt8, _ name: String, _ descriptor: Int32) -> Kind {
        switch Int(type) {
        case Int(DT_REG): return .file
        case Int(DT_DIR): return .folder
        case Int(DT_LNK): return .link
        case Int(DT_UNKNOWN):
            // Some file systems do not tell.
            var status = Glibc.stat()
            guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return .other }
            switch status.st_mode & S_IFMT {
            case S_IFREG: return .file
            case S_IFDIR: return .folder
            case S_IFLNK: return .link
            default: return .other
            }
        default: return .other
        }
    }

    /// - Returns: false where it failed, the reason in `errno`.
    func stat(_ status: inout stat, followingLinks: Bool) -> Bool {
        fstatat(descriptor, name, &status, followingLinks ? 0 : AT_SYMLINK_NOFOLLOW) == 0
    }
}
