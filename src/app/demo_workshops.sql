-- use workshops/workshop

-- demo_enrolled many
-- in: workshop workshop_id
-- out: pub pubid, person person_id
SELECT pub, person FROM enrolment WHERE workshop = :workshop AND status = 'enrolled' ORDER BY rank, id;
