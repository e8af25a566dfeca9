extension ArchiveReader {
    /// Damaged data may be decoded beyond the end of their member before they contradict themselves: the search for
    /// the next head begins so far before the contradiction.
    private static let searchBackBytes: Int64 = 64 << 10
    /// Heads that are tried one after the other before a place where data contradicted themselves already. A file can be
    /// made of heads inside heads that all lead to the same megabytes; without a limit each of them is decoded to there.
    private static let returnLimit = 16

    func fault(_ kind: ArchiveFault.Kind, _ reason: String) -> Outcome {
        .fault(ArchiveFault(kind: kind, offset: compressedPosition, reason: reason))
    }

    mutating func tell(_ pending: PendingFault) -> Outcome {
        switch pending {
        case .damage(let reason): return damage(reason)
        case .givenUp(let next):
            let outcome = fault(.corrupt, "the member does not end")
            decoder.reset()
            input.move(to: next)
            phase = .memberHead
            return outcome
        }
    }

    /// The member contradicts itself here: what follows belongs to another one.
    mutating func damage(_ reason: String) -> Outcome {
        let outcome = fault(.corrupt, reason)
        phase = .searching
        returns = memberStart < farthestDamage ? returns + 1 : 0
        farthestDamage = max(farthestDamage, compressedPosition)
        let back = returns < ArchiveReader.returnLimit ? ArchiveReader.searchBackBytes : 0
        input.move(to: max(memberStart + 1, farthestDamage - back))
        return outcome
    }

    /// Moves to the next head of a member. - Returns: false where none is left.
    mutating func search() throws(ReadFault) -> Bool {
        decoder.reset()
        let compression = compression
        while true {
            input.take(input.bytes.firstIndex(where: compression.mayBeginMember) ?? input.bytes.count)
            switch compression.isMemberHead(input.bytes) {
            case true?:
                beginMember()
                return true
            case false?: input.take(1)
            case nil:
                // Half a head at the end may be the beginning of more: it is kept.
                guard try input.more() else { return false }
            }
        }
    }

    /// Gives up the member at whose end the reader waits, where another one begins inside of it.
    ///
    /// A damaged member may take those behind it for its own without ever contradicting itself, and then waits for an
    /// end that never comes. Whoever knows that nothing will come says so here. The next read then tells a fault at the
    /// end of the file, and reading goes on at the next head whose first bytes can be decoded. Restart points of the
    /// member that was given up lead to the same end only while the file does not grow.
    /// - Returns: false where no such head is there: nothing has changed, and the reader waits on.
    /// - Complexity: reads the file again from the member's head.
    public mutating func giveUpMember() throws(ReadFault) -> Bool {
        if case .givenUp = pendingFault { return true }
        guard phase == .member, compression != .plain, input.isEmpty, pendingFault == nil else { return false }
        var search = MemberSearch(compression: compression, from: memberStart + 1)
        guard let next = try search.next(in: input.descriptor) else { return false }
        pendingFault = .givenUp(next: next)
        return true
    }
}
