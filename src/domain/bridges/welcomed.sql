-- Cooperatives whose people have a right at a place by a convention in force.
-- caes_welcomed one
-- in: place community_id, on_day day
-- out: n int
SELECT COUNT(DISTINCT c.id) FROM party h
JOIN convention cv ON cv.id = h.convention AND cv.state = 'open' AND cv.from_day <= :on_day AND cv.to_day >= :on_day
JOIN party s ON s.convention = h.convention AND s.id <> h.id AND s.side IN ('sender', 'both') AND s.state IN ('active', 'leaving')
JOIN community c ON c.id = s.community AND c.is_cae
WHERE h.community = :place AND h.side IN ('host', 'both') AND h.state IN ('active', 'leaving');
