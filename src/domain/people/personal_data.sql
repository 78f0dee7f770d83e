-- use people/personal_data

-- exported_person_of one
-- in: person person_id
-- out: exported_person
SELECT pub, email, name, lang, home_insee, is_operator, verified_at, created_at FROM person WHERE id = :person;

-- exported_memberships_of many
-- in: person person_id
-- out: exported_membership
SELECT m.pub, c.name, m.status, m.roles, m.visibility, m.shares_use, m.started, m.ended
FROM membership m JOIN community c ON c.id = m.community WHERE m.person = :person ORDER BY m.id;

-- exported_history_of many
-- in: person person_id
-- out: exported_history
SELECT c.name, h.status, h.roles, h.at
FROM membership_history h JOIN membership m ON m.id = h.membership JOIN community c ON c.id = m.community
WHERE m.person = :person ORDER BY h.id;

-- exported_sessions_of many
-- in: person person_id
-- out: exported_session
SELECT agent, address, created_at, seen_at, revoked_at FROM session WHERE person = :person ORDER BY id;

-- exported_tokens_of many
-- in: person person_id
-- out: exported_token
SELECT name, may_write, created_at, seen_at, expires_at, revoked_at FROM api_token WHERE person = :person ORDER BY id;

-- exported_letters_of many
-- in: person person_id
-- out: exported_letter
SELECT m.kind, m.subject, m.created_at, m.sent_at FROM mail m JOIN person p ON p.email = m.to_address
WHERE p.id = :person ORDER BY m.id;

-- exported_invitations_of many
-- in: person person_id
-- out: exported_invitation
SELECT c.name, i.status, i.state, i.created_at
FROM invitation i JOIN community c ON c.id = i.community JOIN person p ON p.email_key = i.email_key
WHERE p.id = :person ORDER BY i.id;

-- exported_acts_of many
-- in: person int
-- out: exported_act
SELECT action, object_kind, at FROM audit WHERE person = :person ORDER BY id;

-- erase_audit_details exec
-- in: person person_id
DELETE FROM audit_detail WHERE audit IN (
	SELECT a.id FROM audit a JOIN person p ON p.pub = a.object_pub WHERE p.id = :person
	UNION ALL
	SELECT a.id FROM audit a JOIN membership m ON m.pub = a.object_pub WHERE m.person = :person
	UNION ALL
	SELECT a.id FROM audit a JOIN api_token t ON t.pub = a.object_pub WHERE t.person = :person);

-- erase_letters exec
-- in: person person_id
DELETE FROM mail WHERE to_address = (SELECT email FROM person WHERE id = :person);

-- erase_invitations exec
-- in: person person_id
UPDATE invitation SET email = '', email_key = '', name = '' WHERE email_key = (SELECT email_key FROM person WHERE id = :person);

-- erase_links exec
-- in: person person_id
DELETE FROM mail_token WHERE person = :person;

-- erase_sessions exec
-- in: person person_id
DELETE FROM session WHERE person = :person;

-- erase_tokens exec
-- in: person person_id
DELETE FROM api_token WHERE person = :person;

-- erase_memberships exec
-- in: person person_id, last_day day
UPDATE membership SET visibility = 'hidden', shares_use = FALSE, roles = 0,
	ended = CASE WHEN ended IS NULL OR ended > :last_day THEN :last_day ELSE ended END
WHERE person = :person;

-- erase_person exec
-- in: person person_id, email_key text, pass_secret hash, now instant
UPDATE person SET email = '', email_key = :email_key, name = '', password_hash = NULL, home_insee = NULL, is_operator = FALSE,
	pass_secret = :pass_secret, erased_at = :now
WHERE id = :person AND erased_at IS NULL;

-- Everybody, to be laid beside the list of those who were erased.
-- persons_of_list many
-- out: person_known
SELECT id, pub, erased_at IS NOT NULL FROM person ORDER BY id;
