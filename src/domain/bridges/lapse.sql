-- use bridges/convention

-- On a grant of a version that says so, past the day on which its sender or its host leaves, or past the last day of all.
-- bookings_lapsing many
-- in: today day
-- out: id booking_id, person person_id, place text, convention text, on_day day, over bool
SELECT b.id, b.person, h.name, cv.name, b.on_day, FALSE
FROM party p
JOIN convention cv ON cv.id = p.convention
JOIN convention_version v ON v.convention = cv.id AND v.expiry = 'cancelled'
JOIN grant_rule g ON g.version = v.id
JOIN booking b ON b.right_kind = 'grant' AND b.right_id = g.id AND b.on_day > p.leaves_on AND b.on_day >= :today
	AND b.status IN ('requested', 'confirmed') AND (b.community = p.community OR b.sender = p.community)
JOIN community h ON h.id = b.community
WHERE p.state IN ('leaving', 'suspended', 'left') AND p.leaves_on IS NOT NULL AND p.leaves_on <= cv.to_day
UNION
SELECT b.id, b.person, h.name, cv.name, b.on_day, TRUE
FROM convention cv
JOIN convention_version v ON v.convention = cv.id AND v.expiry = 'cancelled'
JOIN grant_rule g ON g.version = v.id AND g.to_day > cv.to_day
JOIN booking b ON b.right_kind = 'grant' AND b.right_id = g.id AND b.on_day > cv.to_day AND b.on_day >= :today
	AND b.status IN ('requested', 'confirmed')
JOIN community h ON h.id = b.community
ORDER BY 1 LIMIT 500;
