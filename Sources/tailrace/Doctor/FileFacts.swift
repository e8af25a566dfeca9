import Foundation
import TailraceIngest

/// What the file system says of a file, as far as this user may know.
struct FileFacts: Sendable, Equatable {
    var owner: String
    var group: String
    /// Permission bits.
    var mode: UInt32
    /// When the content last changed, seconds since 1970 UTC.
    var modified: Int64
    /// nil where it cannot be opened, or is packed otherwise.
    var packing: Compression?

    /// nil where there is no such file, or a folder before it hides it.
    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        owner = getpwuid(status.st_uid).map { String(cString: $0.pointee.pw_name) } ?? "\(status.st_uid)"
        group = getgrgid(status.st_gid).map { String(cString: $0.pointee.gr_name) } ?? "\(status.st_gid)"
        mode = UInt32(status.st_mode) & 0o7777
        modified = Int64(status.st_mtim.tv_sec)
        packing = status.st_mode & S_IFMT == S_IFREG ? try? ArchiveReader(path: path).compression : nil
    }

    init(owner: String, group: String, mode: UInt32, modified: Int64, packing: Compression?) {
        (self.owner, self.group, self.mode, self.modified) = (owner, group, mode, modified)
        self.packing = packing
    }

    /// `root:adm, mode 0640`.
    var owners: String { "\(owner):\(group), mode 0\(String(mode, radix: 8))" }
}

/// How a user gets the right to read a file.
struct ReadingRight {
    /// Who is to read.
    let user: String
    let path: String
    /// nil where not even that is known.
    let facts: FileFacts?

    var what: String { facts.map { "It belongs to \($0.owners)." } ?? "A folder on the way to it may not be entered." }

    var mend: String {
        guard let facts else {
            return "See which folder on the way stops \(user) (it needs the right x), and open that one."
        }
        if hasGroup(facts) {
            return "Its group may read it: make \(user) a member of \(facts.group), and start the daemon again."
        }
        return "Give \(user) the right to read it; the second command does so for files that are still to come."
    }

    var commands: [String] {
        let folder = path.split(separator: "/").dropLast().joined(separator: "/")
        guard let facts else { return ["namei -l \(path.shellWord)"] }
        if hasGroup(facts) { return ["usermod -aG \(facts.group) \(user)", "systemctl restart tailrace"] }
        return [
            "setfacl -m u:\(user):r \(path.shellWord)", "setfacl -d -m u:\(user):r \("/\(folder)".shellWord)",
        ]
    }

    private func hasGroup(_ facts: FileFacts) -> Bool { facts.mode & 0o040 != 0 && facts.group != "root" }
}
