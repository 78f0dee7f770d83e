-- use workshops/workshop

-- enrolment_insert exec
-- in: pub pubid, workshop workshop_id, person person_id, membership membership_id?, sender community_id?, status enrolment_status, rank int, now instant
INSERT INTO enrolment (pub, workshop, person, membership, sender, status, rank, created_at, changed_at)
VALUES (:pub, :workshop, :person, :membership, :sender, :status, :rank, :now, :now);

-- enrolment_again exec
-- in: id enrolment_id, membership membership_id?, sender community_id?, status enrolment_status, rank int, now instant
UPDATE enrolment SET membership = :membership, sender = :sender, status = :status, rank = :rank, changed_at = :now WHERE id = :id;

-- enrolment_of maybe
-- in: workshop workshop_id, person person_id
-- out: enrolment_row
SELECT id, pub, workshop, person, membership, sender, status, rank FROM enrolment WHERE workshop = :workshop AND person = :person;

-- enrolment_by_pub maybe
-- in: pub pubid
-- out: enrolment_row
SELECT id, pub, workshop, person, membership, sender, status, rank FROM enrolment WHERE pub = :pub;

-- enrolment_counts one
-- in: workshop workshop_id
-- out: workshop_counts
SELECT CAST(COALESCE(SUM(CASE WHEN status = 'enrolled' THEN 1 ELSE 0 END), 0) AS BIGINT), CAST(COALESCE(SUM(CASE WHEN status = 'waiting' THEN 1 ELSE 0 END), 0) AS BIGINT),
	CAST(COALESCE(SUM(CASE WHEN status = 'present' THEN 1 ELSE 0 END), 0) AS BIGINT), CAST(COALESCE(SUM(CASE WHEN status = 'absent' THEN 1 ELSE 0 END), 0) AS BIGINT),
	CAST(COALESCE(SUM(CASE WHEN status = 'excused' THEN 1 ELSE 0 END), 0) AS BIGINT)
FROM enrolment WHERE workshop = :workshop;

-- enrolment_last_rank one
-- in: workshop workshop_id
-- out: rank int
SELECT COALESCE(MAX(rank), 0) FROM enrolment WHERE workshop = :workshop;

-- enrolment_next_waiting maybe
-- in: workshop workshop_id
-- out: enrolment_row
SELECT id, pub, workshop, person, membership, sender, status, rank FROM enrolment
WHERE workshop = :workshop AND status = 'waiting' ORDER BY rank, id LIMIT 1;

-- enrolment_set exec
-- in: id enrolment_id, status enrolment_status, now instant
UPDATE enrolment SET status = :status, changed_at = :now WHERE id = :id;

-- enrolment_close_absent exec
-- in: workshop workshop_id, now instant
UPDATE enrolment SET status = 'absent', changed_at = :now WHERE workshop = :workshop AND status = 'enrolled';

-- enrolment_list many
-- in: workshop workshop_id
-- out: attendee_line
SELECT e.pub, p.name, s.name, e.status, e.rank
FROM enrolment e JOIN person p ON p.id = e.person LEFT JOIN community s ON s.id = e.sender
WHERE e.workshop = :workshop AND e.status <> 'excused' ORDER BY CASE WHEN e.status = 'waiting' THEN 1 ELSE 0 END, e.rank, e.id;

-- enrolment_persons many
-- in: workshop workshop_id
-- out: person person_id
SELECT person FROM enrolment WHERE workshop = :workshop AND status IN ('enrolled', 'waiting') ORDER BY id;
