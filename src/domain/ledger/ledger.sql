-- use audit/chain

-- account_find maybe
-- in: chain chain_id, owner community_id, purpose ledger_purpose, unit ledger_unit
-- out: id account_id
SELECT id FROM ledger_account WHERE chain = :chain AND owner = :owner AND purpose = :purpose AND unit = :unit;

-- account_insert exec
-- in: pub pubid, chain chain_id, owner community_id, purpose ledger_purpose, unit ledger_unit
INSERT INTO ledger_account (pub, chain, owner, purpose, unit) VALUES (:pub, :chain, :owner, :purpose, :unit)
ON CONFLICT (chain, owner, purpose, unit) DO NOTHING;

-- entry_insert one
-- in: ledger_entry_row
-- out: id entry_id
INSERT INTO ledger_entry (pub, chain, seq, from_account, to_account, quantity, on_day, posted_at, fact_kind, fact_pub, reverses, prev, hash)
VALUES (:pub, :chain, :seq, :from_account, :to_account, :quantity, :on_day, :posted_at, :fact_kind, :fact_pub, :reverses, :prev, :hash)
RETURNING id;

-- entry_get one
-- in: id entry_id
-- out: ledger_entry_row
SELECT id, pub, chain, seq, from_account, to_account, quantity, on_day, posted_at, fact_kind, fact_pub, reverses, prev, hash
FROM ledger_entry WHERE id = :id;

-- entry_reversal maybe
-- in: id entry_id
-- out: id entry_id
SELECT id FROM ledger_entry WHERE reverses = :id;

-- Both sums read the index of pairs alone.
-- owed_between maybe
-- in: chain chain_id, debtor community_id, creditor community_id
-- out: q quantity
SELECT CAST(COALESCE((SELECT SUM(e.quantity) FROM ledger_entry e WHERE e.from_account = a.id AND e.to_account = b.id), 0)
	- COALESCE((SELECT SUM(e.quantity) FROM ledger_entry e WHERE e.from_account = b.id AND e.to_account = a.id), 0) AS BIGINT)
FROM ledger_account a
JOIN ledger_account b ON b.chain = a.chain AND b.owner = :creditor AND b.purpose = a.purpose AND b.unit = a.unit
WHERE a.chain = :chain AND a.owner = :debtor AND a.purpose = 'exchange' AND a.unit = 'credit';

-- entries_of_chain many
-- in: chain chain_id
-- out: ledger_entry_row
SELECT id, pub, chain, seq, from_account, to_account, quantity, on_day, posted_at, fact_kind, fact_pub, reverses, prev, hash
FROM ledger_entry WHERE chain = :chain ORDER BY seq;
