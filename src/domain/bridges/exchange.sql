-- use bridges/convention

-- exchange_terms_of_grant one
-- in: id grant_id
-- out: exchange_terms
SELECT v.convention, v.id, c.chain, v.credit_per_day, v.no_show, v.late
FROM grant_rule g JOIN convention_version v ON v.id = g.version JOIN convention c ON c.id = v.convention
WHERE g.id = :id;

-- exchange_fact_insert one
-- in: exchange_fact_row
-- out: id row_id
INSERT INTO exchange_fact (pub, convention, version, kind, place, sender, on_day, amount, booking, workshop, attendees, reverses, entry, at, cancelled_at)
VALUES (:pub, :convention, :version, :kind, :place, :sender, :on_day, :amount, :booking, :workshop, :attendees, :reverses, :entry, :at, :cancelled_at)
RETURNING id;

-- The fact of a booking that still stands: posted and not reversed.
-- exchange_fact_of_booking maybe
-- in: booking booking_id
-- out: exchange_fact_row
SELECT f.id, f.pub, f.convention, f.version, f.kind, f.place, f.sender, f.on_day, f.amount, f.booking, f.workshop, f.attendees,
	f.reverses, f.entry, f.at, f.cancelled_at
FROM exchange_fact f
WHERE f.booking = :booking AND f.kind <> 'reversal' AND NOT EXISTS (SELECT 1 FROM exchange_fact r WHERE r.reverses = f.id)
ORDER BY f.id DESC LIMIT 1;

-- All that stand of a workshop.
-- exchange_facts_of_workshop many
-- in: workshop workshop_id
-- out: exchange_fact_row
SELECT f.id, f.pub, f.convention, f.version, f.kind, f.place, f.sender, f.on_day, f.amount, f.booking, f.workshop, f.attendees,
	f.reverses, f.entry, f.at, f.cancelled_at
FROM exchange_fact f
WHERE f.workshop = :workshop AND f.kind <> 'reversal' AND NOT EXISTS (SELECT 1 FROM exchange_fact r WHERE r.reverses = f.id)
ORDER BY f.id;

-- workshop_terms_of maybe
-- in: workshop workshop_id
-- out: workshop_terms
SELECT cv.id, v.id, cv.chain, v.workshop_value, v.workshop_credit, v.workshop_bands, v.workshop_minimum, v.workshop_eligible,
	v.workshop_debit, w.organiser, w.place, w.on_day, w.from_minute, w.to_minute
FROM workshop_counterpart k
JOIN workshop w ON w.id = k.workshop
JOIN convention cv ON cv.id = k.convention
JOIN party s ON s.convention = cv.id AND s.community = w.organiser
JOIN party h ON h.convention = cv.id AND h.community = w.place
JOIN convention_version v ON v.id = (SELECT MAX(x.id) FROM convention_version x
	JOIN standing_signature a ON a.version = x.id AND a.party = s.id AND (a.until IS NULL OR a.until > w.on_day)
	JOIN standing_signature b ON b.version = x.id AND b.party = h.id AND (b.until IS NULL OR b.until > w.on_day)
	WHERE x.convention = cv.id AND x.in_force <= w.on_day)
WHERE k.workshop = :workshop;

-- Each person once, under the membership she enrolled with.
-- workshop_presences many
-- in: workshop workshop_id, convention convention_id, organiser community_id
-- out: workshop_presence
SELECT e.sender, p.id IS NOT NULL, COUNT(*)
FROM enrolment e
LEFT JOIN party p ON p.community = e.sender AND p.convention = :convention AND p.side IN ('host', 'both')
	AND p.state IN ('active', 'suspended', 'leaving') AND p.community <> :organiser
WHERE e.workshop = :workshop AND e.status = 'present'
GROUP BY e.sender, p.id
ORDER BY COUNT(*) DESC, e.sender;

-- Conventions under which an organiser may give a workshop back at a place.
-- counterpart_choices many
-- in: organiser community_id, place community_id, on_day day
-- out: id convention_id, pub pubid, name text, room_free bool
SELECT cv.id, cv.pub, cv.name, v.room_free
FROM convention cv
JOIN party s ON s.convention = cv.id AND s.community = :organiser AND s.side IN ('sender', 'both') AND s.state IN ('active', 'leaving')
JOIN party h ON h.convention = cv.id AND h.community = :place AND h.side IN ('host', 'both') AND h.state IN ('active', 'leaving')
	AND h.id <> s.id
JOIN convention_version v ON v.id = (SELECT MAX(x.id) FROM convention_version x
	JOIN standing_signature a ON a.version = x.id AND a.party = s.id AND (a.until IS NULL OR a.until > :on_day)
	JOIN standing_signature b ON b.version = x.id AND b.party = h.id AND (b.until IS NULL OR b.until > :on_day)
	WHERE x.convention = cv.id AND x.in_force <= :on_day)
WHERE cv.state = 'open'
ORDER BY cv.name, cv.id;

-- workshop_counterpart_insert exec
-- in: workshop workshop_id, convention convention_id
INSERT INTO workshop_counterpart (workshop, convention) VALUES (:workshop, :convention);

-- A fact without the entry it should have, with another than it should have, or
-- that reverses without its entry reversing; an entry without its fact.
-- exchange_disagreements many
-- out: exchange_disagreement
SELECT f.pub, 'amount'
FROM exchange_fact f
JOIN convention_version v ON v.id = f.version
LEFT JOIN ledger_entry e ON e.id = f.entry
WHERE f.kind IN ('use', 'no_show') AND COALESCE(e.quantity, 0) <> (f.amount * v.credit_per_day + 500) / 1000
UNION ALL
SELECT f.pub, 'accounts'
FROM exchange_fact f
JOIN convention cv ON cv.id = f.convention
JOIN ledger_entry e ON e.id = f.entry
JOIN ledger_account a ON a.id = e.from_account
JOIN ledger_account b ON b.id = e.to_account
WHERE e.fact_pub <> f.pub OR e.chain <> cv.chain OR e.on_day <> f.on_day
	OR (f.kind IN ('use', 'no_show') AND (a.owner <> f.sender OR b.owner <> f.place))
	OR (f.kind = 'workshop' AND (a.owner <> f.place OR b.owner <> f.sender))
UNION ALL
SELECT f.pub, 'reversal'
FROM exchange_fact f
LEFT JOIN exchange_fact o ON o.id = f.reverses
LEFT JOIN ledger_entry e ON e.id = f.entry
WHERE f.kind = 'reversal' AND (o.id IS NULL OR o.amount <> f.amount OR o.place <> f.place OR o.sender <> f.sender
	OR COALESCE(o.entry, 0) <> COALESCE(e.reverses, 0) OR (o.entry IS NULL) <> (f.entry IS NULL))
UNION ALL
SELECT e.fact_pub, 'entry'
FROM ledger_entry e
JOIN ledger_account a ON a.id = e.from_account
LEFT JOIN exchange_fact f ON f.entry = e.id
WHERE a.purpose = 'exchange' AND f.id IS NULL
ORDER BY 1, 2;

-- exchange_facts_count one
-- out: n int
SELECT COUNT(*) FROM exchange_fact;
