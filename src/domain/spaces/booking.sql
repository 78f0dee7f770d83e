-- use spaces/space

-- booking_insert one
-- in: booking_row
-- out: id booking_id
INSERT INTO booking (pub, space, community, person, guest, membership, sender, batch, purpose, on_day, from_minute, to_minute, zone,
	starts_at, ends_at, length_class, units, status, right_kind, right_id, right_label, price, public_price, measure, walk_in,
	created_at, created_by, expires_at, arrived_at, left_at, settled_at)
VALUES (:pub, :space, :community, :person, :guest, :membership, :sender, :batch, :purpose, :on_day, :from_minute, :to_minute, :zone,
	:starts_at, :ends_at, :length_class, :units, :status, :right_kind, :right_id, :right_label, :price, :public_price, :measure, :walk_in,
	:created_at, :created_by, :expires_at, :arrived_at, :left_at, :settled_at)
RETURNING id;

-- booking_by_id one
-- in: id booking_id
-- out: booking_row
SELECT id, pub, space, community, person, guest, membership, sender, batch, purpose, on_day, from_minute, to_minute, zone,
	starts_at, ends_at, length_class, units, status, right_kind, right_id, right_label, price, public_price, measure, walk_in,
	created_at, created_by, expires_at, arrived_at, left_at, settled_at
FROM booking WHERE id = :id;

-- booking_by_pub maybe
-- in: pub pubid
-- out: booking_row
SELECT id, pub, space, community, person, guest, membership, sender, batch, purpose, on_day, from_minute, to_minute, zone,
	starts_at, ends_at, length_class, units, status, right_kind, right_id, right_label, price, public_price, measure, walk_in,
	created_at, created_by, expires_at, arrived_at, left_at, settled_at
FROM booking WHERE pub = :pub;

-- Spans of one length class start at most its longest length before the window:
-- each class is one short range of the index, however long the longest booking is.
-- bookings_live many
-- in: space space_id, from instant, to instant, now instant, except booking_id
-- out: starts_at instant, ends_at instant, units int
SELECT b.starts_at, b.ends_at, b.units
FROM (VALUES (0, 900), (1, 1800), (2, 3600), (3, 7200), (4, 14400), (5, 28800), (6, 57600), (7, 115200), (8, 230400), (9, 460800),
	(10, 921600), (11, 1843200), (12, 3686400), (13, 7372800), (14, 14745600), (15, 29491200), (16, 58982400), (17, 117964800)) AS k
JOIN booking b ON b.space = :space AND b.length_class = k.column1 AND b.starts_at > :from - k.column2 AND b.starts_at < :to
WHERE b.ends_at > :from AND b.id <> COALESCE(:except, 0)
	AND (b.status IN ('confirmed', 'present') OR (b.status = 'requested' AND (b.expires_at IS NULL OR b.expires_at > :now)));

-- booking_set_status exec
-- in: id booking_id, status booking_status, arrived_at instant?, left_at instant?, settled_at instant?
UPDATE booking SET status = :status, arrived_at = :arrived_at, left_at = :left_at, settled_at = :settled_at WHERE id = :id;

-- booking_lock one
-- in: id booking_id
-- out: status booking_status
SELECT status FROM booking WHERE id = :id
-- postgres
FOR NO KEY UPDATE
-- both
;

-- booking_counter_insert exec
-- in: booking booking_id, counter counter_id, q quantity
INSERT INTO booking_counter (booking, counter, quantity, state) VALUES (:booking, :counter, :q, 'held');

-- booking_counters many
-- in: booking booking_id
-- out: counter counter_id, quantity quantity, state text
SELECT counter, quantity, state FROM booking_counter WHERE booking = :booking ORDER BY counter;

-- booking_counters_set exec
-- in: booking booking_id, state text
UPDATE booking_counter SET state = :state WHERE booking = :booking;
