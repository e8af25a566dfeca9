internal import Glibc

/// One look at what a path, folder or pattern names: the files, the folders they lie in, and what could not be seen.
///
/// Links to files are followed (Kubernetes keeps its logs behind links), and so is a folder that is named outright
/// or matched by a pattern; a link to a folder inside a walked one is not, since links can go round in circles.
/// Memory: some 150 bytes a file. Time: about 2 µs a file where the file system has it in memory.
public struct FileSearch: Sendable {
    /// Sorted by bytes, each path once.
    public private(set) var files: [FoundFile] = []
    /// Folders in which the files lie or may appear, sorted by bytes. Empty unless they were asked for.
    public private(set) var folders: [String] = []
    /// What hides files: folders that may not be read, names that cannot be opened, limits. `faultLimit` of them.
    public private(set) var faults: [ReadFault] = []
    /// Is anything there, be it only an empty folder or one that may not be read?
    public private(set) var isThere = false
    /// What was named outright and exists, but is neither a folder nor a regular file.
    private(set) var refused: String?

    /// Folders within folders: deeper trees are no logs.
    public static let depthLimit = 64
    /// One fault tells of the permission that is missing; thousands tell nothing more.
    public static let faultLimit = 100

    private let wantsFolders: Bool
    private let fileLimit: Int
    private var isFull = false

    /// - Parameter wantsFolders: fill `folders`; links to files cost several system calls each then.
    public init(at path: String, relativeTo base: String, wantsFolders: Bool = false) {
        self.init(at: path, relativeTo: base, wantsFolders: wantsFolders, fileLimit: FileFinder.fileLimit)
    }

    init(at path: String, relativeTo base: String, wantsFolders: Bool = false, fileLimit: Int) {
        (self.wantsFolders, self.fileLimit) = (wantsFolders, fileLimit)
        let absolute = FileFinder.canonical(path.utf8.first == UInt8(ascii: "/") ? path : base + "/" + path)
        var status = stat()
        if FileFinder.isPattern(absolute), lstat(absolute, &status) != 0 {
            expand(absolute.split(separator: "/")[...], under: "")
        } else {
            take(absolute, isNamed: true)
        }
        files = FileFinder.unique(files.sorted { FileFinder.precedes($0.path, $1.path) }) { $0.path }
        folders = FileFinder.unique(folders.sorted(by: FileFinder.precedes)) { $0 }
    }

    // MARK: - What is named

    /// Matches the components one after the other. `folder` is what the ones before them matched, "" for the root.
    private mutating func expand(_ components: ArraySlice<Substring>, under folder: String) {
        guard !isFull else { return }
        guard let component = components.first else { return take(folder, isNamed: false) }
        let rest = components.dropFirst()
        guard FileFinder.isPattern(component) else { return expand(rest, under: folder + "/" + component) }
        let pattern = String(component)
        var names: [String] = []
        let place = folder.isEmpty ? "/" : folder
        let isFolder = entries(of: place) { entry, _ in
            guard fnmatch(pattern, entry.name, FNM_PERIOD) == 0 else { return }
            // Only a folder, or a link to one, has more below it.
            if rest.isEmpty || entry.mayBeFolder { names.append(entry.path) }
        }
        if isFolder, wantsFolders { folders.append(place) }
        for name in names { expand(rest, under: name) }
    }

    private mutating func take(_ path: String, isNamed: Bool) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            let code = errno
            noteParent(of: path)
            return tell(path, code)
        }
        isThere = true
        switch status.st_mode & S_IFMT {
        case S_IFDIR: walk(path, depth: 0)
        case S_IFREG:
            add(path, status)
            noteParent(of: path)
            noteTarget(of: path)
        default:
            noteParent(of: path)
            if isNamed {
                refused = path
                tell(path, "is not a regular file")
            }
        }
    }

    // MARK: - What lies below

    private mutating func walk(_ folder: String, depth: Int) {
        guard !isFull else { return }
        guard depth < FileSearch.depthLimit else {
            return tell(folder, "lies deeper than \(FileSearch.depthLimit) folders; name it itself to read it")
        }
        var below: [String] = []
        let isFolder = entries(of: folder) { entry, search in
            guard !entry.isHidden else { return }
            switch entry.kind {
            case .folder:
                // The file system's own, for the superuser alone.
                if entry.name != "lost+found" { below.append(entry.path) }
            case .file, .link:
                if let status = search.status(of: entry), status.st_mode & S_IFMT == S_IFREG {
                    search.add(entry.path, status)
                    if entry.kind == .link { search.noteTarget(of: entry.path) }
                }
            case .other: break
            }
        }
        if isFolder, wantsFolders { folders.append(folder) }
        for path in below { walk(path, depth: depth + 1) }
    }

    /// Links followed; nil where the file is gone, or a link leads nowhere.
    private mutating func status(of entry: FolderEntry) -> stat? {
        var status = stat()
        if entry.stat(&status, followingLinks: true) { return status }
        tell(entry.path, errno)
        return nil
    }

    /// Calls for every entry but `.` and `..`. The folder is closed before anything below it is looked at.
    /// - Returns: false where it cannot be read; the reason is among the faults, unless there is no such folder.
    private mutating func entries(of folder: String, _ body: (FolderEntry, inout FileSearch) -> Void) -> Bool {
        guard let stream = opendir(folder) else {
            tell(folder, errno)
            return false
        }
        defer { closedir(stream) }
        while true {
            errno = 0
            guard let next = readdir(stream) else {
                tell(folder, errno)
                return true
            }
            switch FolderEntry.read(next, in: folder, descriptor: dirfd(stream)) {
            case .entry(let entry): body(entry, &self)
            case .unreadableName(let shown):
                tell(shown, "its name is not UTF-8 and cannot be opened; rename it to read it")
            case .itself: break
            }
            if isFull { return true }
        }
    }

    // MARK: - Notes

    private mutating func add(_ path: String, _ status: stat) {
        if files.count < fileLimit {
            files.append(FoundFile(path: path, status: FileStatus(status)))
        } else if !isFull {
            isFull = true
            faults.append(
                ReadFault(path: path, reason: "is left out, and others: more than \(fileLimit) files in one search"))
        }
    }

    private mutating func noteParent(of path: String) {
        guard wantsFolders, let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return }
        let parent = slash == path.startIndex ? "/" : String(path[..<slash])
        var status = stat()
        if stat(parent, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { folders.append(parent) }
    }

    /// Notes where a file behind links really lies.
    private mutating func noteTarget(of path: String) {
        guard wantsFolders, let target = realpath(path, nil) else { return }
        defer { free(target) }
        if let text = String(validatingCString: target), text != path { noteParent(of: text) }
    }

    private mutating func tell(_ path: String, _ code: Int32) {
        // Files come and go, and a link may lead to one that is still to come.
        if code == 0 || code == ENOENT || code == ENOTDIR || code == ELOOP { return }
        isThere = true
        tell(path, String(cString: strerror(code)))
    }

    private mutating func tell(_ path: String, _ reason: String) {
        if faults.count < FileSearch.faultLimit { faults.append(ReadFault(path: path, reason: reason)) }
    }
}
