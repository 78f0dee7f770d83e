-- use people/session

-- session_actor_by_hash maybe
-- in: token_hash hash, now instant, today day
-- out: session_actor
SELECT s.id, s.person, m.id, m.community, COALESCE(m.roles, 0), p.is_operator, p.lang, s.seen_at, p.name,
	p.verified_at IS NOT NULL, s.expires_at
FROM session s
JOIN person p ON p.id = s.person AND p.erased_at IS NULL AND p.suspended_at IS NULL
LEFT JOIN membership m ON m.id = s.membership AND m.person = s.person AND m.started <= :today AND (m.ended IS NULL OR m.ended >= :today)
WHERE s.token_hash = :token_hash AND s.revoked_at IS NULL AND s.expires_at > :now;

-- token_actor_by_hash maybe
-- in: token_hash hash, now instant, today day
-- out: token_actor
SELECT t.id, t.person, m.id, m.community, COALESCE(m.roles, 0), p.is_operator, p.lang, t.may_write, t.reads, t.writes, t.seen_at
FROM api_token t
JOIN person p ON p.id = t.person AND p.erased_at IS NULL AND p.suspended_at IS NULL
LEFT JOIN membership m ON m.id = t.membership AND m.person = t.person AND m.started <= :today AND (m.ended IS NULL OR m.ended >= :today)
WHERE t.token_hash = :token_hash AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > :now)
	AND (t.membership IS NULL OR m.id IS NOT NULL);

-- session_insert exec
-- in: session_new
INSERT INTO session (pub, token_hash, person, membership, agent, address, created_at, seen_at, expires_at)
VALUES (:pub, :token_hash, :person, :membership, :agent, :address, :created_at, :created_at, :expires_at);

-- session_revoke exec
-- in: token_hash hash, now instant
UPDATE session SET revoked_at = :now WHERE token_hash = :token_hash AND revoked_at IS NULL;

-- session_touch exec
-- in: id session_id, seen_at instant, expires_at instant
UPDATE session SET seen_at = :seen_at, expires_at = :expires_at WHERE id = :id AND revoked_at IS NULL AND seen_at < :seen_at;

-- token_touch exec
-- in: id token_id, seen_at instant
UPDATE api_token SET seen_at = :seen_at WHERE id = :id AND (seen_at IS NULL OR seen_at < :seen_at);

-- session_revoke_all exec
-- in: person person_id, now instant
UPDATE session SET revoked_at = :now WHERE person = :person AND revoked_at IS NULL;

-- session_revoke_others exec
-- in: person person_id, keep hash, now instant
UPDATE session SET revoked_at = :now WHERE person = :person AND revoked_at IS NULL AND token_hash <> :keep;

-- session_revoke_id exec
-- in: id session_id, now instant
UPDATE session SET revoked_at = :now WHERE id = :id AND revoked_at IS NULL;

-- session_set_membership exec
-- in: token_hash hash, membership membership_id
UPDATE session SET membership = :membership WHERE token_hash = :token_hash AND revoked_at IS NULL;

-- session_of_person many
-- in: person person_id, now instant, current hash
-- out: session_row
SELECT id, pub, agent, '', address, created_at, seen_at, token_hash = :current FROM session
WHERE person = :person AND revoked_at IS NULL AND expires_at > :now
ORDER BY seen_at DESC, id DESC;

-- session_by_pub maybe
-- in: pub pubid, person person_id, now instant
-- out: id session_id
SELECT id FROM session WHERE pub = :pub AND person = :person AND revoked_at IS NULL AND expires_at > :now;

-- session_sweep exec
-- in: before instant
DELETE FROM session WHERE expires_at < :before OR revoked_at < :before;

-- token_insert exec
-- in: token_insert_row
INSERT INTO api_token (pub, token_hash, person, membership, name, may_write, reads, writes, created_at, expires_at)
VALUES (:pub, :token_hash, :person, :membership, :name, :may_write, :reads, :writes, :created_at, :expires_at);

-- token_of_person many
-- in: person person_id, now instant
-- out: token_row
SELECT t.id, t.pub, t.name, t.may_write, t.reads, t.writes, NULL, c.name, t.created_at, t.seen_at, t.expires_at
FROM api_token t LEFT JOIN membership m ON m.id = t.membership LEFT JOIN community c ON c.id = m.community
WHERE t.person = :person AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > :now)
ORDER BY t.id DESC;

-- token_by_pub maybe
-- in: pub pubid, person person_id
-- out: id token_id
SELECT id FROM api_token WHERE pub = :pub AND person = :person AND revoked_at IS NULL;

-- token_revoke exec
-- in: id token_id, now instant
UPDATE api_token SET revoked_at = :now WHERE id = :id AND revoked_at IS NULL;

-- membership_current maybe
-- in: pub pubid, person person_id, today day
-- out: id membership_id
SELECT id FROM membership
WHERE pub = :pub AND person = :person AND started <= :today AND (ended IS NULL OR ended >= :today);

-- session_first_membership maybe
-- in: person person_id, today day
-- out: id membership_id
SELECT id FROM membership
WHERE person = :person AND started <= :today AND (ended IS NULL OR ended >= :today)
ORDER BY started, id LIMIT 1;
