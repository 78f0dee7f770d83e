-- mail_insert exec
-- in: pub pubid, to_address text, lang text, kind text, subject text, body_text text, body_html text, cause text, now instant
INSERT INTO mail (pub, to_address, lang, kind, subject, body_text, body_html, cause, state, attempts, next_at, created_at)
VALUES (:pub, :to_address, :lang, :kind, :subject, :body_text, :body_html, :cause, 'queued', 0, :now, :now);
