internal import Foundation

/// `setfsuid(2)`, which the C library has and its Swift overlay lacks. It changes the calling thread alone, unlike
/// `seteuid`; other tests run beside this one.
private let setFileSystemUser = dlsym(nil, "setfsuid").map {
    unsafeBitCast($0, to: (@convention(c) (uid_t) -> Int32).self)
}

/// Runs the body without root's right to pass over file modes: root runs tests in many containers.
///
/// - Parameter folder: a folder that is made read-only for the time.
public func unprivileged<T>(_ folder: String?, _ body: () throws -> T) throws -> T {
    if let folder { chmod(folder, 0o555) }
    let isRoot = geteuid() == 0
    if isRoot { _ = setFileSystemUser?(65_534) }
    defer {
        if isRoot { _ = setFileSystemUser?(0) }
        if let folder { chmod(folder, 0o755) }
    }
    return try body()
}
