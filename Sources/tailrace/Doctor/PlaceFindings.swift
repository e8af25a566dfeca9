import Foundation
import TailraceConfig
import TailraceIngest

/// What keeps this user from finding or reading the files that the configuration names.
struct PlaceFindings {
    /// Paths, folders and patterns as configured.
    let paths: [String]
    /// Where relative ones start.
    let base: String
    let mounts: MountTable
    /// Folders that would be watched; filled by the search.
    private(set) var folders: [String] = []
    private(set) var findings: [Finding] = []

    /// So many files of one folder are named; the rest is counted.
    private static let mostNames = 3

    init(paths: [String], base: String, mounts: MountTable) {
        (self.paths, self.base, self.mounts) = (paths, base, mounts)
        var seen: Set<String> = []
        for path in paths where seen.insert(path).inserted { look(at: path) }
        folders = FileFinder.sorted(folders)
        lookForNetworks()
    }

    private mutating func look(at path: String) {
        let search = FileSearch(at: path, relativeTo: base, wantsFolders: true)
        folders += search.folders
        for fault in search.faults { findings.append(Self.hidden(fault)) }
        if search.files.isEmpty, search.faults.isEmpty { findings.append(nothing(path, isFolder: search.isThere)) }
        lookForUnreadable(search.files.map(\.path))
    }

    // MARK: - Nothing there

    private func nothing(_ path: String, isFolder: Bool) -> Finding {
        if isFolder {
            return Finding(
                severity: .note, place: path, what: "the folder holds no files yet.",
                mend: "Nothing has to be done if the first log is still to come.")
        }
        let missing = firstMissing(path)
        return Finding(
            severity: .warning, place: path,
            what: missing.map { "matches nothing: \($0) does not exist." } ?? "matches no file.",
            mend: "Correct the path under `sources:`, or bring the logs there. Files that come later are found without "
                + "a restart.",
            commands: ["ls -ld \((missing ?? path).parentFolder.shellWord)"])
    }

    /// The first folder on the way that is not there; nil where only the last component matches nothing.
    private func firstMissing(_ path: String) -> String? {
        var place = path.hasPrefix("/") ? "" : base
        let components = path.split(separator: "/")
        for component in components.dropLast() {
            if component.contains(where: { "*?[".contains($0) }) { return nil }
            place += "/" + component
            if !FileManager.default.fileExists(atPath: place) { return place }
        }
        return nil
    }

    // MARK: - No permission

    private static func hidden(_ fault: ReadFault) -> Finding {
        let isPermission = fault.reason == String(cString: strerror(EACCES))
        return Finding(
            severity: .error, place: fault.path,
            what: isPermission
                ? "may not be read by \(userName) (permission denied): what lies in it is not seen."
                : "is left out: \(fault.reason).",
            mend: isPermission
                ? "Give \(userName) the rights r and x on the folder, or make it a member of a group that has them."
                : "Take it out of the paths under `sources:`, or put a regular file with a plain name in its place.",
            commands: isPermission
                ? ["namei -l \(fault.path.shellWord)", "setfacl -m u:\(userName):rx \(fault.path.shellWord)"] : [])
    }

    private mutating func lookForUnreadable(_ files: [String]) {
        // With the rights of the effective user, unlike access(2): they are those that open(2) asks for.
        let shut = files.filter { faccessat(AT_FDCWD, $0, R_OK, AT_EACCESS) != 0 && errno == EACCES }
        for (folder, paths) in Dictionary(grouping: shut, by: \.parentFolder).sorted(by: { $0.key < $1.key }) {
            guard let first = paths.first else { continue }
            let right = ReadingRight(user: Self.userName, path: first, facts: FileFacts(path: first))
            let names = paths.prefix(Self.mostNames).map { ($0 as NSString).lastPathComponent }
            let more = paths.count > names.count ? " and \(Figure.count(Int64(paths.count - names.count))) more" : ""
            findings.append(
                Finding(
                    severity: .error, place: paths.count == 1 ? first : folder,
                    what: paths.count == 1
                        ? "may not be read by \(Self.userName). \(right.what)"
                        : "\(Figure.count(Int64(paths.count))) files may not be read by \(Self.userName): "
                            + "\(names.joined(separator: ", "))\(more). Of the first: \(right.what)",
                    mend: right.mend, commands: right.commands))
        }
    }

    // MARK: - Network

    private mutating func lookForNetworks() {
        var byType: [String: [String]] = [:]
        for folder in folders {
            if let type = mounts.networkType(of: folder) { byType[type, default: []].append(folder) }
        }
        for (type, folders) in byType.sorted(by: { $0.key < $1.key }) {
            findings.append(Self.polled(folders, type))
        }
    }

    static func polled(_ folders: [String], _ type: String) -> Finding {
        let more = folders.count > 1 ? " and \(Figure.counted(Int64(folders.count - 1), "folder")) more" : ""
        return Finding(
            severity: .note, place: (folders.first ?? "") + more,
            what: "lies on a network file system (\(type)): what other machines write there is found by looking, each "
                + "`scan_interval`.",
            mend: "Nothing has to be done. Reading on the machine that writes is faster.")
    }

    /// The user that this program runs as: rights are those of this one.
    static var userName: String {
        getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) } ?? "user \(geteuid())"
    }
}

extension String {
    /// The folder part of a path; "." where it has none.
    var parentFolder: String {
        let folder = (self as NSString).deletingLastPathComponent
        return folder.isEmpty ? "." : folder
    }
}
