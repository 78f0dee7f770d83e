-- use bridges/suggestion

-- Who joined in the course of this month is counted from the next on.
-- suggestion_homes many
-- in: community community_id?, today day, month day
-- out: home_row
SELECT m.community, k.insee, k.epci, k.arrondissement, k.lat_e5, k.lon_e5, COUNT(DISTINCT m.person)
FROM membership m
JOIN community c ON c.id = m.community AND (c.is_cae OR c.is_collective)
JOIN person p ON p.id = m.person AND p.erased_at IS NULL
JOIN commune k ON k.insee = p.home_insee AND k.lat_e5 IS NOT NULL AND k.lon_e5 IS NOT NULL
WHERE m.started <= :month AND (m.ended IS NULL OR m.ended >= :today)
	AND m.status IN ('cape', 'cesa', 'associate', 'resident', 'nomad') AND (:community IS NULL OR m.community = :community)
GROUP BY m.community, k.insee, k.epci, k.arrondissement, k.lat_e5, k.lon_e5
ORDER BY m.community, k.insee;

-- suggestion_centres many
-- out: centre_row
SELECT epci, CAST(SUM(lat_e5 * population) / SUM(population) AS BIGINT), CAST(SUM(lon_e5 * population) / SUM(population) AS BIGINT)
FROM commune WHERE epci IS NOT NULL AND lat_e5 IS NOT NULL AND population > 0 GROUP BY epci
UNION ALL
SELECT arrondissement, CAST(SUM(lat_e5 * population) / SUM(population) AS BIGINT), CAST(SUM(lon_e5 * population) / SUM(population) AS BIGINT)
FROM commune WHERE arrondissement IS NOT NULL AND lat_e5 IS NOT NULL AND population > 0 GROUP BY arrondissement;

-- One place, those of a network, or all.
-- suggestion_places many
-- in: place community_id?, network community_id?, today day
-- out: suggestion_place
SELECT c.id, c.pub, c.name, COALESCE(k.name, c.city_printed), c.departement, COALESCE(c.lat_e5, k.lat_e5), COALESCE(c.lon_e5, k.lon_e5),
	EXISTS (SELECT 1 FROM membership m WHERE m.community = c.id AND (m.roles & 32) <> 0 AND (m.ended IS NULL OR m.ended >= :today))
FROM community c LEFT JOIN commune k ON k.insee = c.insee
WHERE c.is_place AND NOT EXISTS (SELECT 1 FROM community_step s WHERE s.community = c.id AND s.kind = 'closed')
	AND COALESCE(c.lat_e5, k.lat_e5) IS NOT NULL AND COALESCE(c.lon_e5, k.lon_e5) IS NOT NULL
	AND (:place IS NULL OR c.id = :place)
	AND (:network IS NULL OR EXISTS (SELECT 1 FROM link l WHERE l.from_community = c.id AND l.to_community = :network
		AND l.kind = 'member_of' AND l.ended IS NULL AND l.from_confirmed_at IS NOT NULL AND l.to_confirmed_at IS NOT NULL))
ORDER BY c.folded, c.id;

-- suggestion_senders many
-- in: community community_id?, today day
-- out: suggestion_sender
SELECT c.id, c.pub, c.name,
	EXISTS (SELECT 1 FROM membership m WHERE m.community = c.id AND (m.roles & 32) <> 0 AND (m.ended IS NULL OR m.ended >= :today))
FROM community c WHERE (c.is_cae OR c.is_collective) AND (:community IS NULL OR c.id = :community)
ORDER BY c.id;

-- Senders and hosts of one convention; active when its grants hold today.
-- suggestion_bridges many
-- in: today day
-- out: bridge_pair
SELECT s.community, h.community, MAX(CASE WHEN cv.state = 'open' AND cv.from_day <= :today
	AND s.state IN ('active', 'leaving') AND h.state IN ('active', 'leaving') THEN 1 ELSE 0 END) = 1
FROM convention cv
JOIN party s ON s.convention = cv.id AND s.side IN ('sender', 'both') AND s.state NOT IN ('refused', 'left')
JOIN party h ON h.convention = cv.id AND h.id <> s.id AND h.side IN ('host', 'both') AND h.state NOT IN ('refused', 'left')
WHERE cv.state <> 'ended' AND cv.to_day >= :today
GROUP BY s.community, h.community;
