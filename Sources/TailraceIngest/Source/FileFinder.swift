internal import Foundation

/// Finds the files that paths, folders and patterns name.
public enum FileFinder {
    /// More files in one run are an error of the pattern, not a log.
    public static let fileLimit = 1_000_000

    /// Regular files under a file, folder (walked whole) or pattern with `*`, `?`, `[…]`, absolute and sorted by bytes.
    ///
    /// Hidden files and folders inside a walked folder are left out; a file named outright is taken whatever its name.
    /// - Returns: nil where nothing is there.
    public static func files(at path: String, relativeTo base: String) -> [String]? {
        let absolute = path.hasPrefix("/") ? path : base + "/" + path
        if absolute.contains(where: { "*?[".contains($0) }), !FileManager.default.fileExists(atPath: absolute) {
            let found = expand(absolute).flatMap { walk($0) }
            return found.isEmpty ? nil : sorted(found)
        }
        guard FileManager.default.fileExists(atPath: absolute) else { return nil }
        return sorted(walk(absolute))
    }

    /// Does a path, folder or pattern name this file?
    public static func covers(_ named: String, _ path: String) -> Bool {
        let named = canonical(named)
        return path == named || path.hasPrefix(named + "/") || fnmatch(named, path, 0) == 0
    }

    /// One order everywhere: by bytes, so that the language of the machine does not matter.
    public static func sorted(_ paths: [String]) -> [String] {
        Array(Set(paths.map(canonical))).sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    }

    private static func canonical(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }

    private static func expand(_ pattern: String) -> [String] {
        var result = glob_t()
        defer { globfree(&result) }
        guard glob(pattern, 0, nil, &result) == 0 else { return [] }
        return (0..<Int(result.gl_pathc)).compactMap { index in
            result.gl_pathv[index].map { String(cString: $0) }
        }
    }

    private static func walk(_ path: String) -> [String] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return [] }
        guard isFolder.boolValue else { return [path] }
        let keys: [URLResourceKey] = [.isRegularFileKey]
        guard
            let enumerator = FileManager.default.enumerator(
                at: URL(fileURLWithPath: path), includingPropertiesForKeys: keys, options: [.skipsHiddenFiles])
        else { return [] }
        var found: [String] = []
        for case let url as URL in enumerator {
            let isRegular = (try? url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) ?? false
            if isRegular { found.append(url.path) }
            if found.count >= fileLimit { break }
        }
        return found
    }
}
