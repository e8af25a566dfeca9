internal import Glibc

/// A regular file that a path, folder or pattern names.
public struct FoundFile: Sendable, Equatable {
    /// Absolute, without `.`, `..` and doubled slashes; links in it stand as they were named.
    public var path: String
    /// Of the file itself, links followed.
    public var status: FileStatus

    public init(path: String, status: FileStatus) { (self.path, self.status) = (path, status) }
}

/// Finds the files that paths, folders and patterns name. What was not found and why is in `FileSearch`.
///
/// A pattern has `*`, `?` or `[…]` in any of its components and matches as the shell does (fnmatch(3)): hidden names
/// only where the pattern begins with a dot. A folder is walked whole, but for hidden entries.
public enum FileFinder {
    /// More files in one search are an error of the pattern, not a log: those beyond are left out, with a fault.
    public static let fileLimit = 1_000_000

    /// Regular files under a file, folder or pattern, sorted by bytes, each path once.
    ///
    /// One stat(2) a file; nothing is opened, so that a FIFO named `*.gz` blocks nobody.
    /// - Returns: nil where nothing is there. Empty where something is, but no regular file that can be seen.
    public static func find(at path: String, relativeTo base: String) -> [FoundFile]? {
        let search = FileSearch(at: path, relativeTo: base)
        return search.isThere ? search.files : nil
    }

    /// As `find`, only the paths. A FIFO or device that was named outright is listed, so that whoever opens it hears
    /// why it is not read.
    public static func files(at path: String, relativeTo base: String) -> [String]? {
        let search = FileSearch(at: path, relativeTo: base)
        guard search.isThere else { return nil }
        return search.files.map(\.path) + (search.refused.map { [$0] } ?? [])
    }

    /// Existing folders in which files that the path names may appear or grow, sorted by bytes.
    ///
    /// A walked folder and its subfolders; the folder part of a file or pattern; of a link to a file also the folder
    /// in which the file itself lies, since only there its growth is seen.
    public static func folders(at path: String, relativeTo base: String) -> [String] {
        FileSearch(at: path, relativeTo: base, wantsFolders: true).folders
    }

    /// What hides files from a search: folders that may not be read, names that cannot be opened, limits.
    public static func faults(at path: String, relativeTo base: String) -> [ReadFault] {
        FileSearch(at: path, relativeTo: base).faults
    }

    /// Does a path, folder or pattern name this file?
    public static func covers(_ named: String, _ path: String) -> Bool {
        let named = canonical(named)
        if path == named || named == "/" || path.utf8.starts(with: (named + "/").utf8) { return true }
        guard isPattern(named) else { return false }
        let wanted = named.split(separator: "/")
        let components = path.split(separator: "/")
        // What a pattern matches may be a folder, which is walked.
        return wanted.count <= components.count
            && zip(wanted, components).allSatisfy { fnmatch(String($0), String($1), FNM_PERIOD) == 0 }
    }

    /// One order everywhere: by bytes, so that the language of the machine does not matter. Each path once.
    public static func sorted(_ paths: [String]) -> [String] {
        unique(paths.map(canonical).sorted(by: precedes)) { $0 }
    }

    /// Files of several searches together: sorted by bytes, each path once.
    public static func unique(_ files: [FoundFile]) -> [FoundFile] {
        unique(files.sorted { precedes($0.path, $1.path) }) { $0.path }
    }

    // MARK: - Paths

    static func isPattern(_ path: some StringProtocol) -> Bool {
        path.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "[") }
    }

    /// Absolute, without `.`, `..` and doubled slashes. `..` goes back in the text, as `cd` does, not behind a link.
    static func canonical(_ path: String) -> String {
        let path = path.utf8.first == UInt8(ascii: "/") ? path : workingFolder() + "/" + path
        if isCanonical(path) { return path }
        var kept: [Substring] = []
        for component in path.split(separator: "/") where component != "." {
            if component == ".." { _ = kept.popLast() } else { kept.append(component) }
        }
        return "/" + kept.joined(separator: "/")
    }

    /// Nearly all paths are, and there are many.
    private static func isCanonical(_ path: String) -> Bool {
        var dots = 0
        var length = 0
        for byte in path.utf8.dropFirst() {
            if byte == UInt8(ascii: "/") {
                if length == 0 || (length == dots && dots <= 2) { return false }
                (dots, length) = (0, 0)
            } else {
                if byte == UInt8(ascii: ".") { dots += 1 }
                length += 1
            }
        }
        return (length > 0 || path.utf8.count == 1) && (length != dots || dots > 2 || length == 0)
    }

    private static func workingFolder() -> String {
        guard let folder = getcwd(nil, 0) else { return "" }
        defer { free(folder) }
        return String(cString: folder)
    }

    /// By bytes. Two names that Unicode calls equivalent are two files.
    static func precedes(_ a: String, _ b: String) -> Bool { order(a, b) < 0 }

    static func unique<Element>(_ sorted: [Element], by path: (Element) -> String) -> [Element] {
        var kept: [Element] = []
        kept.reserveCapacity(sorted.count)
        for element in sorted {
            if let last = kept.last, order(path(last), path(element)) == 0 { continue }
            kept.append(element)
        }
        return kept
    }

    private static func order(_ a: String, _ b: String) -> Int {
        var (a, b) = (a, b)
        return a.withUTF8 { a in
            b.withUTF8 { b in
                let common = min(a.count, b.count)
                // An empty text may have no address.
                guard let first = a.baseAddress, let second = b.baseAddress else { return a.count - b.count }
                let difference = Int(memcmp(first, second, common))
                return difference != 0 ? difference : a.count - b.count
            }
        }
    }
}
