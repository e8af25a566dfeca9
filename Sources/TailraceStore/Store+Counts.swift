extension Store {
    /// Closed windows of all widths.
    public func closedWindowCount() throws(StoreFault) -> Int64 {
        try connection.integer("SELECT count(*) FROM period WHERE closed = 1")
    }

    /// Bytes of the database file's pages, without its write-ahead log.
    public func byteCount() throws(StoreFault) -> Int64 {
        try connection.integer("PRAGMA page_count") * connection.integer("PRAGMA page_size")
    }
}
