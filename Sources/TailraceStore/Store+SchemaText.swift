extension Store {
    /// The names of the views, in the order of the documentation.
    public static var viewNames: [String] { View.all.map(\.name) }

    /// The names of all columns of all views.
    public static var columnNames: [String] { Set(View.all.flatMap { $0.columns.map(\.name) }).sorted() }

    /// What `tailrace schema` prints: one line a view, or one view with all its columns.
    ///
    /// nil where there is no view of that name (with or without `v1_`).
    public static func schemaText(view name: String? = nil) -> String? {
        guard let name else {
            let width = View.all.map(\.name.count).max() ?? 0
            return View.all.map { pad($0.name, width) + "  " + $0.about }.joined(separator: "\n") + "\n"
        }
        guard let view = View.all.first(where: { $0.name == name || $0.name == "v1_" + name }) else { return nil }
        let width = view.columns.map(\.name.count).max() ?? 0
        let unitWidth = view.columns.map(\.unit.count).max() ?? 0
        var text = "\(view.name)\n\(view.about)\n\n"
        for column in view.columns {
            text += "\(pad(column.name, width))  \(pad(column.unit, unitWidth))  \(column.description)"
            text += " Example: \(column.example)\n"
        }
        return text
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
