-- use people/community
-- use spaces/host_day

-- The counter of each line is found by MIN and once: ORDER BY … LIMIT 1, a column at a time, made SQLite two tables a line.
-- host_day_lines many
-- in: place community_id, from day, to day
-- out: day_line
SELECT b.pub, b.on_day, b.space, s.name, s.kind, b.person, COALESCE(p.name, b.guest, '') AS name, g.name AS acting_for, m.status, b.purpose,
	b.from_minute, b.to_minute, b.starts_at, b.ends_at, b.units,
	CASE WHEN b.late_at IS NOT NULL THEN 'late_cancellation' ELSE b.status END AS status, b.right_kind, b.right_label, b.price, b.measure, b.walk_in,
	b.arrived_at, b.left_at, b.settled_at,
	(b.person IS NOT NULL AND NOT EXISTS (SELECT 1 FROM booking o WHERE o.person = b.person AND o.community = b.community
		AND o.starts_at < b.starts_at AND o.status IN ('present', 'done'))),
	k.cap, k.held + k.used
FROM booking b
JOIN space s ON s.id = b.space
LEFT JOIN person p ON p.id = b.person AND p.erased_at IS NULL
LEFT JOIN membership m ON m.id = b.membership
LEFT JOIN community g ON g.id = m.community
LEFT JOIN counter k ON k.id = (SELECT MIN(n.counter) FROM booking_counter n JOIN counter o ON o.id = n.counter
	WHERE n.booking = b.id AND n.state <> 'released' AND o.scope IN ('person', 'total'))
WHERE b.community = :place AND b.on_day >= :from AND b.on_day <= :to
	AND (b.status IN ('requested', 'confirmed', 'present', 'done', 'unrecorded', 'no_show') OR b.late_at IS NOT NULL)
ORDER BY b.on_day, b.from_minute, b.id;

-- chores_of_day many
-- in: place community_id, on_day day
-- out: chore_line
SELECT pub, at_minute, what, done_at FROM chore
WHERE community = :place AND on_day = :on_day
ORDER BY CASE WHEN done_at IS NULL THEN 0 ELSE 1 END, COALESCE(at_minute, 0), id;

-- chore_set_done exec
-- in: pub pubid, place community_id, done_at instant?, done_by person_id?
UPDATE chore SET done_at = :done_at, done_by = :done_by WHERE pub = :pub AND community = :place;

-- chore_insert exec
-- in: pub pubid, place community_id, on_day day, at_minute minute?, what text
INSERT INTO chore (pub, community, on_day, at_minute, what) VALUES (:pub, :place, :on_day, :at_minute, :what);

-- Persons the place has a reason to know: those who came or will, and those of
-- whom it may see a membership: its own, who shows herself to all, or to the
-- partners of a community that says itself that it is linked to the place. Only
-- such a membership is told.
-- persons_known many
-- in: place community_id, typed text, today day
-- out: person_match
WITH seen AS NOT MATERIALIZED (
	SELECT m.id, m.person, m.status, m.started, c.name FROM membership m JOIN community c ON c.id = m.community
	WHERE m.started <= :today AND (m.ended IS NULL OR m.ended >= :today)
		AND (m.visibility = 'public' OR (m.community = :place AND m.visibility <> 'hidden') OR (m.visibility = 'bridged'
			AND EXISTS (SELECT 1 FROM link l WHERE (l.from_community = :place AND l.to_community = m.community
					AND l.ended IS NULL AND l.to_confirmed_at IS NOT NULL)
				OR (l.to_community = :place AND l.from_community = m.community
					AND l.ended IS NULL AND l.from_confirmed_at IS NOT NULL)))))
SELECT p.pub, p.id, p.name,
	(SELECT s.name FROM seen s WHERE s.person = p.id ORDER BY s.started, s.id LIMIT 1),
	(SELECT s.status FROM seen s WHERE s.person = p.id ORDER BY s.started, s.id LIMIT 1),
	(SELECT COUNT(*) FROM booking b WHERE b.person = p.id AND b.community = :place AND b.status IN ('present', 'done'))
FROM person p
WHERE p.erased_at IS NULL AND LOWER(p.name) LIKE :typed
	AND (EXISTS (SELECT 1 FROM booking b WHERE b.person = p.id AND b.community = :place)
		OR EXISTS (SELECT 1 FROM seen s WHERE s.person = p.id))
ORDER BY p.name, p.id LIMIT 400;

-- person_known_by_pub maybe
-- in: pub pubid
-- out: id person_id, pub pubid, name text
SELECT id, pub, name FROM person WHERE pub = :pub AND erased_at IS NULL;

-- requests_elsewhere one
-- in: place community_id, on_day day, now instant
-- out: n int, first day?
-- By what is still open, not by all that the place ever had: hence the sign, and the end.
SELECT COUNT(*), MIN(on_day) FROM booking
WHERE +community = :place AND status = 'requested' AND ends_at > :now AND on_day <> :on_day AND starts_at > :now;
