-- use spaces/occupation

-- What is over held its space until its hour ended; who leaves before it gives the rest back.
-- taken_between many
-- in: community community_id, from day, to day, now instant
-- out: taken
SELECT space, on_day, from_minute, to_minute, units, status FROM booking
WHERE community = :community AND on_day >= :from AND on_day <= :to
	AND (status IN ('confirmed', 'present') OR (status = 'requested' AND (expires_at IS NULL OR expires_at > :now))
		OR (status IN ('done', 'unrecorded', 'no_show') AND ends_at <= :now))
ORDER BY space, on_day, from_minute, id;

-- closed_between many
-- in: community community_id, from day, to day
-- out: closed_span
SELECT space, from_day, to_day, reason FROM closure
WHERE community = :community AND to_day >= :from AND from_day <= :to ORDER BY from_day, id;
