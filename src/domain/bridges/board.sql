-- use people/community
-- use bridges/board

-- board_parties many
-- in: convention convention_id
-- out: board_party
SELECT c.id, c.pub, c.name, c.initials,
	CASE WHEN c.is_place AND p.side <> 'sender' THEN 'place' WHEN c.is_cae THEN 'cae' WHEN c.is_place THEN 'place'
		WHEN c.is_network THEN 'network' WHEN c.is_collective THEN 'collective'
		WHEN c.is_public_body THEN 'public_body' WHEN c.is_company THEN 'company' ELSE 'other' END,
	COALESCE(k.name, c.city_printed), c.departement, p.side, p.state, p.leaves_on, p.insured_until,
	(SELECT MAX(g.to_day) FROM grant_rule g WHERE g.version = p.version)
FROM party p
JOIN community c ON c.id = p.community
LEFT JOIN commune k ON k.insee = c.insee
WHERE p.convention = :convention AND p.state NOT IN ('invited', 'refused')
ORDER BY CASE WHEN c.departement IS NULL THEN 1 ELSE 0 END, c.departement, c.folded, c.id;

-- Uses after `since`, and after `since_before` up to `before`, both within the days that are read one by one; all in
-- totals up to today: months that are over, and the days of this one.
-- board_sums many
-- in: convention convention_id, since day, today day, month day, since_before day, before day
-- out: board_sum
SELECT s.place, s.sender,
	CAST(SUM(CASE WHEN s.grain = 'day' AND s.from_day > :since THEN s.used ELSE 0 END) AS BIGINT),
	CAST(SUM(CASE WHEN s.grain = 'day' AND s.from_day <= :before THEN s.used ELSE 0 END) AS BIGINT),
	CAST(SUM(CASE WHEN s.grain = 'month' OR s.from_day >= :month THEN s.given ELSE 0 END) AS BIGINT),
	CAST(SUM(CASE WHEN s.grain = 'month' OR s.from_day >= :month THEN s.due - s.given ELSE 0 END) AS BIGINT),
	MIN(s.first_day)
FROM (SELECT place, sender, grain, from_day, used, due, given, first_day FROM exchange_sum
		WHERE convention = :convention AND grain = 'month' AND from_day < :month
	UNION ALL
	SELECT place, sender, grain, from_day, used, due, given, first_day FROM exchange_sum
		WHERE convention = :convention AND grain = 'day' AND from_day > :since_before AND from_day <= :today) s
GROUP BY s.place, s.sender;

-- board_news_of one
-- in: convention convention_id, monday day, monday_at instant, week day, today day
-- out: board_news
SELECT
	(SELECT CAST(COALESCE(SUM(s.used), 0) AS BIGINT) FROM exchange_sum s
		WHERE s.convention = :convention AND s.grain = 'day' AND s.from_day >= :monday AND s.from_day <= :today),
	(SELECT COUNT(DISTINCT f.workshop) FROM exchange_fact f WHERE f.convention = :convention AND f.workshop IS NOT NULL
		AND f.kind = 'workshop' AND f.on_day >= :monday AND f.on_day <= :today
		AND NOT EXISTS (SELECT 1 FROM exchange_fact r WHERE r.reverses = f.id)),
	(SELECT COUNT(*) FROM (SELECT DISTINCT b.person FROM exchange_sum s
			JOIN exchange_fact f ON f.convention = s.convention AND f.sender = s.sender AND f.place = s.place
				AND f.on_day = s.from_day
			JOIN booking b ON b.id = f.booking
			WHERE s.convention = :convention AND s.grain = 'day' AND s.from_day >= :week AND s.from_day < :monday
			AND f.kind = 'use' AND NOT EXISTS (SELECT 1 FROM exchange_fact r WHERE r.reverses = f.id)) fresh
		WHERE NOT EXISTS (SELECT 1 FROM booking o CROSS JOIN exchange_fact g
			WHERE o.person = fresh.person AND o.right_kind = 'grant' AND g.booking = o.id AND g.convention = :convention
			AND g.kind = 'use' AND g.on_day < :week
			AND NOT EXISTS (SELECT 1 FROM exchange_fact r WHERE r.reverses = g.id))),
	(SELECT COUNT(*) FROM contest k WHERE k.created_at >= :monday_at
		AND EXISTS (SELECT 1 FROM exchange_fact f WHERE f.booking = k.booking AND f.convention = :convention)),
	(SELECT COUNT(*) FROM contest k WHERE k.answered_at >= :monday_at
		AND EXISTS (SELECT 1 FROM exchange_fact f WHERE f.booking = k.booking AND f.convention = :convention)),
	(SELECT MIN(k.created_at) FROM contest k WHERE k.state = 'open'
		AND EXISTS (SELECT 1 FROM exchange_fact f WHERE f.booking = k.booking AND f.convention = :convention
			AND f.kind IN ('use', 'no_show') AND NOT EXISTS (SELECT 1 FROM exchange_fact r WHERE r.reverses = f.id))),
	(SELECT COUNT(*) FROM party p WHERE p.convention = :convention AND p.state = 'invited'),
	(SELECT COUNT(*) FROM contribution k JOIN party p ON p.id = k.party WHERE p.convention = :convention AND k.paid_on IS NULL);

