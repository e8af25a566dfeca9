import Glibc
import TailraceIngest

/// A file without a name that holds what is read next.
private let carrier: Int32 = {
    var template = Array("/tmp/tailrace-fuzz-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    require(descriptor >= 0, "no temporary file")
    unlink(template)
    return descriptor
}()

/// Bytes that are kept of one reading; a bomb is not read to its end.
private let outputLimitBytes = 160 << 10

extension FuzzTarget {
    func readArchive(_ bytes: UnsafeBufferPointer<UInt8>) {
        ftruncate(carrier, 0)
        require(pwrite(carrier, bytes.baseAddress, bytes.count, 0) == bytes.count, "no room")
        let path = "/proc/self/fd/\(carrier)"
        _ = RestartPoint(encoded: Array(bytes))
        do {
            let (whole, points) = try read(path, from: nil, buffer: 64 << 10, size: bytes.count)
            if whole.count < 32 << 10 {
                let pieces = try read(path, from: nil, buffer: 61, size: bytes.count).output
                require(pieces == whole, "the size of the buffer shows in what is read")
            }
            for point in points where point.position <= whole.count {
                let again = RestartPoint(encoded: point.encoded)
                require(again == point, "a restart point is not what was written down")
                let rest = try read(path, from: again, buffer: 64 << 10, size: bytes.count).output
                let expected = whole[Int(point.position)...]
                let same = zip(rest, expected).prefix { $0 == $1 }.count
                require(
                    same == min(rest.count, expected.count),
                    "\(point.position) from \(point.offset) on \(same) of \(rest.count) and \(expected.count) bytes agree"
                )
                require(
                    whole.count >= outputLimitBytes || rest.count == expected.count,
                    "\(point.position) from \(point.offset) on there are \(rest.count) and not \(expected.count) bytes")
            }
        } catch {
            // A packing that is not read.
            require(!error.reason.isEmpty, "a fault without a reason")
        }
    }

    private func read(_ path: String, from point: RestartPoint?, buffer size: Int, size carrierBytes: Int)
        throws(ReadFault) -> (output: [UInt8], points: [RestartPoint])
    {
        var reader = try ArchiveReader(path: path, from: point)
        var buffer = [UInt8](repeating: 0, count: size)
        var output: [UInt8] = []
        var points: [RestartPoint] = []
        var faults = 0
        while output.count < outputLimitBytes {
            let outcome = try reader.read(into: &buffer, from: 0)
            // Before a member is given up: what comes after hangs on where the file ends.
            if points.isEmpty || faults == 0 { points = reader.points }
            switch outcome {
            case .bytes(let count):
                require(count > 0 && count <= size, "\(count) bytes in a buffer of \(size)")
                output += buffer[..<count]
            case .fault(let fault):
                faults += 1
                require(!fault.reason.isEmpty, "a fault without a reason")
                require(faults <= 2 * carrierBytes, "more faults than bytes")
            case .waiting: return (output, points)
            case .end: return (output, points)
            }
            require(reader.memoryBytes < 160 << 20, "\(reader.memoryBytes) bytes of memory")
        }
        return (output, points)
    }
}
