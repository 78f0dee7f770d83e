-- use people/community
-- use bridges/convention
-- use bridges/exchange_seen

-- convention_seen_by maybe
-- in: pub pubid, community community_id
-- out: convention_seen
SELECT cv.id, cv.pub, cv.name, cv.kind, cv.state, cv.chain, cv.from_day, cv.to_day, cv.runner, r.name, r.pub, p.side, p.state,
	p.insured_until, p.leaves_on
FROM convention cv
JOIN community r ON r.id = cv.runner
LEFT JOIN party p ON p.convention = cv.id AND p.community = :community AND p.state <> 'refused'
WHERE cv.pub = :pub AND (cv.runner = :community OR (p.id IS NOT NULL AND cv.state <> 'draft'));

-- exchange_parties many
-- in: convention convention_id
-- out: exchange_party
SELECT c.id, c.pub, c.name, c.initials,
	CASE WHEN c.is_place AND p.side <> 'sender' THEN 'place' WHEN c.is_cae THEN 'cae' WHEN c.is_place THEN 'place'
		WHEN c.is_network THEN 'network' WHEN c.is_collective THEN 'collective'
		WHEN c.is_public_body THEN 'public_body' WHEN c.is_company THEN 'company' ELSE 'other' END,
	COALESCE(k.name, c.city_printed), c.departement, p.side, p.state, p.leaves_on
FROM party p
JOIN community c ON c.id = p.community
LEFT JOIN commune k ON k.insee = c.insee
WHERE p.convention = :convention AND p.state NOT IN ('invited', 'refused')
ORDER BY c.folded, c.id;

-- me none: of the whole convention.
-- exchange_lines many
-- in: convention convention_id, me community_id?, since day, until day
-- out: exchange_line
SELECT f.id,
	CASE WHEN f.kind = 'no_show' AND f.cancelled_at IS NOT NULL THEN 'late_cancellation' ELSE f.kind END AS kind,
	CASE WHEN COALESCE(o.kind, f.kind) = 'no_show' AND COALESCE(o.cancelled_at, f.cancelled_at) IS NOT NULL THEN 'late_cancellation'
		ELSE COALESCE(o.kind, f.kind) END AS origin,
	f.place, f.sender, f.on_day, CASE WHEN f.kind = 'reversal' THEN -f.amount ELSE f.amount END,
	CASE WHEN e.id IS NULL THEN 0 WHEN a.owner = f.sender THEN e.quantity ELSE -e.quantity END,
	e.seq, oe.seq, w.title, f.attendees, v.retention_months
FROM exchange_fact f
JOIN convention_version v ON v.id = f.version
LEFT JOIN exchange_fact o ON o.id = f.reverses
LEFT JOIN ledger_entry e ON e.id = f.entry
LEFT JOIN ledger_entry oe ON oe.id = o.entry
LEFT JOIN ledger_account a ON a.id = e.from_account
LEFT JOIN workshop w ON w.id = f.workshop
WHERE f.convention = :convention AND (:me IS NULL OR f.place = :me OR f.sender = :me) AND f.on_day >= :since AND f.on_day <= :until
ORDER BY f.on_day, f.id;

-- The same of workshops alone, and what takes them back.
-- exchange_gifts many
-- in: convention convention_id, me community_id?, since day, until day
-- out: exchange_line
SELECT f.id, f.kind, 'workshop', f.place, f.sender, f.on_day, CASE WHEN f.kind = 'reversal' THEN -f.amount ELSE f.amount END,
	CASE WHEN e.id IS NULL THEN 0 WHEN a.owner = f.sender THEN e.quantity ELSE -e.quantity END,
	e.seq, oe.seq, w.title, f.attendees, v.retention_months
FROM exchange_fact f
JOIN convention_version v ON v.id = f.version
LEFT JOIN exchange_fact o ON o.id = f.reverses
LEFT JOIN ledger_entry e ON e.id = f.entry
LEFT JOIN ledger_entry oe ON oe.id = o.entry
LEFT JOIN ledger_account a ON a.id = e.from_account
LEFT JOIN workshop w ON w.id = f.workshop
WHERE f.convention = :convention AND f.workshop IS NOT NULL AND (:me IS NULL OR f.place = :me OR f.sender = :me)
	AND f.on_day >= :since AND f.on_day <= :until
ORDER BY f.on_day, f.id;

-- exchange_names_at many
-- in: convention convention_id, place community_id
-- out: exchange_name
SELECT f.id, p.name, m.status, s.name
FROM exchange_fact f
JOIN booking b ON b.id = f.booking
JOIN person p ON p.id = b.person
JOIN space s ON s.id = b.space
LEFT JOIN membership m ON m.id = b.membership
WHERE f.convention = :convention AND f.place = :place AND p.erased_at IS NULL
ORDER BY f.id;

