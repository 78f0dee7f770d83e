-- use bridges/convention
-- use ledger/ledger

-- Credits that a community owes in all; negative when they are owed to it.
-- exchange_net one
-- in: chain chain_id, owner community_id
-- out: owed quantity
SELECT (SELECT CAST(COALESCE(SUM(e.quantity), 0) AS BIGINT) FROM ledger_account a JOIN ledger_entry e ON e.from_account = a.id
		WHERE a.chain = :chain AND a.owner = :owner AND a.purpose = 'exchange' AND a.unit = 'credit')
	- (SELECT CAST(COALESCE(SUM(e.quantity), 0) AS BIGINT) FROM ledger_account a JOIN ledger_entry e ON e.to_account = a.id
		WHERE a.chain = :chain AND a.owner = :owner AND a.purpose = 'exchange' AND a.unit = 'credit');

-- What becomes of bookings for later, by the text that a party signed last; of the newest for all.
-- expiry_of maybe
-- in: convention convention_id, version version_id?
-- out: rule expiry_rule, number int
SELECT expiry, number FROM convention_version
WHERE convention = :convention AND hash IS NOT NULL AND (:version IS NULL OR id = :version)
ORDER BY number DESC LIMIT 1;
