import Foundation
import TestSupport

extension Step.Packed {
    var format: FlushingPacker.Format { self == .gzip ? .gzip : .zstd }
}

extension TailRun {
    func pack(_ step: Step) throws {
        switch step {
        case .pack(let from, let to, let packed):
            if exists(to) { throw TailFailure(description: "\(to) is there already", isOfStep: true) }
            try append(FlushingPacker(packed.format).finish(content(from)), to: to)
        case .member(let path, let count, let packed):
            let numbers = model.take(count)
            try append(FlushingPacker(packed.format).finish(NumberedEvent.lines(numbers)), to: path)
            model.require(numbers)
        case .program(let words): try run(words)
        case .prepare(let path, let packed, let lines, let every):
            parcels[path] = ArchiveParcel(packed.format, model.take(lines), every: every)
        case .preparePacking(let from, let to, let packed):
            if exists(to) { throw TailFailure(description: "\(to) is there already", isOfStep: true) }
            parcels[to] = ArchiveParcel(packed.format, content: try content(from))
        case .deliver(let path, let piece): try deliver(path, piece)
        case .abandon(let path): parcels[path] = nil
        case .completePacking(let original, let path):
            guard parcels[path] != nil else { return }
            try deliver(path, .all)
            unlink(folder.path(original))
        case .repack(let from, let to, let packed):
            if exists(to) { throw TailFailure(description: "\(to) is there already", isOfStep: true) }
            guard let content = try unpacked(from) else {
                throw TailFailure(description: "\(from) is not whole", isOfStep: true)
            }
            try append(FlushingPacker(packed.format).finish(content), to: to)
            unlink(folder.path(from))
        case .damage(let path, let piece):
            guard let parcel = parcels[path] else { return }
            parcels[path]?.damage(piece: piece)
            for lost in parcel.pieces[piece...] {
                model.excuse(lost.numbers)
                model.strangers += lost.numbers.count
                model.mayReject(lost.numbers.count + 2)
            }
        case .damageTrailer(let path, let trailer): parcels[path]?.damage(trailer)
        case .flip(let path, let place, let isSeen): try flip(path, place, isSeen)
        default: break
        }
    }

    /// Puts more of an archive into its file, and requires the lines that can be read then.
    private func deliver(_ path: String, _ piece: Step.Piece) throws {
        guard var parcel = parcels[path] else { return }
        let end = parcel.end(piece)
        try append(Array(parcel.bytes[parcel.delivered..<end]), to: path)
        parcel.delivered = end
        for (index, piece) in parcel.pieces.enumerated() {
            let start = index == 0 ? 0 : parcel.pieces[index - 1].end
            if piece.isSure, piece.end <= end {
                model.require(piece.numbers)
            } else if start < end {
                model.excuse(piece.numbers)
            }
        }
        parcels[path] = end < parcel.bytes.count ? parcel : nil
    }

    private func flip(_ path: String, _ place: Double, _ isSeen: Bool) throws {
        guard let carried = try numbers(in: path) else { return }
        if isSeen {
            // Half an archive may be known by its name alone, and is compared when it holds something.
            let sql = """
                SELECT 1 FROM source WHERE path = '\(folder.path(path))' AND state <> 'gone'
                AND (events + rejected > 0 OR copy_of IS NOT NULL OR state = 'corrupt')
                """
            guard try wait(patience, until: { !StoreContent.rows(store, sql).isEmpty }) else {
                throw TailFailure(description: "\(path) is not among the sources")
            }
            // The store names it; it is compared with other logs in the same look or the next.
            try pass(0.3)
        }
        let descriptor = open(folder.path(path), O_RDWR | O_CLOEXEC)
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_size > 0 else { return }
        let offset = off_t(Double(status.st_size) * place)
        var byte: UInt8 = 0
        guard pread(descriptor, &byte, 1, offset) == 1 else { return }
        byte ^= 1 << UInt8(random.below(8))
        guard pwrite(descriptor, &byte, 1, offset) == 1 else { return }
        let stored = StoreContent(store, isWhole: true)?.items ?? []
        let unsure = carried.filter { !stored.contains($0) }
        model.excuse(unsure)
        let foreign = isSeen ? unsure.count : carried.count
        model.strangers += foreign
        model.mayReject(foreign == 0 ? 0 : foreign + 2)
    }

    /// The content of an archive, by the program that unpacks it; nil where it is not whole.
    private func unpacked(_ path: String) throws -> [UInt8]? {
        let isGzip = try content(path).starts(with: [0x1F, 0x8B])
        guard let program = Program.find(isGzip ? "gzip" : "zstd") else { return nil }
        guard try ChildProcess.run(program, ["-dc", folder.path(path)], output: folder.path("unpacked")) == 0 else {
            return nil
        }
        return try content("unpacked")
    }

    /// Numbers of the events in an archive; nil where it is not whole.
    private func numbers(in path: String) throws -> [Int]? {
        try unpacked(path).map { content in
            String(decoding: content, as: UTF8.self).matches(of: /"item":"(D-[0-9a-f]{8})"/)
                .compactMap { NumberedEvent.number(item: $0.output.1) }
        }
    }

    /// Runs a program on files of the run.
    private func run(_ words: [String]) throws {
        guard let program = Program.find(words[0]) else {
            throw TailFailure(description: "no program \(words[0])", isOfStep: true)
        }
        let folders = ["logs", "data"]
        let arguments = words.dropFirst().map { word in
            folders.contains { word.hasPrefix($0 + "/") } ? folder.path(word) : word
        }
        let status = try ChildProcess.run(program, Array(arguments), errors: folder.path("program.err"))
        if status != 0 {
            let said = try String(contentsOfFile: folder.path("program.err"), encoding: .utf8)
            throw TailFailure(
                description: "\(words.joined(separator: " ")) ended with \(status ?? -1): \(said)", isOfStep: true)
        }
    }
}
