-- use people/community
-- use bridges/place_welcome

-- Between a host and a sender holds the newest version that both have signed and that is in force.
-- grants_at_place many
-- in: place community_id, on_day day
-- out: grant_at_place
SELECT g.id, cv.name, g.name, g.statuses, g.space_kinds, g.measure, g.price_kind, g.price_value, g.period, g.per_person, g.to_day,
	c.id, c.pub, c.name, c.initials,
	CASE WHEN c.is_cae THEN 'cae' WHEN c.is_network THEN 'network' WHEN c.is_collective THEN 'collective' WHEN c.is_place THEN 'place'
		WHEN c.is_public_body THEN 'public_body' WHEN c.is_company THEN 'company' ELSE 'other' END,
	COALESCE(k.name, c.city_printed), c.departement
FROM party h
JOIN convention cv ON cv.id = h.convention AND cv.state = 'open' AND cv.from_day <= :on_day AND cv.to_day >= :on_day
JOIN party s ON s.convention = cv.id AND s.id <> h.id AND s.side IN ('sender', 'both') AND s.state IN ('active', 'leaving')
JOIN community c ON c.id = s.community
LEFT JOIN commune k ON k.insee = c.insee
JOIN convention_version v ON v.id = (SELECT MAX(w.id) FROM convention_version w
	JOIN standing_signature a ON a.version = w.id AND a.party = h.id AND (a.until IS NULL OR a.until > :on_day)
	JOIN standing_signature b ON b.version = w.id AND b.party = s.id AND (b.until IS NULL OR b.until > :on_day)
	WHERE w.convention = cv.id AND w.in_force <= :on_day)
JOIN grant_rule g ON g.version = v.id AND g.from_day <= :on_day AND g.to_day >= :on_day
WHERE h.community = :place AND h.side IN ('host', 'both') AND h.state IN ('active', 'leaving')
ORDER BY cv.id, g.rank, g.id, c.folded, c.id;
