-- use spaces/host_day

-- host_workshops_on many
-- in: place community_id, from day, to day
-- out: host_workshop
SELECT w.on_day, w.pub, COALESCE(b.pub, ''), w.title, c.name, s.name, w.from_minute, w.to_minute,
	(SELECT COUNT(*) FROM enrolment e WHERE e.workshop = w.id AND e.status IN ('enrolled', 'present', 'absent')),
	(SELECT COUNT(*) FROM enrolment e WHERE e.workshop = w.id AND e.status = 'waiting'),
	(SELECT COUNT(*) FROM enrolment e WHERE e.workshop = w.id AND e.status = 'present'),
	CASE WHEN w.status = 'closed' THEN TRUE ELSE FALSE END, FALSE
FROM workshop w
JOIN community c ON c.id = w.organiser
JOIN space s ON s.id = w.space
LEFT JOIN booking b ON b.id = w.booking
WHERE w.place = :place AND w.on_day >= :from AND w.on_day <= :to AND w.status IN ('announced', 'held', 'closed')
ORDER BY w.on_day, w.from_minute, w.id;
