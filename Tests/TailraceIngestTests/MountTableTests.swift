import Testing
import TestSupport

@testable import TailraceIngest

@Suite struct MountTableTests {
    @Test func `The type of a folder's file system is found by its device`() throws {
        let folder = try TemporaryFolder()
        let status = FileStatus(path: try folder.write([1], to: "a"))
        let device = try #require(status).device
        let major = (device >> 8 & 0xFFF) | (device >> 32 & ~0xFFF)
        let minor = (device & 0xFF) | (device >> 12 & ~0xFF)
        #expect(MountTable.device(major: major, minor: minor) == device)
        func type(_ line: String) -> String? { MountTable(mountInfo: line).networkType(of: folder.path("")) }
        let head = "36 35 \(major):\(minor) / /mnt\\040point rw,noatime"
        #expect(type("\(head) - nfs4 server:/export rw") == "nfs4")
        #expect(type("\(head) shared:1 master:2 - fuse.sshfs host: rw\n") == "fuse.sshfs")
        #expect(type("\(head) master:1 - ext4 /dev/sda1 rw") == nil)
        #expect(type("\(head) - fuseblk /dev/sdb1 rw") == nil)
        for broken in ["", "x", "36 35 \(major) / / rw - nfs a b", "\(head) -", "36 35 0:0 / / rw - nfs a b"] {
            #expect(type(broken) == nil, "\(broken)")
        }
    }

    @Test func `This machine's own table is read`() {
        #expect(MountTable().networkType(of: "/proc") == nil)
        #expect(MountTable().networkType(of: "/nowhere") == nil)
    }
}
