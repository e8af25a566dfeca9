import TailracePipeline

/// What makes a file a store of Tailrace: its marks, its tables, its views.
enum Schema {
    /// `PRAGMA application_id`: "TRLC".
    static let applicationID: Int64 = 0x5452_4C43
    /// `PRAGMA user_version`: changes when tables change in a way that an older program cannot read.
    static let version: Int64 = 7

    /// Creates everything in an empty database, within the caller's transaction.
    static func create(in connection: Connection) throws(StoreFault) {
        for statement in tables { try connection.execute(statement) }
        for view in View.all { try connection.execute(view.sql) }
        let insert = try connection.prepare(
            "INSERT INTO dictionary (view_name, column_name, unit, description, example) VALUES (?, ?, ?, ?, ?)")
        for view in View.all {
            for column in view.columns {
                try insert.run([
                    .text(view.name), .text(column.name), .text(column.unit), .text(column.description),
                    .text(column.example),
                ])
            }
        }
        try connection.execute("PRAGMA application_id = \(applicationID)")
        try connection.execute("PRAGMA user_version = \(version)")
    }

    /// Indexes of tables that a long replay fills faster without; see `Store.buildIndexes`.
    static let indexes = [
        "CREATE INDEX IF NOT EXISTS item_by_family ON item (family) WHERE family IS NOT NULL",
        "CREATE INDEX IF NOT EXISTS alert_by_state ON alert (state)",
    ]
}
