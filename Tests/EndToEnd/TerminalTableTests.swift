import Testing

@testable import tailrace

@Suite("Tables and the terminal")
struct TerminalTableTests {
    private func table() -> TextTable {
        var table = TextTable([
            .text("STAGE", narrowest: 8), .number("BACKLOG"), .text("NOTE", narrowest: 10, dropRank: 2),
            .number("OLDEST", dropRank: 1),
        ])
        table.add(["審査部門の確認", "1,234", "a longer note than others", "4 d 3 h"], note: "below the row there is more")
        table.add([.init("dealdesk", .red), "7", "", "12 min"])
        return table
    }

    @Test("No line is wider than the terminal, whatever its width")
    func linesFit() {
        for width in 20...120 {
            for indent in [0, 2] {
                let lines = table().lines(Terminal(columns: width), indent: indent)
                #expect(lines.allSatisfy { $0.displayWidth <= width }, "width \(width), indent \(indent)")
            }
        }
    }

    @Test("A column of numbers is left out before it is cut")
    func numbersAreNotCut() {
        for width in 24...120 {
            let lines = table().lines(Terminal(columns: width))
            let first = lines[1]
            #expect(first.contains("1,234"), "width \(width)")
            #expect(first.contains("4 d 3 h") || !lines[0].contains("OLDEST"), "width \(width)")
        }
    }

    @Test("Without an edge nothing is cut")
    func pipesAreWhole() {
        let lines = table().lines(Terminal())
        #expect(lines[0] == "STAGE           BACKLOG  NOTE                        OLDEST")
        #expect(lines[1] == "審査部門の確認    1,234  a longer note than others  4 d 3 h")
        #expect(lines[3] == "dealdesk              7                              12 min")
    }

    @Test("No line ends in spaces")
    func noTrailingSpaces() {
        for width in 20...120 {
            #expect(table().lines(Terminal(columns: width)).allSatisfy { !$0.hasSuffix(" ") })
        }
    }

    @Test("Colour does not move a column")
    func colourIsWeightless() {
        let bare = table().lines(Terminal(columns: 60))
        let coloured = table().lines(Terminal(columns: 60, hasColour: true))
        #expect(bare != coloured)
        #expect(coloured.map { $0.replacing(#/\u{1B}\[[0-9]+m/#, with: "") } == bare)
    }

    @Test("Colour follows the conventions of the environment")
    func colourConventions() {
        func hasColour(_ environment: [String: String], _ isTerminal: Bool) -> Bool {
            Terminal(environment: environment, isTerminal: isTerminal, windowColumns: 80).hasColour
        }
        #expect(hasColour([:], true))
        #expect(!hasColour([:], false))
        #expect(!hasColour(["NO_COLOR": "1"], true))
        #expect(hasColour(["NO_COLOR": ""], true))
        #expect(!hasColour(["CLICOLOR": "0"], true))
        #expect(!hasColour(["TERM": "dumb"], true))
        #expect(hasColour(["CLICOLOR_FORCE": "1"], false))
        #expect(!hasColour(["CLICOLOR_FORCE": "0"], false))
        #expect(!hasColour(["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], true))
    }

    @Test("COLUMNS wins over the window, a pipe has no edge")
    func width() {
        func columns(_ environment: [String: String], _ isTerminal: Bool, _ window: Int?) -> Int? {
            Terminal(environment: environment, isTerminal: isTerminal, windowColumns: window).columns
        }
        #expect(columns([:], true, 132) == 132)
        #expect(columns([:], true, nil) == 80)
        #expect(columns([:], false, nil) == nil)
        #expect(columns(["COLUMNS": "60"], true, 132) == 60)
        #expect(columns(["COLUMNS": "60"], false, nil) == 60)
        #expect(columns(["COLUMNS": "wide"], true, 132) == 132)
        #expect(columns(["COLUMNS": "-5"], false, nil) == nil)
        #expect(columns(["COLUMNS": "3"], true, 132) == 20)
    }
}
