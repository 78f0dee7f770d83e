-- chain_insert exec
-- in: kind chain_kind, subject text, head hash
INSERT INTO chain (kind, subject, seq, head) VALUES (:kind, :subject, 0, :head)
ON CONFLICT (kind, subject) DO NOTHING;

-- chain_find maybe
-- in: kind chain_kind, subject text
-- out: id chain_id
SELECT id FROM chain WHERE kind = :kind AND subject = :subject;

-- chain_take maybe
-- in: kind chain_kind, subject text
-- out: id chain_id, seq int, head hash
SELECT id, seq, head FROM chain WHERE kind = :kind AND subject = :subject
-- postgres
FOR NO KEY UPDATE
-- both
;

-- chain_lock one
-- in: id chain_id
-- out: seq int, head hash
SELECT seq, head FROM chain WHERE id = :id
-- postgres
FOR NO KEY UPDATE
-- both
;

-- chain_set exec
-- in: id chain_id, seq int, head hash
UPDATE chain SET seq = :seq, head = :head WHERE id = :id;

-- chain_list many
-- in: kind chain_kind
-- out: chain_row
SELECT id, kind, subject, seq, head FROM chain WHERE kind = :kind ORDER BY id;
