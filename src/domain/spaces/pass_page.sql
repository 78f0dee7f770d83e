-- use spaces/pass_page

-- pass_person maybe
-- in: id person_id
-- out: pub pubid, name text
SELECT pub, name FROM person WHERE id = :id AND erased_at IS NULL;

-- pass_bookings many
-- in: person person_id, place community_id, on_day day
-- out: pass_booking
SELECT b.pub, s.name, b.from_minute, b.to_minute, b.status, b.right_label, b.price
FROM booking b JOIN space s ON s.id = b.space
WHERE b.person = :person AND b.community = :place AND b.on_day = :on_day
	AND b.status IN ('requested', 'confirmed', 'present', 'done', 'unrecorded', 'no_show')
ORDER BY b.from_minute, b.id;
