-- session_actor_by_hash maybe
-- in: token_hash hash, now instant, today day
-- out: session_actor
SELECT s.id, s.person, m.id, m.community, COALESCE(m.roles, 0), p.is_operator, p.lang, s.seen_at, p.name,
	p.verified_at IS NOT NULL
FROM session s
JOIN person p ON p.id = s.person AND p.erased_at IS NULL
LEFT JOIN membership m ON m.id = s.membership AND m.person = s.person AND m.started <= :today AND (m.ended IS NULL OR m.ended >= :today)
WHERE s.token_hash = :token_hash AND s.revoked_at IS NULL AND s.expires_at > :now;

-- token_actor_by_hash maybe
-- in: token_hash hash, now instant, today day
-- out: token_actor
SELECT t.id, t.person, m.id, m.community, COALESCE(m.roles, 0), p.is_operator, p.lang, t.may_write, t.seen_at
FROM api_token t
JOIN person p ON p.id = t.person AND p.erased_at IS NULL
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
-- in: token_hash hash, now instant, expires_at instant
UPDATE session SET seen_at = :now, expires_at = :expires_at WHERE token_hash = :token_hash;

-- session_first_membership maybe
-- in: person person_id, today day
-- out: id membership_id
SELECT id FROM membership
WHERE person = :person AND started <= :today AND (ended IS NULL OR ended >= :today)
ORDER BY started, id LIMIT 1;
