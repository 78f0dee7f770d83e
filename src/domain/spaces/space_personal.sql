-- use spaces/space_personal

-- exported_bookings_of many
-- in: person person_id
-- out: exported_booking
SELECT b.pub, c.name, s.name, b.starts_at, b.ends_at,
	CASE WHEN b.late_at IS NOT NULL THEN 'late_cancellation' ELSE b.status END AS status, b.right_label, b.price, b.created_at, b.arrived_at
FROM booking b JOIN space s ON s.id = b.space JOIN community c ON c.id = b.community
WHERE b.person = :person ORDER BY b.starts_at, b.id;

-- exported_packs_of many
-- in: person person_id
-- out: exported_pack
SELECT k.pub, c.name, k.name, k.units, k.price, k.sold_at
FROM pack k JOIN community c ON c.id = k.community WHERE k.owner_person = :person ORDER BY k.id;

-- exported_contests_of many
-- in: person person_id
-- out: exported_contest
SELECT reason, answer, state, created_at FROM contest WHERE person = :person ORDER BY id;

-- erase_contests exec
-- in: person person_id
UPDATE contest SET reason = '' WHERE person = :person;

-- erase_purposes exec
-- in: person person_id
UPDATE booking SET purpose = NULL WHERE person = :person;
