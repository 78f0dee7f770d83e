-- use people/community

-- members_of many
-- in: community community_id, on_day day, past bool
-- out: member_row
SELECT m.id, m.pub, m.person, m.community, p.name, p.email, m.status, m.roles, m.visibility, m.started, m.ended, NULL
FROM membership m JOIN person p ON p.id = m.person AND p.erased_at IS NULL
WHERE m.community = :community
	AND CASE WHEN :past THEN m.ended IS NOT NULL AND m.ended < :on_day ELSE m.ended IS NULL OR m.ended >= :on_day END;

-- member_by_pub maybe
-- in: pub pubid
-- out: member_row
SELECT m.id, m.pub, m.person, m.community, p.name, p.email, m.status, m.roles, m.visibility, m.started, m.ended, NULL
FROM membership m JOIN person p ON p.id = m.person AND p.erased_at IS NULL
WHERE m.pub = :pub;

-- member_history many
-- in: membership membership_id
-- out: history_line
SELECT h.status, h.roles, h.at, p.name, NULL
FROM membership_history h LEFT JOIN person p ON p.id = h.by_person AND p.erased_at IS NULL
WHERE h.membership = :membership ORDER BY h.at DESC, h.id DESC;

-- Two managers who give up at once wait for one another here.
-- community_lock one
-- in: id community_id
-- out: id community_id
SELECT id FROM community WHERE id = :id
-- postgres
FOR NO KEY UPDATE
-- both
;

-- managers_besides one
-- in: community community_id, except membership_id, role int, on_day day
-- out: n int
SELECT COUNT(*) FROM membership m JOIN person p ON p.id = m.person AND p.erased_at IS NULL
WHERE m.community = :community AND m.id <> COALESCE(:except, 0) AND (m.roles & :role) <> 0 AND m.started <= :on_day
	AND (m.ended IS NULL OR m.ended >= :on_day);

-- member_set exec
-- in: id membership_id, status membership_status, roles int
UPDATE membership SET status = :status, roles = :roles WHERE id = :id;

-- member_end exec
-- in: id membership_id, last_day day
UPDATE membership SET ended = :last_day, shares_use = FALSE WHERE id = :id;

-- member_join one
-- in: pub pubid, person person_id, community community_id, status membership_status, roles int, on_day day
-- out: id membership_id
INSERT INTO membership (pub, person, community, status, roles, visibility, shares_use, started)
VALUES (:pub, :person, :community, :status, :roles, 'community', FALSE, :on_day)
ON CONFLICT (person, community, started) DO UPDATE SET status = excluded.status, roles = excluded.roles, ended = NULL
RETURNING id;

-- member_is_in maybe
-- in: email_key text, community community_id, on_day day
-- out: id membership_id
SELECT m.id FROM membership m JOIN person p ON p.id = m.person
WHERE p.email_key = :email_key AND p.erased_at IS NULL AND m.community = :community AND m.started <= :on_day
	AND (m.ended IS NULL OR m.ended >= :on_day)
ORDER BY m.id LIMIT 1;
