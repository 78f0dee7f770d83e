-- use bridges/limit

-- limit_pairs many
-- in: today day
-- out: limit_pair
SELECT cv.id, cv.pub, cv.name, cv.chain, sp.community, hp.community, h.name, v.credit_limit
FROM convention cv
JOIN party sp ON sp.convention = cv.id AND sp.side IN ('sender', 'both') AND sp.state IN ('active', 'suspended', 'leaving')
JOIN party hp ON hp.convention = cv.id AND hp.side IN ('host', 'both') AND hp.state IN ('active', 'suspended', 'leaving')
	AND hp.id <> sp.id
JOIN community h ON h.id = hp.community
JOIN convention_version v ON v.id = (SELECT MAX(w.id) FROM convention_version w
	JOIN standing_signature a ON a.version = w.id AND a.party = hp.id AND (a.until IS NULL OR a.until > :today)
	JOIN standing_signature b ON b.version = w.id AND b.party = sp.id AND (b.until IS NULL OR b.until > :today)
	WHERE w.convention = cv.id AND w.in_force <= :today)
WHERE cv.state = 'open' AND v.credit_limit IS NOT NULL
ORDER BY cv.id, sp.community, h.folded, h.id;

-- Once a month: changes nothing the second time.
-- limit_letter_insert exec
-- in: convention convention_id, sender community_id, period text, now instant
INSERT INTO limit_letter (convention, sender, period, at) VALUES (:convention, :sender, :period, :now)
ON CONFLICT (convention, sender, period) DO NOTHING;
