-- person_of_email maybe
-- in: email_key text
-- out: id person_id
SELECT id FROM person WHERE email_key = :email_key AND erased_at IS NULL AND verified_at IS NOT NULL;

-- Communities that may buy days for their people.
-- pack_buyers many
-- out: pub pubid, name text
SELECT pub, name FROM community c
WHERE (is_cae OR is_collective OR is_company OR is_network OR is_public_body)
	AND EXISTS (SELECT 1 FROM membership m WHERE m.community = c.id AND m.ended IS NULL)
ORDER BY folded LIMIT 500;
