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

-- entry_sum one
-- in: from account_id, to account_id, until day?
-- out: n quantity
SELECT CAST(COALESCE(SUM(quantity), 0) AS BIGINT) FROM ledger_entry
WHERE from_account = :from AND to_account = :to AND (:until IS NULL OR on_day <= :until);

-- entries_of_chain many
-- in: chain chain_id
-- out: ledger_entry_row
SELECT id, pub, chain, seq, from_account, to_account, quantity, on_day, posted_at, fact_kind, fact_pub, reverses, prev, hash
FROM ledger_entry WHERE chain = :chain ORDER BY seq;