-- Those who let their organisation see where and when they work, for as long as they do.
-- exchange_names_shared many
-- in: convention convention_id, sender community_id
-- out: exchange_name
SELECT f.id, p.name, m.status, s.name
FROM exchange_fact f
JOIN booking b ON b.id = f.booking
JOIN person p ON p.id = b.person
JOIN space s ON s.id = b.space
JOIN membership m ON m.id = b.membership AND m.community = :sender AND m.shares_use
WHERE f.convention = :convention AND f.sender = :sender AND p.erased_at IS NULL
ORDER BY f.id;

-- From the few contests to their facts, not from all facts (CROSS JOIN holds the order).
-- exchange_contests_open many
-- in: convention convention_id, me community_id?
-- out: exchange_contest_count
SELECT f.place, f.sender, COUNT(*)
FROM contest k
CROSS JOIN exchange_fact f
WHERE f.booking = k.booking AND f.kind IN ('use', 'no_show') AND NOT EXISTS (SELECT 1 FROM exchange_fact r WHERE r.reverses = f.id)
	AND f.convention = :convention AND k.state = 'open' AND (:me IS NULL OR f.place = :me OR f.sender = :me)
GROUP BY f.place, f.sender
ORDER BY f.place, f.sender;

-- The version that a party signed last; for the runner the newest proposed.
-- exchange_rules_of maybe
-- in: convention convention_id, me community_id?
-- out: exchange_rules
SELECT v.id, v.pub, v.hash, v.credit_per_day, v.workshop_credit, v.due_days, v.credit_limit
FROM convention_version v
WHERE v.convention = :convention
ORDER BY CASE WHEN EXISTS (SELECT 1 FROM standing_signature s JOIN party p ON p.id = s.party
	WHERE s.version = v.id AND s.until IS NULL AND p.community = :me) THEN 0 ELSE 1 END, v.number DESC
LIMIT 1;

-- exchange_grants many
-- in: version version_id
-- out: exchange_grant
SELECT COALESCE(lineage, id), period, per_sender, per_place, to_day FROM grant_rule WHERE version = :version ORDER BY rank, id;

-- Totals of a sender's people. Who is eligible, signed the charter, came, came on two days.
-- exchange_people one
-- in: convention convention_id, version version_id, sender community_id, on_day day
-- out: eligible int, charter int, came int, again int
SELECT
	(SELECT COUNT(DISTINCT m.person) FROM membership m JOIN grant_rule g ON g.version = :version
		AND ' ' || g.statuses || ' ' LIKE '% ' || m.status || ' %'
		WHERE m.community = :sender AND m.started <= :on_day AND (m.ended IS NULL OR m.ended >= :on_day)),
	(SELECT COUNT(DISTINCT a.person) FROM charter_acceptance a JOIN convention_version v ON v.id = a.version
		JOIN membership m ON m.person = a.person AND m.community = :sender WHERE v.convention = :convention),
	(SELECT COUNT(DISTINCT b.person) FROM exchange_fact f JOIN booking b ON b.id = f.booking
		WHERE f.convention = :convention AND f.sender = :sender AND f.kind = 'use'
		AND NOT EXISTS (SELECT 1 FROM exchange_fact r WHERE r.reverses = f.id)),
	(SELECT COUNT(*) FROM (SELECT b.person FROM exchange_fact f JOIN booking b ON b.id = f.booking
		WHERE f.convention = :convention AND f.sender = :sender AND f.kind = 'use'
		AND NOT EXISTS (SELECT 1 FROM exchange_fact r WHERE r.reverses = f.id)
		GROUP BY b.person HAVING COUNT(DISTINCT f.on_day) > 1) AS twice);

-- A version proposed since the newest that it signed.
-- exchange_unsigned maybe
-- in: convention convention_id, me community_id
-- out: number int, in_force day
SELECT v.number, v.in_force FROM convention_version v
WHERE v.convention = :convention AND v.proposed_at IS NOT NULL AND v.number > (SELECT MAX(w.number) FROM convention_version w
	JOIN standing_signature s ON s.version = w.id AND s.until IS NULL JOIN party p ON p.id = s.party AND p.community = :me AND p.state = 'active'
	WHERE w.convention = :convention)
ORDER BY v.number DESC LIMIT 1;

-- What is called and not paid.
-- exchange_contribution maybe
-- in: convention convention_id, me community_id
-- out: amount money, called_on day
SELECT k.amount, k.called_on FROM contribution k JOIN party p ON p.id = k.party
WHERE p.convention = :convention AND p.community = :me AND k.paid_on IS NULL;

-- The newest entry of a chain that a statement covers.
-- exchange_chain_at maybe
-- in: chain chain_id, seq int
-- out: pub pubid, hash hash
SELECT pub, hash FROM ledger_entry WHERE chain = :chain AND seq = :seq;
