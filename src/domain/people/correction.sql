-- use people/correction

-- correction_insert exec
-- in: pub pubid, community community_id, field correction_field, message text, email text?, lang text, at instant
INSERT INTO correction (pub, community, field, message, email, lang, state, created_at)
VALUES (:pub, :community, :field, :message, :email, :lang, 'open', :at);

-- correction_by_pub maybe
-- in: pub pubid
-- out: correction_row
SELECT r.id, r.pub, r.community, c.pub, c.name, r.field, r.message, r.email, r.lang, r.state, r.answer, r.created_at, r.answered_at
FROM correction r JOIN community c ON c.id = r.community WHERE r.pub = :pub;

-- corrections_of many
-- in: community community_id, state text, before int, most int
-- out: correction_row
SELECT r.id, r.pub, r.community, c.pub, c.name, r.field, r.message, r.email, r.lang, r.state, r.answer, r.created_at, r.answered_at
FROM correction r JOIN community c ON c.id = r.community
WHERE r.community = :community AND (:state = '' OR r.state = :state) AND r.id < :before
ORDER BY r.id DESC LIMIT :most;

-- corrections_without_steward many
-- in: roles int, on_day day, state text, before int, most int
-- out: correction_row
SELECT r.id, r.pub, r.community, c.pub, c.name, r.field, r.message, r.email, r.lang, r.state, r.answer, r.created_at, r.answered_at
FROM correction r JOIN community c ON c.id = r.community
WHERE (:state = '' OR r.state = :state) AND r.id < :before AND NOT EXISTS (SELECT 1 FROM membership m
	WHERE m.community = r.community AND (m.roles & :roles) <> 0 AND m.started <= :on_day AND (m.ended IS NULL OR m.ended >= :on_day))
ORDER BY r.id DESC LIMIT :most;

-- correction_close exec
-- in: id row_id, state correction_state, answer text?, at instant, by person_id
UPDATE correction SET state = :state, answer = :answer, answered_at = :at, answered_by = :by, email = NULL
WHERE id = :id AND state = 'open';
