-- use workshops/workshop_personal

-- exported_enrolments_of many
-- in: person person_id
-- out: exported_enrolment
SELECT w.title, w.starts_at, e.status, e.created_at
FROM enrolment e JOIN workshop w ON w.id = e.workshop WHERE e.person = :person ORDER BY w.starts_at, e.id;
