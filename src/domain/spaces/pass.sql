-- use spaces/pass

-- pass_secret_of one
-- in: person person_id
-- out: pass_secret_row
SELECT id, pub, pass_secret FROM person WHERE id = :person AND erased_at IS NULL;

-- pass_secret_by_pub maybe
-- in: pub pubid
-- out: pass_secret_row
SELECT id, pub, pass_secret FROM person WHERE pub = :pub AND erased_at IS NULL;

-- Who has something to do at the place that day.
-- pass_secrets_expected many
-- in: place community_id, on_day day
-- out: pass_secret_row
SELECT id, pub, pass_secret FROM person
WHERE erased_at IS NULL AND id IN (SELECT person FROM booking WHERE community = :place AND on_day = :on_day
	AND status IN ('requested', 'confirmed', 'present', 'done', 'unrecorded', 'no_show'))
ORDER BY id;
