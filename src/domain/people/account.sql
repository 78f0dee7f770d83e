-- use people/account

-- account_by_key maybe
-- in: email_key text
-- out: account_row
SELECT id, pub, email, name, password_hash, verified_at IS NOT NULL, lang FROM person
WHERE email_key = :email_key AND erased_at IS NULL;

-- account_by_id one
-- in: id person_id
-- out: account_row
SELECT id, pub, email, name, password_hash, verified_at IS NOT NULL, lang FROM person
WHERE id = :id AND erased_at IS NULL;

-- person_insert one
-- in: person_new
-- out: id person_id
INSERT INTO person (pub, email, email_key, name, password_hash, verified_at, lang, is_operator, pass_secret, created_at)
VALUES (:pub, :email, :email_key, :name, :password_hash, :verified_at, :lang, FALSE, :pass_secret, :created_at)
RETURNING id;

-- person_take_over exec
-- in: id person_id, name text, password_hash text?, verified_at instant?
UPDATE person SET name = :name, password_hash = :password_hash, verified_at = :verified_at
WHERE id = :id AND verified_at IS NULL;

-- person_verify exec
-- in: id person_id, now instant
UPDATE person SET verified_at = :now WHERE id = :id AND verified_at IS NULL;

-- person_set_password exec
-- in: id person_id, password_hash text
UPDATE person SET password_hash = :password_hash WHERE id = :id;

-- person_set_email exec
-- in: id person_id, email text, email_key text
UPDATE person SET email = :email, email_key = :email_key WHERE id = :id;

-- person_set_profile exec
-- in: id person_id, name text, lang account_lang, home_insee text?
UPDATE person SET name = :name, lang = :lang, home_insee = :home_insee WHERE id = :id;

-- person_set_operator exec
-- in: id person_id, is_operator bool
UPDATE person SET is_operator = :is_operator WHERE id = :id AND is_operator <> :is_operator;

-- person_home maybe
-- in: id person_id
-- out: insee text?, name text?, created_at instant
SELECT p.home_insee, k.name, p.created_at FROM person p LEFT JOIN commune k ON k.insee = p.home_insee WHERE p.id = :id;

-- mail_token_insert exec
-- in: token_hash hash, purpose mail_purpose, person person_id, email text, created_at instant, expires_at instant
INSERT INTO mail_token (token_hash, purpose, person, email, created_at, expires_at)
VALUES (:token_hash, :purpose, :person, :email, :created_at, :expires_at);

-- mail_token_find maybe
-- in: token_hash hash, now instant
-- out: mail_token_row
SELECT t.id, t.purpose, t.email, p.id, p.pub, p.email, p.name, p.password_hash, p.verified_at IS NOT NULL, p.lang
FROM mail_token t JOIN person p ON p.id = t.person AND p.erased_at IS NULL
WHERE t.token_hash = :token_hash AND t.used_at IS NULL AND t.expires_at > :now;

-- mail_token_use exec
-- in: id row_id, now instant
UPDATE mail_token SET used_at = :now WHERE id = :id AND used_at IS NULL;

-- mail_token_cancel exec
-- in: person person_id, purpose mail_purpose, now instant
UPDATE mail_token SET used_at = :now WHERE person = :person AND purpose = :purpose AND used_at IS NULL;

-- mail_token_cancel_all exec
-- in: person person_id, now instant
UPDATE mail_token SET used_at = :now WHERE person = :person AND used_at IS NULL;

-- mail_token_sweep exec
-- in: before instant
DELETE FROM mail_token WHERE expires_at < :before;
