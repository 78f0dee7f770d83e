-- person_of_email maybe
-- in: email_key text
-- out: id person_id
SELECT id FROM person WHERE email_key = :email_key AND erased_at IS NULL AND verified_at IS NOT NULL;
