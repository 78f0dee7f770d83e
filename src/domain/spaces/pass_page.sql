-- pass_person maybe
-- in: id person_id
-- out: pub pubid, name text
SELECT pub, name FROM person WHERE id = :id AND erased_at IS NULL;
