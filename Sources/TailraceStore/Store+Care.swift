import Foundation
import TailracePipeline

/// What keeps the file in good order; none of it changes what the views show.
extension Store {
    /// Builds the indexes that only queries need. Cheap where they exist; a replay calls it at its end, because
    /// filling a table is faster without.
    public func buildIndexes() throws(StoreFault) {
        let connection = connection
        try connection.transaction { () throws(StoreFault) in
            for statement in Schema.indexes { try connection.execute(statement) }
        }
    }

    /// Copies the write-ahead log into the file and empties it, where no reader is in the way (it waits up to five
    /// seconds for that). For idle moments and the end of a replay.
    public func truncateLog() throws(StoreFault) {
        _ = try connection.value("PRAGMA wal_checkpoint(TRUNCATE)")
    }

    /// Gives unused pages back to the file system, in small steps so that readers and checkpoints are not held up.
    public func shrink(atMost pages: Int = 1000) throws(StoreFault) {
        try connection.execute("PRAGMA incremental_vacuum(\(pages))")
    }

    /// What is wrong with the file, in SQLite's words; empty where all is well. Reads the whole file, and with
    /// `thorough` compares indexes with their tables too.
    public func problems(thorough: Bool) throws(StoreFault) -> [String] {
        let statement = try connection.prepare("PRAGMA \(thorough ? "integrity_check" : "quick_check")")
        var lines: [String] = []
        while try statement.step() { lines.append(statement.text(0)) }
        return lines == ["ok"] ? [] : lines
    }

    /// Copies the store as of now into a new, compact file (mode 0640). It is whole or it is not there.
    ///
    /// - Throws: `.notWritable` where the file exists or cannot be made; `.diskFull`.
    public func backUp(to copy: String) throws(StoreFault) {
        if FileManager.default.fileExists(atPath: copy) {
            throw StoreFault(
                .notWritable, path: copy, message: "exists already", mend: "name a new file, or remove this one")
        }
        let unfinished = copy + "-unfinished"
        unlink(unfinished)
        do {
            try StoreFile.makeReady(unfinished, create: true)
            try connection.prepare("VACUUM INTO ?").run([.text(StoreFile.name(unfinished))])
        } catch let fault {
            unlink(unfinished)
            throw StoreFault(fault.kind, path: copy, message: fault.message, mend: fault.mend)
        }
        guard rename(unfinished, copy) == 0 else {
            throw StoreFault(.notWritable, path: copy, message: String(cString: strerror(errno)))
        }
    }
}
