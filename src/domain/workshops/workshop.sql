-- workshop_insert one
-- in: workshop_row
-- out: id workshop_id
INSERT INTO workshop (pub, organiser, place, space, booking, title, story, trainer, trainer_kind, trainer_terms, on_day, from_minute, to_minute,
	starts_at, ends_at, capacity, price, is_public, status, created_at)
VALUES (:pub, :organiser, :place, :space, :booking, :title, :story, :trainer, :trainer_kind, :trainer_terms, :on_day, :from_minute, :to_minute,
	:starts_at, :ends_at, :capacity, :price, :is_public, :status, :created_at)
RETURNING id;

-- workshop_by_pub maybe
-- in: pub pubid
-- out: workshop_row
SELECT id, pub, organiser, place, space, booking, title, story, trainer, trainer_kind, trainer_terms, on_day, from_minute, to_minute,
	starts_at, ends_at, capacity, price, is_public, status, created_at, closed_at
FROM workshop WHERE pub = :pub;

-- workshop_by_id one
-- in: id workshop_id
-- out: workshop_row
SELECT id, pub, organiser, place, space, booking, title, story, trainer, trainer_kind, trainer_terms, on_day, from_minute, to_minute,
	starts_at, ends_at, capacity, price, is_public, status, created_at, closed_at
FROM workshop WHERE id = :id;

-- workshop_lock one
-- in: id workshop_id
-- out: status workshop_status
SELECT status FROM workshop WHERE id = :id
-- postgres
FOR NO KEY UPDATE
-- both
;

-- workshop_set_status exec
-- in: id workshop_id, status workshop_status, closed_at instant?
UPDATE workshop SET status = :status, closed_at = :closed_at WHERE id = :id;

-- workshop_set_text exec
-- in: id workshop_id, title text, story text?, trainer text, capacity int
UPDATE workshop SET title = :title, story = :story, trainer = :trainer, capacity = :capacity WHERE id = :id;

-- The price of its room, when the place gives it: frozen in the transaction that booked it.
-- workshop_room_free exec
-- in: booking booking_id, label text
UPDATE booking SET price = 0, right_label = :label WHERE id = :booking;

-- workshop_line_by_id one
-- in: id workshop_id
-- out: workshop_line
SELECT w.id, w.pub, w.title, w.on_day, w.from_minute, w.to_minute, w.capacity,
	(SELECT COUNT(*) FROM enrolment e WHERE e.workshop = w.id AND e.status IN ('enrolled', 'present', 'absent')),
	w.price, w.status, p.name, p.pub, COALESCE(k.name, p.city_printed), s.name, o.name
FROM workshop w JOIN community p ON p.id = w.place JOIN community o ON o.id = w.organiser JOIN space s ON s.id = w.space
LEFT JOIN commune k ON k.insee = p.insee
WHERE w.id = :id;

-- workshop_lines_from many
-- in: from day, place community_id?, free bool, limit_ int
-- out: workshop_line
SELECT w.id, w.pub, w.title, w.on_day, w.from_minute, w.to_minute, w.capacity,
	(SELECT COUNT(*) FROM enrolment e WHERE e.workshop = w.id AND e.status IN ('enrolled', 'present', 'absent')),
	w.price, w.status, p.name, p.pub, COALESCE(k.name, p.city_printed), s.name, o.name
FROM workshop w JOIN community p ON p.id = w.place JOIN community o ON o.id = w.organiser JOIN space s ON s.id = w.space
LEFT JOIN commune k ON k.insee = p.insee
WHERE w.on_day >= :from AND w.status IN ('announced', 'held') AND w.is_public AND (:place IS NULL OR w.place = :place)
	AND (NOT :free OR (SELECT COUNT(*) FROM enrolment e WHERE e.workshop = w.id AND e.status IN ('enrolled', 'present')) < w.capacity)
ORDER BY w.starts_at, w.id LIMIT :limit_;

-- workshops_of_person many
-- in: person person_id
-- out: enrolment pubid, enrolment_status enrolment_status, id workshop_id
SELECT e.pub, e.status, e.workshop FROM enrolment e JOIN workshop w ON w.id = e.workshop
WHERE e.person = :person ORDER BY w.starts_at DESC, e.id DESC LIMIT 1000;

-- workshop_places many
-- out: pub pubid, name text, city text?
SELECT c.pub, c.name, COALESCE(k.name, c.city_printed)
FROM community c JOIN place p ON p.community = c.id LEFT JOIN commune k ON k.insee = c.insee
WHERE EXISTS (SELECT 1 FROM space s WHERE s.community = c.id AND s.archived_at IS NULL)
ORDER BY c.folded LIMIT 500;

-- workshops_to_hold many
-- in: now instant
-- out: id workshop_id
SELECT id FROM workshop WHERE status = 'announced' AND starts_at <= :now ORDER BY starts_at, id;
