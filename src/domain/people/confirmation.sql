-- use people/confirmation

-- confirmations_due many
-- in: right_before instant, asked_before instant, rounds int, roles int, on_day day
-- out: confirmation_due_row
SELECT id, pub, name, since, rounds FROM (
	SELECT c.id AS id, c.pub AS pub, c.name AS name, COALESCE(c.confirmed_at, c.created_at) AS since,
		(SELECT COUNT(DISTINCT r.round) FROM confirmation_request r
			WHERE r.community = c.id AND r.sent_at > COALESCE(c.confirmed_at, c.created_at)) AS rounds,
		COALESCE((SELECT MAX(r.sent_at) FROM confirmation_request r WHERE r.community = c.id), 0) AS asked
	FROM community c
	WHERE COALESCE(c.confirmed_at, c.created_at) < :right_before AND EXISTS (SELECT 1 FROM membership m
		WHERE m.community = c.id AND (m.roles & :roles) <> 0 AND m.started <= :on_day AND (m.ended IS NULL OR m.ended >= :on_day))
) due
WHERE rounds < :rounds AND asked < :asked_before
ORDER BY id LIMIT 200;

-- confirmation_insert exec
-- in: community community_id, person person_id, token_hash hash, round int, at instant, expires_at instant
INSERT INTO confirmation_request (community, person, token_hash, round, sent_at, expires_at)
VALUES (:community, :person, :token_hash, :round, :at, :expires_at);

-- confirmation_by_token maybe
-- in: token_hash hash, now instant
-- out: confirmation_row
SELECT id, community, person, used_at FROM confirmation_request WHERE token_hash = :token_hash AND expires_at > :now;

-- confirmation_use exec
-- in: id row_id, now instant
UPDATE confirmation_request SET used_at = :now WHERE id = :id AND used_at IS NULL;
