-- job_last many
-- out: name text, last_at instant, next_at instant, last_error text?
SELECT name, last_at, next_at, last_error FROM job ORDER BY name;

-- job_next maybe
-- in: name text
-- out: next_at instant
SELECT next_at FROM job WHERE name = :name;

-- job_record exec
-- in: name text, last_at instant, next_at instant, last_error text?
INSERT INTO job (name, last_at, next_at, last_error) VALUES (:name, :last_at, :next_at, :last_error)
ON CONFLICT (name) DO UPDATE SET last_at = excluded.last_at, next_at = excluded.next_at,
	last_error = excluded.last_error;
