-- use bridges/convention
-- use ledger/ledger

-- The version between a host and a sender is the newest that both have signed
-- and that is in force that day. Those that ended, or were left, since that day are there still:
-- what was booked is honoured, and who wants to book is told why not. What a party signed before it left and came back
-- holds on signed_on when that is a day before its return. In no order: a quote has its own.
-- grant_candidates many
-- in: person person_id, place community_id, on_day day, since day, signed_on day
-- out: grant_candidate
SELECT g.id, COALESCE(g.lineage, g.id), g.pub, g.name, g.statuses, g.space_kinds, g.measure, g.price_kind, g.price_value, g.period,
	g.per_person, g.per_sender, g.per_place, g.from_day, CASE WHEN g.to_day > cv.to_day THEN cv.to_day ELSE g.to_day END,
	v.id, v.pub, v.credit_per_day, v.credit_limit, cv.id, cv.pub, cv.name, cv.chain,
	m.id, m.pub, m.status, s.id, s.name, s.initials, sp.leaves_on, hp.leaves_on, sp.state, hp.state,
	EXISTS (SELECT 1 FROM charter_acceptance a WHERE a.version = v.id AND a.person = m.person),
	sp.insured_until,
	EXISTS (SELECT 1 FROM grant_rule f JOIN grant_rule l ON l.lineage = f.id AND l.period <> f.period WHERE f.id = COALESCE(g.lineage, g.id))
FROM membership m
JOIN community s ON s.id = m.community
JOIN party sp ON sp.community = m.community AND sp.side IN ('sender', 'both')
	AND (sp.state IN ('active', 'suspended', 'leaving') OR (sp.state = 'left' AND sp.leaves_on >= :since))
JOIN convention cv ON cv.id = sp.convention AND (cv.state = 'open' OR (cv.state = 'ended' AND cv.to_day >= :since))
JOIN party hp ON hp.convention = cv.id AND hp.community = :place AND hp.side IN ('host', 'both')
	AND (hp.state IN ('active', 'suspended', 'leaving') OR (hp.state = 'left' AND hp.leaves_on >= :since)) AND hp.id <> sp.id
JOIN convention_version v ON v.id = (SELECT MAX(w.id) FROM convention_version w
	JOIN standing_signature a ON a.version = w.id AND a.party = hp.id AND (a.until IS NULL OR a.until > :signed_on)
	JOIN standing_signature b ON b.version = w.id AND b.party = sp.id AND (b.until IS NULL OR b.until > :signed_on)
	WHERE w.convention = cv.id AND w.in_force <= :on_day)
JOIN grant_rule g ON g.version = v.id
WHERE m.person = :person AND m.started <= :on_day AND (m.ended IS NULL OR m.ended >= :on_day);

-- grant_counts one
-- in: id grant_id
-- out: grant_counts_row
SELECT per_person, per_sender, per_place, period, COALESCE(lineage, id),
	EXISTS (SELECT 1 FROM grant_rule f JOIN grant_rule l ON l.lineage = f.id AND l.period <> f.period WHERE f.id = COALESCE(g.lineage, g.id))
FROM grant_rule g WHERE id = :id;

-- The newest of a line for each length of period that it has had.
-- grant_periods many
-- in: grant grant_id
-- out: grant_counts_row
SELECT g.per_person, g.per_sender, g.per_place, g.period, CAST(:grant AS BIGINT), TRUE FROM grant_rule g
WHERE g.id IN (SELECT MAX(w.id) FROM grant_rule w WHERE w.id = :grant OR w.lineage = :grant GROUP BY w.period)
ORDER BY g.id;

-- Did an amendment change how often it starts anew?
-- grant_period_changed one
-- in: grant grant_id
-- out: yes bool
SELECT EXISTS (SELECT 1 FROM grant_rule f JOIN grant_rule g ON g.lineage = f.id AND g.period <> f.period WHERE f.id = :grant);

-- The first of a line, held: who reads what it counts in other periods is alone to do so.
-- grant_line_hold one
-- in: id grant_id
-- out: id grant_id
SELECT id FROM grant_rule WHERE id = :id
-- postgres
FOR NO KEY UPDATE
-- both
;

-- What days of a span count in periods of another length. By whose counter it is, the bookings of that time are those
-- of the person, of the sender's members or of the place: by their indexes, whatever else was ever counted.
-- grant_counted_else one
-- in: grant int, scope counter_scope, scope_id int, period text, from day, to day
-- out: q quantity
SELECT CAST(COALESCE(SUM(n.quantity), 0) AS BIGINT)
FROM (
	SELECT id, on_day FROM booking WHERE :scope = 'person' AND person = :scope_id
		AND starts_at >= CAST(:from AS BIGINT) * 86400 - 86400 AND starts_at < CAST(:to AS BIGINT) * 86400 + 172800
	UNION ALL
	SELECT id, on_day FROM booking WHERE :scope = 'sender' AND person IN (SELECT m.person FROM membership m WHERE m.community = :scope_id)
		AND starts_at >= CAST(:from AS BIGINT) * 86400 - 86400 AND starts_at < CAST(:to AS BIGINT) * 86400 + 172800
	UNION ALL
	SELECT id, on_day FROM booking WHERE :scope = 'place' AND community = :scope_id AND on_day BETWEEN :from AND :to
) AS b
JOIN booking_counter n ON n.booking = b.id AND n.state IN ('held', 'used')
JOIN counter k ON k.id = n.counter
WHERE b.on_day BETWEEN :from AND :to
	AND k.owner_kind = 'grant' AND k.owner = :grant AND k.scope = :scope AND k.scope_id = :scope_id AND k.period <> :period;

-- Did she already count this civil day at this place on a grant of this line?
-- grant_counted_day maybe
-- in: person person_id, place community_id, grant grant_id, on_day day, except booking_id
-- out: id booking_id
SELECT id FROM booking
WHERE community = :place AND on_day = :on_day AND person = :person AND right_kind = 'grant' AND measure > 0
	AND EXISTS (SELECT 1 FROM grant_rule g WHERE g.id = right_id AND COALESCE(g.lineage, g.id) = :grant)
	AND id <> COALESCE(:except, 0)
	AND (late_at IS NOT NULL OR status IN ('requested', 'confirmed', 'present', 'done', 'unrecorded', 'no_show'))
LIMIT 1;

-- grant_no_show one
-- in: id grant_id
-- out: rule no_show_rule
SELECT v.no_show FROM grant_rule g JOIN convention_version v ON v.id = g.version WHERE g.id = :id;

-- grant_late one
-- in: id grant_id
-- out: rule late_rule?, hours int?
SELECT v.late, v.late_hours FROM grant_rule g JOIN convention_version v ON v.id = g.version WHERE g.id = :id;
