-- demo_absences many
-- in: from day
-- out: id booking_id, person person_id
SELECT b.id, b.person FROM booking b
WHERE b.status = 'no_show' AND b.person IS NOT NULL AND b.on_day >= :from
ORDER BY CASE b.right_kind WHEN 'grant' THEN 0 ELSE 1 END, b.id DESC LIMIT 3;

-- demo_contest_insert exec
-- in: pub pubid, booking booking_id, person person_id, reason text, state text, answer text?, at instant, answered_at instant?
INSERT INTO contest (pub, booking, person, reason, state, answer, created_at, answered_at)
VALUES (:pub, :booking, :person, :reason, :state, :answer, :at, :answered_at);

-- demo_chore_insert exec
-- in: pub pubid, community community_id, on_day day, at minute, what text, done_at instant?, done_by person_id?
INSERT INTO chore (pub, community, on_day, at_minute, what, done_at, done_by)
VALUES (:pub, :community, :on_day, :at, :what, :done_at, :done_by);

-- demo_incident_insert exec
-- in: pub pubid, community community_id, what text, at instant, by person_id
INSERT INTO incident (pub, community, what, at, recorded_by) VALUES (:pub, :community, :what, :at, :by);

-- Letters about what happened weeks ago are for nobody.
-- demo_mail_forget exec
DELETE FROM mail;
