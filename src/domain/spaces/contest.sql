-- use spaces/contest

-- contest_insert one
-- in: pub pubid, booking booking_id, person person_id, reason text, now instant
-- out: id row_id
INSERT INTO contest (pub, booking, person, reason, state, created_at)
VALUES (:pub, :booking, :person, :reason, 'open', :now) RETURNING id;

-- contest_open_of maybe
-- in: booking booking_id
-- out: id row_id
SELECT id FROM contest WHERE booking = :booking AND state = 'open' LIMIT 1;

-- Asked this way round, SQLite walks the few that are open, not all bookings of the place.
-- contests_waiting one
-- in: place community_id
-- out: n int
SELECT COUNT(*) FROM contest t
WHERE t.state = 'open' AND (SELECT b.community FROM booking b WHERE b.id = t.booking) = :place;

-- contest_by_pub maybe
-- in: pub pubid, place community_id
-- out: contest_row
SELECT t.id, t.booking, b.community, t.state FROM contest t JOIN booking b ON b.id = t.booking
WHERE t.pub = :pub AND b.community = :place;

-- contest_close exec
-- in: id row_id, state contest_state, answer text?, now instant
UPDATE contest SET state = :state, answer = :answer, answered_at = :now WHERE id = :id AND state = 'open';

-- contests_of_booking many
-- in: booking booking_id
-- out: contest_line
SELECT t.pub, b.pub, b.on_day, s.name, p.name, t.reason, t.state, t.answer, t.created_at, t.answered_at
FROM contest t JOIN booking b ON b.id = t.booking JOIN space s ON s.id = b.space JOIN person p ON p.id = t.person
WHERE t.booking = :booking ORDER BY t.id DESC;

-- contests_of_place many
-- in: place community_id
-- out: contest_line
SELECT t.pub, b.pub, b.on_day, s.name, p.name, t.reason, t.state, t.answer, t.created_at, t.answered_at
FROM contest t JOIN booking b ON b.id = t.booking JOIN space s ON s.id = b.space JOIN person p ON p.id = t.person
WHERE t.state = 'open' AND b.community = :place ORDER BY t.id;

-- Those that wait, or those that were answered since; way -1: the newest first.
-- contests_listed many
-- in: place community_id, state contest_state, since instant, way int, most int, skip int
-- out: contest_line
SELECT t.pub, b.pub, b.on_day, s.name, p.name, t.reason, t.state, t.answer, t.created_at, t.answered_at
FROM contest t JOIN booking b ON b.id = t.booking JOIN space s ON s.id = b.space JOIN person p ON p.id = t.person
WHERE t.state = :state AND b.community = :place AND (t.answered_at IS NULL OR t.answered_at >= :since)
ORDER BY t.id * :way LIMIT :most OFFSET :skip;
