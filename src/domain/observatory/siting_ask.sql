-- use observatory/siting_ask
-- use observatory/reach

-- bound_by_key maybe
-- in: key hash
-- out: bound_row
SELECT id, pub, key, sites, km, smallest, territory, base, on_day, state, done, value, bound, asker, created_at
FROM siting_bound WHERE key = :key;

-- bound_by_pub maybe
-- in: pub pubid
-- out: bound_row
SELECT id, pub, key, sites, km, smallest, territory, base, on_day, state, done, value, bound, asker, created_at
FROM siting_bound WHERE pub = :pub;

-- bound_next maybe
-- out: bound_row
SELECT id, pub, key, sites, km, smallest, territory, base, on_day, state, done, value, bound, asker, created_at
FROM siting_bound
WHERE state IN ('waiting', 'running') ORDER BY id LIMIT 1;

-- bound_waiting one
-- in: asker hash
-- out: mine int, n int
SELECT CAST(COALESCE(SUM(CASE WHEN asker = :asker THEN 1 ELSE 0 END), 0) AS BIGINT), COUNT(*) FROM siting_bound
WHERE state IN ('waiting', 'running');

-- bound_sweep exec
-- in: key hash, before instant
DELETE FROM siting_bound WHERE created_at < :before OR (key = :key AND state = 'cancelled');

-- bound_insert exec
-- in: pub pubid, key hash, sites int, km int, smallest int, territory text, base place_base, on_day day?, value int, asker hash, now instant
INSERT INTO siting_bound (pub, key, sites, km, smallest, territory, base, on_day, state, done, value, asker, created_at)
VALUES (:pub, :key, :sites, :km, :smallest, :territory, :base, :on_day, 'waiting', 0, :value, :asker, :now)
ON CONFLICT (key) DO NOTHING;

-- bound_progress exec
-- in: id row_id, state bound_state, done int, bound int?
UPDATE siting_bound SET state = :state, done = :done, bound = :bound,
	asker = CASE WHEN :state = 'running' THEN asker END
WHERE id = :id AND state IN ('waiting', 'running');

-- bound_cancel_one exec
-- in: pub pubid, asker hash, anyone bool
UPDATE siting_bound SET state = 'cancelled', asker = NULL
WHERE pub = :pub AND state IN ('waiting', 'running') AND (:anyone OR asker = :asker);
