-- use bridges/convention

-- On a grant of a version that says so, past the day on which its sender or its host leaves.
-- bookings_lapsing many
-- in: today day
-- out: id booking_id, person person_id, place text, convention text, on_day day
SELECT b.id, b.person, h.name, cv.name, b.on_day
FROM party p
JOIN convention cv ON cv.id = p.convention
JOIN convention_version v ON v.convention = cv.id AND v.expiry = 'cancelled'
JOIN grant_rule g ON g.version = v.id
JOIN booking b ON b.right_kind = 'grant' AND b.right_id = g.id AND b.on_day > p.leaves_on AND b.on_day >= :today
	AND b.status IN ('requested', 'confirmed') AND (b.community = p.community OR b.sender = p.community)
JOIN community h ON h.id = b.community
WHERE p.state IN ('leaving', 'left') AND p.leaves_on IS NOT NULL
ORDER BY b.id LIMIT 500;
