-- use app/operator

-- operator_mail_list many
-- in: state mail_state, after pubid, limit int
-- out: operator_mail_row
SELECT id, pub, to_address, subject, kind, state, attempts, next_at, last_error, created_at, sent_at,
	stop_url IS NOT NULL FROM mail
WHERE state = COALESCE(:state, state)
	AND id < COALESCE((SELECT k.id FROM mail k WHERE k.pub = :after), 9223372036854775807)
ORDER BY id DESC LIMIT :limit;

-- operator_mail_by_pub maybe
-- in: pub pubid
-- out: operator_mail_row
SELECT id, pub, to_address, subject, kind, state, attempts, next_at, last_error, created_at, sent_at,
	stop_url IS NOT NULL FROM mail
WHERE pub = :pub;

-- operator_mail_body one
-- in: id mail_id
-- out: body text
SELECT body_text FROM mail WHERE id = :id;

-- operator_mail_count one
-- in: week_ago instant
-- out: operator_mail_counts
SELECT COUNT(CASE WHEN state = 'queued' THEN 1 END), COUNT(CASE WHEN state = 'queued' AND attempts > 0 THEN 1 END),
	COUNT(CASE WHEN state = 'dead' THEN 1 END), COUNT(CASE WHEN state = 'sent' AND sent_at >= :week_ago THEN 1 END)
FROM mail;

-- operator_mail_retry exec
-- in: id mail_id, now instant
UPDATE mail SET state = 'queued', attempts = 0, next_at = :now WHERE id = :id AND state <> 'sent';

-- operator_mail_retry_all exec
-- in: now instant
UPDATE mail SET state = 'queued', attempts = 0, next_at = :now
WHERE state = 'dead' OR (state = 'queued' AND attempts > 0);

-- operator_mail_drop exec
-- in: id mail_id
DELETE FROM mail WHERE id = :id AND state <> 'sent';

-- operator_counts one
-- in: now instant
-- out: sessions int, people int, communities int
SELECT (SELECT COUNT(*) FROM session WHERE expires_at > :now AND revoked_at IS NULL), (SELECT COUNT(*) FROM person),
	(SELECT COUNT(*) FROM community);

-- operator_database_bytes one
-- out: bytes int
-- sqlite
SELECT c.page_count * s.page_size FROM pragma_page_count() c, pragma_page_size() s;
-- postgres
SELECT pg_database_size(current_database());
