-- use ledger/ledger

-- counter_find maybe
-- in: owner_kind counter_owner, owner int, scope counter_scope, scope_id int, period text
-- out: counter_row
SELECT id, cap, held, used FROM counter
WHERE owner_kind = :owner_kind AND owner = :owner AND scope = :scope AND scope_id = :scope_id AND period = :period;

-- counter_make exec
-- in: owner_kind counter_owner, owner int, scope counter_scope, scope_id int, period text, cap quantity
INSERT INTO counter (owner_kind, owner, scope, scope_id, period, cap, held, used)
VALUES (:owner_kind, :owner, :scope, :scope_id, :period, :cap, 0, 0)
ON CONFLICT (owner_kind, owner, scope, scope_id, period) DO NOTHING;

-- counter_take exec
-- in: id counter_id, q quantity
UPDATE counter SET held = held + :q WHERE id = :id AND held + used + :q <= cap;

-- What is held and used already stays when the cap comes under it.
-- counter_set_cap exec
-- in: id counter_id, cap quantity
UPDATE counter SET cap = CASE WHEN held + used > :cap THEN held + used ELSE :cap END WHERE id = :id;

-- counter_to_used exec
-- in: id counter_id, q quantity
UPDATE counter SET held = held - :q, used = used + :q WHERE id = :id AND held >= :q;

-- counter_give_held exec
-- in: id counter_id, q quantity
UPDATE counter SET held = held - :q WHERE id = :id AND held >= :q;

-- counter_give_used exec
-- in: id counter_id, q quantity
UPDATE counter SET used = used - :q WHERE id = :id AND used >= :q;

-- counter_to_held exec
-- in: id counter_id, q quantity
UPDATE counter SET held = held + :q, used = used - :q WHERE id = :id AND used >= :q;
