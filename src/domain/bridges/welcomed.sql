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

-- places_of_rights many
-- in: person person_id, on_day day
-- out: welcoming
SELECT DISTINCT h.community FROM membership m
JOIN party s ON s.community = m.community AND s.side IN ('sender', 'both') AND s.state IN ('active', 'leaving')
JOIN convention cv ON cv.id = s.convention AND cv.state = 'open' AND cv.from_day <= :on_day AND cv.to_day >= :on_day
JOIN party h ON h.convention = cv.id AND h.id <> s.id AND h.side IN ('host', 'both') AND h.state IN ('active', 'leaving')
JOIN convention_version v ON v.convention = cv.id AND v.in_force <= :on_day
JOIN signature a ON a.version = v.id AND a.party = s.id
JOIN signature b ON b.version = v.id AND b.party = h.id
JOIN grant_rule g ON g.version = v.id AND ' ' || g.statuses || ' ' LIKE '% ' || m.status || ' %'
WHERE m.person = :person AND m.started <= :on_day AND (m.ended IS NULL OR m.ended >= :on_day)
ORDER BY h.community;
