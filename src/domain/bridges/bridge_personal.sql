-- use bridges/bridge_personal

-- exported_signings_of many
-- in: person person_id
-- out: exported_signing
SELECT n.name, 'charter', a.hash, a.at
FROM charter_acceptance a JOIN convention_version v ON v.id = a.version JOIN convention n ON n.id = v.convention
WHERE a.person = :person
UNION ALL
SELECT n.name, 'signature', s.hash, s.at
FROM signature s JOIN convention_version v ON v.id = s.version JOIN convention n ON n.id = v.convention
WHERE s.person = :person
UNION ALL
SELECT n.name, 'reminder', NULL, r.at FROM grant_reminder r JOIN convention n ON n.id = r.convention
WHERE r.person = :person
UNION ALL
SELECT '', 'no_reminders', NULL, f.at FROM reminder_refusal f WHERE f.person = :person;
