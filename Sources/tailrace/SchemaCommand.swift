import ArgumentParser
import TailracePipeline
import TailraceStore

/// The store's interface: its views and what their columns mean.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Describe the store's views and their columns.")

    @Argument(help: ArgumentHelp("One view, as v1_flow or flow; without it, all of them.", valueName: "view"))
    var view: String?
    @OptionGroup var reading: ReadingOptions

    func run() throws {
        // The meaning of a store can be read before there is one.
        if reading.store == nil, !reading.json, !reading.hasStore {
            guard let text = Store.schemaText(view: view) else { try refuse() }
            return try writeOutput(text)
        }
        try reading.print { reader, terminal in
            let name = view.map { $0.hasPrefix("v1_") ? $0 : "v1_" + $0 }
            let found = try reader.table(
                """
                SELECT view_name, column_name, unit, description, example FROM v1_dictionary
                WHERE ?1 IS NULL OR view_name = ?1
                """, [.optional(name)])
            if name != nil, found.rows.isEmpty { try refuse() }
            if reading.json { return found.json.lines }
            return name == nil ? SchemaScreen.views(found, terminal) : SchemaScreen.columns(found, terminal)
        }
    }

    private func refuse() throws -> Never {
        try fail("there is no view \(view ?? "")", "`tailrace schema` lists them", .usage)
    }
}
