import Testing

@testable import tailrace

@Suite("Width of text on a terminal")
struct TerminalWidthTests {
    @Test(
        "A character takes the columns a terminal gives it",
        arguments: [
            ("a", 1), ("é", 1), ("e\u{301}", 1), ("漢", 2), ("カ", 2), ("ｶ", 1), ("한", 2), ("🎉", 2), ("👩‍👩‍👧", 2),
            ("❤", 1), ("❤\u{FE0F}", 2), ("1\u{FE0F}\u{20E3}", 2), ("\u{200B}", 0), ("\u{1}", 0), ("–", 1), ("█", 1),
            ("🇫🇷", 2), ("Ａ", 2),
        ])
    func widthOfCharacter(text: String, width: Int) {
        #expect(text.displayWidth == width)
    }

    @Test("A cut text never takes more columns than it may, and says that it was cut")
    func cutFits() {
        for text in ["plain words", "審査部門の確認", "a漢b字c", "👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", "e\u{301}e\u{301}e\u{301}"] {
            for width in 0...16 {
                for side in [String.Cut.end, .start] {
                    let cut = text.cut(to: width, side)
                    #expect(cut.displayWidth <= width)
                    if text.displayWidth <= width {
                        #expect(cut == text)
                    } else if width > 0 {
                        #expect(side == .end ? cut.hasSuffix("…") : cut.hasPrefix("…"))
                    }
                }
            }
        }
    }

    @Test("A path that is cut keeps its end")
    func pathKeepsItsEnd() {
        #expect("/var/log/flow/mail.ndjson.gz".cut(to: 15, .start) == "…mail.ndjson.gz")
    }

    @Test("What a log wrote for the terminal does not reach the terminal")
    func controlCharactersAreRemoved() {
        #expect("a\u{1B}[31mb\u{9B}2Jc\r\nd\u{202E}e\u{7}".printable == "a [31mb 2Jc  de ")
        #expect("審査 é 🎉".printable == "審査 é 🎉")
    }

    @Test("Wrapped lines fit, and together they are the text")
    func wrappedLinesFit() {
        let text = "the stage holds three days of work 審査部門の確認 averyveryverylongwordindeed end"
        for width in 1...40 {
            let lines = text.wrapped(to: width)
            // A wide character in a line of one column is the only excess there can be.
            #expect(lines.allSatisfy { $0.displayWidth <= max(width, 2) })
            #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
        }
        #expect("".wrapped(to: 10).isEmpty)
    }
}
