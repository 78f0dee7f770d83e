-- job_next maybe
-- in: name text
-- out: next_at instant
SELECT next_at FROM job WHERE name = :name;

-- job_record exec
-- in: name text, last_at instant, next_at instant
INSERT INTO job (name, last_at, next_at) VALUES (:name, :last_at, :next_at)
ON CONFLICT (name) DO UPDATE SET last_at = excluded.last_at, next_at = excluded.next_at;
