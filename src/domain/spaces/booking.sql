-- use spaces/space

-- booking_insert one
-- in: booking_row
-- out: id booking_id
INSERT INTO booking (pub, space, community, person, guest, membership, sender, batch, purpose, on_day, from_minute, to_minute, zone,
	starts_at, ends_at, length_class, units, status, right_kind, right_id, right_label, price, public_price, measure, walk_in,
	created_at, created_by, expires_at, arrived_at, left_at, settled_at, late_at)
VALUES (:pub, :space, :community, :person, :guest, :membership, :sender, :batch, :purpose, :on_day, :from_minute, :to_minute, :zone,
	:starts_at, :ends_at, :length_class, :units, :status, :right_kind, :right_id, :right_label, :price, :public_price, :measure, :walk_in,
	:created_at, :created_by, :expires_at, :arrived_at, :left_at, :settled_at, :late_at)
RETURNING id;

-- booking_by_id one
-- in: id booking_id
-- out: booking_row
SELECT id, pub, space, community, person, guest, membership, sender, batch, purpose, on_day, from_minute, to_minute, zone,
	starts_at, ends_at, length_class, units, status, right_kind, right_id, right_label, price, public_price, measure, walk_in,
	created_at, created_by, expires_at, arrived_at, left_at, settled_at, late_at
FROM booking WHERE id = :id;

-- booking_by_pub maybe
-- in: pub pubid
-- out: booking_row
SELECT id, pub, space, community, person, guest, membership, sender, batch, purpose, on_day, from_minute, to_minute, zone,
	starts_at, ends_at, length_class, units, status, right_kind, right_id, right_label, price, public_price, measure, walk_in,
	created_at, created_by, expires_at, arrived_at, left_at, settled_at, late_at
FROM booking WHERE pub = :pub;

-- Spans of one length class start at most its longest length before the window:
-- each class is one short range of the index. The longest is a civil day of 25 hours.
-- All that is asked of a booking stands in that index. They are said one by one: joined to a list of classes, SQLite
-- makes a table of the list each time, and PostgreSQL reads all bookings.
-- bookings_live many
-- in: space space_id, from instant, to instant, now instant, except booking_id
-- out: starts_at instant, ends_at instant, units int
SELECT starts_at, ends_at, units FROM (
	SELECT * FROM booking WHERE space = :space AND length_class = 0 AND starts_at > :from - 900 AND starts_at < :to UNION ALL
	SELECT * FROM booking WHERE space = :space AND length_class = 1 AND starts_at > :from - 1800 AND starts_at < :to UNION ALL
	SELECT * FROM booking WHERE space = :space AND length_class = 2 AND starts_at > :from - 3600 AND starts_at < :to UNION ALL
	SELECT * FROM booking WHERE space = :space AND length_class = 3 AND starts_at > :from - 7200 AND starts_at < :to UNION ALL
	SELECT * FROM booking WHERE space = :space AND length_class = 4 AND starts_at > :from - 14400 AND starts_at < :to UNION ALL
	SELECT * FROM booking WHERE space = :space AND length_class = 5 AND starts_at > :from - 28800 AND starts_at < :to UNION ALL
	SELECT * FROM booking WHERE space = :space AND length_class = 6 AND starts_at > :from - 57600 AND starts_at < :to UNION ALL
	SELECT * FROM booking WHERE space = :space AND length_class = 7 AND starts_at > :from - 115200 AND starts_at < :to
) AS b
WHERE ends_at > :from AND id <> COALESCE(:except, 0)
	AND (status IN ('confirmed', 'present') OR (status = 'requested' AND (expires_at IS NULL OR expires_at > :now)));

-- The chain of a place is called by it.
-- booking_place_pub one
-- in: community community_id
-- out: pub pubid
SELECT pub FROM community WHERE id = :community;

-- booking_set_status exec
-- in: id booking_id, status booking_status, arrived_at instant?, left_at instant?, settled_at instant?, late_at instant?
UPDATE booking SET status = :status, arrived_at = :arrived_at, left_at = :left_at, settled_at = :settled_at,
	late_at = :late_at
WHERE id = :id;

-- booking_lock one
-- in: id booking_id
-- out: status booking_status
SELECT status FROM booking WHERE id = :id
-- postgres
FOR NO KEY UPDATE
-- both
;

-- Once: changes nothing the second time.
-- booking_set_told exec
-- in: id booking_id, now instant
UPDATE booking SET told_at = :now WHERE id = :id AND told_at IS NULL;

-- booking_counter_insert exec
-- in: booking booking_id, counter counter_id, q quantity
INSERT INTO booking_counter (booking, counter, quantity, state) VALUES (:booking, :counter, :q, 'held');

-- booking_counters many
-- in: booking booking_id
-- out: counter counter_id, quantity quantity, state text
SELECT counter, quantity, state FROM booking_counter WHERE booking = :booking ORDER BY counter;

-- booking_counter_set exec
-- in: booking booking_id, counter counter_id, state text
UPDATE booking_counter SET state = :state WHERE booking = :booking AND counter = :counter;

-- booking_counters_drop exec
-- in: booking booking_id
DELETE FROM booking_counter WHERE booking = :booking;

-- Other bookings of the same person, place, day and kind of right that were not counted because one was.
-- booking_heirs many
-- in: id booking_id, person person_id, community community_id, on_day day, right_kind right_kind, membership membership_id
-- out: id booking_id, right_id int
SELECT id, right_id FROM booking
WHERE community = :community AND on_day = :on_day AND person = :person AND right_kind = :right_kind
	AND membership = :membership AND measure = 0 AND id <> :id
	AND status IN ('requested', 'confirmed', 'present', 'done', 'unrecorded')
ORDER BY starts_at, id;

-- booking_counters_pass exec
-- in: from booking_id, to booking_id
UPDATE booking_counter SET booking = :to WHERE booking = :from;

-- booking_set_measure exec
-- in: id booking_id, measure quantity
UPDATE booking SET measure = :measure WHERE id = :id;

-- booking_set_span exec
-- in: booking_row
UPDATE booking SET space = :space, on_day = :on_day, from_minute = :from_minute, to_minute = :to_minute, starts_at = :starts_at,
	ends_at = :ends_at, length_class = :length_class, units = :units, status = :status, right_id = :right_id,
	right_label = :right_label, price = :price, public_price = :public_price, measure = :measure, expires_at = :expires_at
WHERE id = :id;

-- bookings_of_day many
-- in: community community_id, on_day day
-- out: id booking_id, space space_id
SELECT id, space FROM booking
WHERE community = :community AND on_day = :on_day
	AND status IN ('requested', 'confirmed', 'present', 'done', 'unrecorded', 'no_show')
ORDER BY space, id;

-- bookings_to_expire many
-- in: now instant
-- out: id booking_id
SELECT id FROM booking WHERE status = 'requested' AND (expires_at <= :now OR starts_at <= :now) ORDER BY id LIMIT 500;

-- bookings_to_settle many
-- in: now instant, evening instant
-- out: id booking_id, status booking_status
SELECT id, status FROM booking
WHERE (status = 'confirmed' AND ends_at <= :now) OR (status = 'present' AND ends_at <= :evening) ORDER BY id LIMIT 500;

-- bookings_to_cancel many
-- in: community community_id, space space_id?, from day, to day, now instant
-- out: id booking_id, space space_id
SELECT id, space FROM booking
WHERE community = :community AND on_day >= :from AND on_day <= :to AND (:space IS NULL OR space = :space) AND ends_at > :now
	AND status IN ('requested', 'confirmed', 'waiting')
ORDER BY space, id;
