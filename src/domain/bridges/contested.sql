-- use bridges/contested

-- Oldest first. me none: of the whole convention. Names and spaces are read for the community that a person shows
-- them to, and for nobody else.
-- contested_facts many
-- in: convention convention_id, me community_id?
-- out: contested_fact
SELECT b.on_day, b.community, b.sender, k.state,
	CASE WHEN b.sender = :me AND m.shares_use AND p.erased_at IS NULL THEN p.name END,
	CASE WHEN b.sender = :me AND m.shares_use AND p.erased_at IS NULL THEN s.name END
FROM contest k
JOIN booking b ON b.id = k.booking
JOIN person p ON p.id = b.person
JOIN space s ON s.id = b.space
LEFT JOIN membership m ON m.id = b.membership AND m.community = b.sender
WHERE (:me IS NULL OR b.community = :me OR b.sender = :me)
	AND EXISTS (SELECT 1 FROM exchange_fact f
		WHERE f.booking = b.id AND f.convention = :convention AND f.kind IN ('use', 'no_show'))
ORDER BY b.on_day, k.id;
