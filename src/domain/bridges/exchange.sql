-- use bridges/convention

-- exchange_terms_of_grant one
-- in: id grant_id
-- out: exchange_terms
SELECT v.convention, v.id, c.chain, v.credit_per_day, v.no_show
FROM grant_rule g JOIN convention_version v ON v.id = g.version JOIN convention c ON c.id = v.convention
WHERE g.id = :id;

-- exchange_fact_insert one
-- in: exchange_fact_row
-- out: id row_id
INSERT INTO exchange_fact (pub, convention, version, kind, place, sender, on_day, amount, booking, workshop, attendees, reverses, entry, at)
VALUES (:pub, :convention, :version, :kind, :place, :sender, :on_day, :amount, :booking, :workshop, :attendees, :reverses, :entry, :at)
RETURNING id;

-- The fact of a booking that still stands: posted and not reversed.
-- exchange_fact_of_booking maybe
-- in: booking booking_id
-- out: exchange_fact_row
SELECT f.id, f.pub, f.convention, f.version, f.kind, f.place, f.sender, f.on_day, f.amount, f.booking, f.workshop, f.attendees,
	f.reverses, f.entry, f.at
FROM exchange_fact f
WHERE f.booking = :booking AND f.kind <> 'reversal' AND NOT EXISTS (SELECT 1 FROM exchange_fact r WHERE r.reverses = f.id)
ORDER BY f.id DESC LIMIT 1;

-- exchange_facts_of_workshop many
-- in: workshop workshop_id
-- out: exchange_fact_row
SELECT f.id, f.pub, f.convention, f.version, f.kind, f.place, f.sender, f.on_day, f.amount, f.booking, f.workshop, f.attendees,
	f.reverses, f.entry, f.at
FROM exchange_fact f
WHERE f.workshop = :workshop AND f.kind <> 'reversal' AND NOT EXISTS (SELECT 1 FROM exchange_fact r WHERE r.reverses = f.id)
ORDER BY f.id;
