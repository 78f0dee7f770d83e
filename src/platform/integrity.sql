-- What the database itself finds wrong with its file: one row "ok", or rows that say what.

-- db_integrity many
-- out: integrity_check text
-- sqlite
PRAGMA integrity_check;
-- postgres
SELECT 'ok'::text AS integrity_check;

-- db_foreign_keys one
-- out: broken int
-- sqlite
SELECT count(*) AS broken FROM pragma_foreign_key_check;
-- postgres
SELECT 0::bigint AS broken;
