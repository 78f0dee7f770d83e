-- use bridges/exchange_seen

-- An entry by what a statement printed, its hash and how long its chain is.
-- printed_entry maybe
-- in: pub pubid
-- out: seq int, hash hash, length int
SELECT e.seq, e.hash, k.seq FROM ledger_entry e JOIN chain k ON k.id = e.chain WHERE e.pub = :pub;
