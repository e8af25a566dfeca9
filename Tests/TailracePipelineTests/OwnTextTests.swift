import Testing

@testable import TailracePipeline

/// What a splitter makes of a text, put together by kind.
struct SplitText {
    var own: String
    var quoted: String
    var signature: String
    var isSplit: Bool

    init(_ text: String) {
        var splitter = OwnText()
        self.init(Array(text.utf8), &splitter)
    }

    init(_ bytes: [UInt8], _ splitter: inout OwnText) {
        isSplit = bytes.withUnsafeBytes { splitter.split($0) }
        func join(_ ranges: [Range<Int>]) -> String {
            ranges.map { String(decoding: bytes[$0], as: UTF8.self) }.joined()
        }
        own = isSplit ? join(splitter.own) : String(decoding: bytes, as: UTF8.self)
        quoted = join(splitter.quoted)
        signature = join(splitter.signature)
    }
}

@Suite struct OwnTextTests {
    // MARK: - Marked quotes

    @Test func `The lines with a mark are quoted, and the line that introduces them`() {
        let split = SplitText("It works now.\n\nOn 5 May 2024 at 10:12, Jane wrote:\n> Does it work?\n>> Not yet.\n")
        #expect(split.own == "It works now.\n\n")
        #expect(split.quoted == "On 5 May 2024 at 10:12, Jane wrote:\n> Does it work?\n>> Not yet.\n")
    }

    @Test func `Answers between quotes are own`() {
        let split = SplitText("> one?\n\nYes, that one.\n\n> two?\n\nNo, never.\n")
        #expect(split.own == "Yes, that one.\n\nNo, never.\n")
        #expect(split.quoted == "> one?\n\n> two?\n\n")
    }

    @Test func `An attribution may be wrapped, and stand some empty lines above`() {
        let split = SplitText(
            "Fine with me.\n\nOn Mon, May 6, 2024 at 10:12 AM Jane Doe\n<jane@example.org>\nwrote:\n\n\n> Is it fine?\n"
        )
        #expect(split.own == "Fine with me.\n\n")
    }

    @Test(arguments: ["＞ Is it?\n", "  > Is it?\n", "JD> Is it?\nJD> Or not?\n", ">Is it?\n", ">>> Is it?\n>> No.\n"])
    func `Marks of other programs are marks`(_ quote: String) {
        let split = SplitText("Yes it is.\n\nJane, on 5 May, asked:\n" + quote)
        #expect(split.own == "Yes it is.\n\n")
    }

    @Test func `A bar marks a quote below an attribution with a date`() {
        let split = SplitText("Yes it is.\n\nJane, 5 May 2024, wrote:\n| Is it?\n|\n| Or not?\n")
        #expect(split.own == "Yes it is.\n\n")
    }

    // MARK: - Quotes without marks

    @Test(arguments: OwnTextFixtures.attributions)
    func `Behind an attribution with a date everything is quoted`(_ attribution: String) {
        for quote in ["The old text, which\nhas no mark at all.\n", "> The old text.\n"] {
            for gap in ["", "\n"] {
                let own = "The new text.\n\n"
                let split = SplitText(own + attribution + "\n" + gap + quote)
                #expect(split.own == own, "\(attribution)")
                #expect(split.quoted == attribution + "\n" + gap + quote)
            }
        }
    }

    @Test(arguments: OwnTextFixtures.separators)
    func `Behind a separator everything is quoted`(_ separator: String) {
        let split = SplitText("The new text.\n\n" + separator + "\nX: y\n\nThe old text.\n")
        #expect(split.own == "The new text.\n\n", "\(separator)")
    }

    @Test(arguments: OwnTextFixtures.headers)
    func `A header block begins the quote`(_ block: String) {
        for rule in ["", "________________________________\n", "-----\n\n"] {
            let split = SplitText("The new text.\n\n" + rule + block + "\n\nThe old text.\n")
            #expect(split.own == "The new text.\n\n", "\(block)")
        }
    }

    // MARK: - Signatures

    @Test(arguments: OwnTextFixtures.closings)
    func `A closing and the name below it are a signature`(_ closing: String) {
        for name in ["Jane Doe\n", "\nDr. Jane Doe\nExample Ltd.\n", "jane\n", ""] {
            let split = SplitText("We can ship the parts on Monday.\n\n" + closing + "\n" + name)
            #expect(split.own == "We can ship the parts on Monday.\n\n", "\(closing)")
            #expect(split.signature == closing + "\n" + name)
        }
    }

