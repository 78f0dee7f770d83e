-- idempotency_by_scope maybe
-- in: scope text
-- out: body_hash hash, status int, location text?, body json?
SELECT body_hash, status, location, body FROM idempotency WHERE scope = :scope;

-- idempotency_insert exec
-- in: scope text, body_hash hash, status int, location text?, body json?, at instant
INSERT INTO idempotency (scope, body_hash, status, location, body, at)
VALUES (:scope, :body_hash, :status, :location, :body, :at);

-- idempotency_delete_before exec
-- in: before instant
DELETE FROM idempotency WHERE at < :before;
