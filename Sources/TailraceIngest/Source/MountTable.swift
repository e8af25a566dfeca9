internal import Glibc

/// The mounted file systems, and which of them other machines can change without this kernel hearing of it.
///
/// Read from /proc/self/mountinfo (proc(5)); where that is absent, every folder counts as local.
public struct MountTable: Sendable {
    /// Type of the file system by device number.
    private var types: [UInt64: String] = [:]

    /// More text than ten thousand mounts have is left out: its folders count as local.
    private static let limitBytes = 4 << 20

    /// The mounts at this moment.
    public init() { self.init(mountInfo: MountTable.text()) }

    private static func text() -> String {
        let descriptor = open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while text.count < MountTable.limitBytes {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { break }
            text += buffer[..<count]
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// - Parameter mountInfo: lines like `36 35 98:0 /root /mnt rw,noatime master:1 - ext3 /dev/root rw`.
    public init(mountInfo: String) {
        for line in mountInfo.split(separator: "\n") {
            let fields = line.split(separator: " ")
            // Optional fields end with a lone hyphen.
            guard fields.count > 6, let end = fields[6...].firstIndex(of: "-"), end + 1 < fields.count else { continue }
            let numbers = fields[2].split(separator: ":").compactMap { UInt64($0) }
            guard numbers.count == 2 else { continue }
            types[MountTable.device(major: numbers[0], minor: numbers[1])] = String(fields[end + 1])
        }
    }

    /// The type of the network file system on which a folder or file lies; nil for a local or unknown one.
    public func networkType(of path: String) -> String? {
        var status = stat()
        guard stat(path, &status) == 0, let type = types[UInt64(status.st_dev)] else { return nil }
        return MountTable.isNetwork(type) ? type : nil
    }

    /// Everything in user space counts but `fuseblk`, which is a disk of this machine: what lies behind the others
    /// cannot be known.
    static func isNetwork(_ type: String) -> Bool { type.hasPrefix("fuse.") || network.contains(type) }

    private static let network: Set<String> = [
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "gfs2", "ocfs2", "lustre", "gpfs", "beegfs",
        "glusterfs", "orangefs", "pvfs2", "coda", "ncpfs", "panfs", "acfs", "fuse", "virtiofs", "vboxsf", "prl_fs",
        "vmhgfs",
    ]

    /// As the kernel packs the two numbers into `st_dev` (makedev(3)).
    static func device(major: UInt64, minor: UInt64) -> UInt64 {
        (major & 0xFFF) << 8 | (major & ~0xFFF) << 32 | minor & 0xFF | (minor & ~0xFF) << 12
    }
}