    @Test(arguments: OwnTextFixtures.devices)
    func `What a device adds is a signature`(_ device: String) {
        let split = SplitText("We can ship the parts on Monday.\n\n" + device + "\n")
        #expect(split.signature == device + "\n", "\(device)")
    }

    @Test func `A signature stands under two dashes, above a quote as well`() {
        for dashes in ["--", "-- ", "--\r"] {
            let split = SplitText("New.\n\n\(dashes)\nJane Doe\nExample Ltd\n\nOn 5 May 2024 Joe wrote:\n> Old.\n")
            #expect(split.own == "New.\n\n")
            #expect(split.signature == "\(dashes)\nJane Doe\nExample Ltd\n\n")
        }
    }

    @Test func `More than twelve lines under two dashes are no signature`() {
        let lines = (1...14).map { "line \($0) of the text\n" }.joined()
        #expect(!SplitText("New.\n--\n" + lines).isSplit)
    }

    @Test func `Closing, name, delimiter and footer go one after the other`() {
        let rest =
            "Cheers,\nJane\n\n-- \nJane Doe\nExample Ltd\n____________________________\nA list\nlist@example.org\n"
        let split = SplitText("It is done.\n\n" + rest)
        #expect(split.own == "It is done.\n\n")
        #expect(split.signature == rest)
    }

    @Test(arguments: [
        "Jane Doe\nHead of Parts\nTel. +49 30 1234567\n", "Jane Doe\njane@example.org\n",
        "Анна Иванова\nООО Пример\nтел. +7 495 123-45-67\n", "山田太郎\n株式会社例\nyamada@example.co.jp\n",
        "Jane Doe\nExample Ltd\n\n+1 555 123 4567\njane@example.org\n",
    ])
    func `A last paragraph of name and address is a signature`(_ paragraph: String) {
        let split = SplitText("We can ship the parts on Monday.\n\n" + paragraph)
        #expect(split.signature == paragraph)
    }

    @Test func `A name below a letter signs it`() {
        #expect(SplitText("Dear Joe,\n\nthe parts are here.\n\nJane\n").signature == "Jane\n")
        #expect(SplitText("The parts are here.\n\n- Jane Doe\n").signature == "- Jane Doe\n")
        // Without a greeting it may as well be the answer.
        #expect(!SplitText("Who is it?\n\nJane\n").isSplit)
    }

    @Test(arguments: ["Thanks!\nJane\n", "Thanks.\n", "Danke\n"])
    func `A thank-you that is all somebody writes is own`(_ thanks: String) {
        #expect(!SplitText(thanks).isSplit)
        #expect(SplitText(thanks + "\nOn 5 May 2024 Joe wrote:\n> The parts are here.\n").own.hasPrefix(thanks))
    }

    @Test func `A device in a long line is found`() {
        let device = "Sent from Mail<https://example.org/a/long/link/that/goes/on/and/on?id=550986> for Windows\n"
        #expect(SplitText("We can ship the parts on Monday, or on Tuesday.\n\n" + device).signature == device)
    }

    // MARK: - All own

    @Test(arguments: [
        "", "\n", "one line", "> one line", "> all\n> of it\n", "---- Forwarded message ----\nFrom: a\n\nText.\n",
        "On 5 May 2024 Jane wrote:\n> old\n", "\n\n> old\n\n\n", "-----Original Message-----\nold\n",
    ])
    func `A text of nothing but quotes is its own content`(_ text: String) {
        var splitter = OwnText()
        #expect(!SplitText(Array(text.utf8), &splitter).isSplit)
        #expect(splitter.own.isEmpty && splitter.quoted.isEmpty && splitter.signature.isEmpty)
    }

    @Test(arguments: OwnTextFixtures.allOwn)
    func `What only looks like a quote or a signature is left alone`(_ text: String) {
        let split = SplitText(text)
        #expect(!split.isSplit, "quoted: \(split.quoted), signature: \(split.signature)")
    }

    @Test func `Of a patch only the version of git is a signature`() {
        let patch = OwnTextFixtures.patch
        #expect(SplitText(patch + "-- \n2.30.2\n").signature == "-- \n2.30.2\n")
        #expect(!SplitText(patch + "-- \n-an item\n context\n").isSplit)
    }
}
