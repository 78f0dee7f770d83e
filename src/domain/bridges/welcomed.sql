-- use bridges/welcomed

-- caes_by_place many
-- in: on_day day
-- out: caes_welcomed
SELECT h.community, COUNT(DISTINCT c.id) FROM party h
JOIN convention cv ON cv.id = h.convention AND cv.state = 'open' AND cv.from_day <= :on_day AND cv.to_day >= :on_day
JOIN party s ON s.convention = h.convention AND s.id <> h.id AND s.side IN ('sender', 'both') AND s.state IN ('active', 'leaving')
JOIN community c ON c.id = s.community AND c.is_cae
WHERE h.side IN ('host', 'both') AND h.state IN ('active', 'leaving')
GROUP BY h.community ORDER BY h.community;

-- As grant_candidates of grant.sql, for all places, without those that no stay of that day could have.
-- The periods are those that the day lies in.
-- standing_rights many
-- in: person person_id, on_day day, year text, quarter text, month text
-- out: standing_right
SELECT r.place, r.line, r.sender, r.space_kinds, r.measure, r.period, r.per_person, r.per_sender, r.per_place,
	COALESCE((SELECT k.held + k.used FROM counter k WHERE k.owner_kind = 'grant' AND k.owner = r.line AND k.scope = 'person'
		AND k.scope_id = r.person AND k.period = r.now), 0),
	COALESCE((SELECT k.held + k.used FROM counter k WHERE k.owner_kind = 'grant' AND k.owner = r.line AND k.scope = 'sender'
		AND k.scope_id = r.sender AND k.period = r.now), 0),
	COALESCE((SELECT k.held + k.used FROM counter k WHERE k.owner_kind = 'grant' AND k.owner = r.line AND k.scope = 'place'
		AND k.scope_id = r.place AND k.period = r.now), 0),
	(SELECT COUNT(DISTINCT x.period) FROM grant_rule x WHERE x.id = r.line OR x.lineage = r.line) > 1,
	EXISTS (SELECT 1 FROM booking b JOIN grant_rule x ON x.id = b.right_id AND (x.id = r.line OR x.lineage = r.line)
		WHERE b.community = r.place AND b.on_day = :on_day AND b.person = r.person AND b.right_kind = 'grant' AND b.measure > 0
		AND (b.late_at IS NOT NULL OR b.status IN ('requested', 'confirmed', 'present', 'done', 'unrecorded', 'no_show'))),
	r.insured, r.credit_limit,
	CASE WHEN r.credit_limit IS NULL OR f.id IS NULL OR t.id IS NULL THEN 0
		ELSE (SELECT CAST(COALESCE(SUM(e.quantity), 0) AS BIGINT) FROM ledger_entry e WHERE e.from_account = f.id AND e.to_account = t.id)
			- (SELECT CAST(COALESCE(SUM(e.quantity), 0) AS BIGINT) FROM ledger_entry e WHERE e.from_account = t.id AND e.to_account = f.id) END
FROM (SELECT h.community AS place, COALESCE(g.lineage, g.id) AS line, m.community AS sender, m.person AS person, cv.chain AS chain,
		g.space_kinds AS space_kinds, g.measure AS measure, g.period AS period, g.per_person AS per_person,
		g.per_sender AS per_sender, g.per_place AS per_place, v.credit_limit AS credit_limit,
		s.insured_until IS NOT NULL AND s.insured_until >= :on_day AS insured,
		CASE g.period WHEN 'year' THEN :year WHEN 'quarter' THEN :quarter WHEN 'month' THEN :month ELSE '' END AS now
	FROM membership m
	JOIN party s ON s.community = m.community AND s.side IN ('sender', 'both') AND s.state IN ('active', 'leaving')
		AND (s.leaves_on IS NULL OR s.leaves_on >= :on_day)
	JOIN convention cv ON cv.id = s.convention AND cv.state = 'open' AND cv.to_day >= :on_day
	JOIN party h ON h.convention = cv.id AND h.id <> s.id AND h.side IN ('host', 'both') AND h.state IN ('active', 'leaving')
		AND (h.leaves_on IS NULL OR h.leaves_on >= :on_day)
	JOIN convention_version v ON v.id = (SELECT MAX(w.id) FROM convention_version w
		JOIN standing_signature a ON a.version = w.id AND a.party = h.id AND (a.until IS NULL OR a.until > :on_day)
		JOIN standing_signature b ON b.version = w.id AND b.party = s.id AND (b.until IS NULL OR b.until > :on_day)
		WHERE w.convention = cv.id AND w.in_force <= :on_day)
	JOIN grant_rule g ON g.version = v.id AND g.from_day <= :on_day AND g.to_day >= :on_day
		AND ' ' || g.statuses || ' ' LIKE '% ' || m.status || ' %'
	WHERE m.person = :person AND m.started <= :on_day AND (m.ended IS NULL OR m.ended >= :on_day)) r
LEFT JOIN ledger_account f ON f.chain = r.chain AND f.owner = r.sender AND f.purpose = 'exchange' AND f.unit = 'credit'
LEFT JOIN ledger_account t ON t.chain = r.chain AND t.owner = r.place AND t.purpose = 'exchange' AND t.unit = 'credit'
ORDER BY r.place, r.line;
