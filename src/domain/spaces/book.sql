-- use spaces/book

-- my_bookings_coming many
-- in: person person_id, place pubid?, status booking_status?, now instant, after instant, after_pub pubid?, limit int
-- out: booking_line
SELECT b.pub, b.on_day, b.from_minute, b.to_minute, b.starts_at, b.ends_at, s.name, c.name, c.pub, b.units,
	CASE WHEN b.late_at IS NOT NULL THEN 'late_cancellation' ELSE b.status END AS status, b.right_kind, b.right_label, b.price,
	b.status IN ('present', 'done', 'no_show') OR b.late_at IS NOT NULL
FROM booking b JOIN space s ON s.id = b.space JOIN community c ON c.id = b.community
WHERE b.person = :person AND b.ends_at > :now AND (:place IS NULL OR c.pub = :place)
	AND (:status IS NULL OR :status = CASE WHEN b.late_at IS NOT NULL THEN 'late_cancellation' ELSE b.status END)
	AND (b.starts_at > :after OR (b.starts_at = :after AND b.pub > :after_pub))
ORDER BY b.starts_at, b.pub LIMIT :limit;

-- my_bookings_past many
-- in: person person_id, place pubid?, status booking_status?, now instant, before instant, after_pub pubid?, limit int
-- out: booking_line
SELECT b.pub, b.on_day, b.from_minute, b.to_minute, b.starts_at, b.ends_at, s.name, c.name, c.pub, b.units,
	CASE WHEN b.late_at IS NOT NULL THEN 'late_cancellation' ELSE b.status END AS status, b.right_kind, b.right_label, b.price,
	b.status IN ('present', 'done', 'no_show') OR b.late_at IS NOT NULL
FROM booking b JOIN space s ON s.id = b.space JOIN community c ON c.id = b.community
WHERE b.person = :person AND b.ends_at <= :now AND (:place IS NULL OR c.pub = :place)
	AND (:status IS NULL OR :status = CASE WHEN b.late_at IS NOT NULL THEN 'late_cancellation' ELSE b.status END)
	AND (b.starts_at < :before OR (b.starts_at = :before AND b.pub > :after_pub))
ORDER BY b.starts_at DESC, b.pub LIMIT :limit;

-- my_booking_places many
-- in: person person_id, place pubid?
-- out: booking_place
SELECT DISTINCT c.pub, c.name, COALESCE(c.pub = :place, FALSE) FROM booking b JOIN community c ON c.id = b.community WHERE b.person = :person ORDER BY c.name;

-- my_bookings_count one
-- in: person person_id, now instant
-- out: n int
SELECT COUNT(*) FROM booking WHERE person = :person AND ends_at > :now AND status IN ('requested', 'confirmed', 'waiting', 'present');

-- bookings_of_batch one
-- in: batch text, person person_id
-- out: n int
SELECT COUNT(*) FROM booking WHERE batch = :batch AND person = :person;

-- Hers already, of the same space at some of these hours: not refused, but told.
-- booking_beside maybe
-- in: person person_id, space space_id, on_day day, from minute, to minute
-- out: pub pubid
SELECT pub FROM booking
WHERE person = :person AND on_day = :on_day AND space = :space AND from_minute < :to AND to_minute > :from
	AND status IN ('requested', 'confirmed', 'waiting', 'present')
ORDER BY id DESC LIMIT 1;
