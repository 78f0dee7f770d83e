-- use platform/mail

-- mail_insert exec
-- in: pub pubid, to_address text, lang text, kind text, subject text, body_text text, body_html text, stop_url text, cause text, now instant
INSERT INTO mail (pub, to_address, lang, kind, subject, body_text, body_html, stop_url, cause, state, attempts, next_at,
	created_at)
VALUES (:pub, :to_address, :lang, :kind, :subject, :body_text, :body_html, :stop_url, :cause, 'queued', 0, :now, :now);

-- mail_due many
-- in: now instant, limit int
-- out: mail_letter
SELECT id, pub, to_address, lang, subject, body_text, body_html, stop_url, attempts FROM mail
WHERE state = 'queued' AND next_at <= :now
ORDER BY next_at, id LIMIT :limit;

-- mail_mark_sent exec
-- in: id mail_id, now instant
-- What was said is kept no longer than it takes to say it.
UPDATE mail SET state = 'sent', sent_at = :now, attempts = attempts + 1, last_error = NULL, body_text = '', body_html = '',
	stop_url = CASE WHEN stop_url IS NOT NULL THEN '' END
WHERE id = :id AND state = 'queued';

-- mail_mark_later exec
-- in: id mail_id, next_at instant, why text
UPDATE mail SET attempts = attempts + 1, next_at = :next_at, last_error = :why
WHERE id = :id AND state = 'queued';

-- mail_mark_dead exec
-- in: id mail_id, why text
UPDATE mail SET state = 'dead', attempts = attempts + 1, last_error = :why
WHERE id = :id AND state = 'queued';

-- mail_sweep_before exec
-- in: sent_before instant, dead_before instant
DELETE FROM mail WHERE (state = 'sent' AND sent_at < :sent_before) OR (state = 'dead' AND created_at < :dead_before);