-- board_signers many
-- in: convention convention_id, since instant
-- out: name text
SELECT c.name FROM signature s JOIN party p ON p.id = s.party JOIN community c ON c.id = p.community
WHERE p.convention = :convention AND s.at >= :since
GROUP BY c.id, c.name, c.folded ORDER BY c.folded, c.id;

-- Presences on the convention's grants that ended between the days, and those recorded by two days later.
-- board_recorded_of one
-- in: convention convention_id, since day, middle day, until day
-- out: board_recorded
SELECT
	CAST(COALESCE(SUM(CASE WHEN b.on_day > :middle AND COALESCE(b.arrived_at, b.settled_at) <= b.ends_at + 172800 THEN 1 ELSE 0 END), 0) AS BIGINT),
	CAST(COALESCE(SUM(CASE WHEN b.on_day > :middle THEN 1 ELSE 0 END), 0) AS BIGINT),
	CAST(COALESCE(SUM(CASE WHEN b.on_day <= :middle AND COALESCE(b.arrived_at, b.settled_at) <= b.ends_at + 172800 THEN 1 ELSE 0 END), 0) AS BIGINT),
	CAST(COALESCE(SUM(CASE WHEN b.on_day <= :middle THEN 1 ELSE 0 END), 0) AS BIGINT)
FROM party p
JOIN booking b ON b.community = p.community AND b.on_day > :since AND b.on_day <= :until AND b.right_kind = 'grant'
	AND b.status IN ('present', 'done', 'no_show', 'unrecorded')
JOIN grant_rule g ON g.id = b.right_id
JOIN convention_version v ON v.id = g.version AND v.convention = p.convention
WHERE p.convention = :convention AND p.side IN ('host', 'both');

-- Within about twenty kilometres (a box of 0.18 by 0.25 degrees); never fewer than five people.
-- board_missing_of maybe
-- in: convention convention_id, today day
-- out: board_missing
SELECT h.community, s.community, COUNT(DISTINCT m.person)
FROM party h
JOIN community c ON c.id = h.community AND c.lat_e5 IS NOT NULL
JOIN party s ON s.convention = h.convention AND s.side IN ('sender', 'both') AND s.state = 'active' AND s.id <> h.id
JOIN membership m ON m.community = s.community AND m.started <= :today AND (m.ended IS NULL OR m.ended >= :today)
	AND m.status IN ('cape', 'cesa', 'associate')
JOIN person p ON p.id = m.person
JOIN commune k ON k.insee = p.home_insee AND k.lat_e5 BETWEEN c.lat_e5 - 18000 AND c.lat_e5 + 18000
	AND k.lon_e5 BETWEEN c.lon_e5 - 25000 AND c.lon_e5 + 25000
WHERE h.convention = :convention AND h.side IN ('host', 'both') AND h.state = 'active'
	AND NOT EXISTS (SELECT 1 FROM exchange_fact f WHERE f.convention = h.convention AND f.sender = s.community AND f.place = h.community)
GROUP BY h.community, s.community
HAVING COUNT(DISTINCT m.person) >= 5
ORDER BY COUNT(DISTINCT m.person) DESC, h.community, s.community
LIMIT 1;

-- The region of who runs it: its report is what a funder reads.
-- board_region maybe
-- in: runner community_id
-- out: code text
SELECT k.region FROM community c JOIN commune k ON k.insee = c.insee WHERE c.id = :runner;
