-- A check counts the rows it looked at and names the first that is wrong.

-- Counters against what their bookings hold and have used.
-- verify_counters one
-- out: n int, bad text?
WITH s AS (SELECT counter, SUM(CASE WHEN state = 'held' THEN quantity ELSE 0 END) AS held,
		SUM(CASE WHEN state = 'used' THEN quantity ELSE 0 END) AS used FROM booking_counter GROUP BY counter)
SELECT COUNT(*), CAST(MIN(CASE WHEN k.held <> COALESCE(s.held, 0) OR k.used <> COALESCE(s.used, 0) OR k.held + k.used > k.cap
	THEN k.id END) AS TEXT)
FROM counter k LEFT JOIN s ON s.counter = k.id;

-- What a booking holds follows from its state; its right may give back what a no-show held, a contest what was recorded.
-- verify_booking_states one
-- out: n int, bad text?
SELECT COUNT(*), MIN(CASE WHEN k.quantity <> b.measure OR NOT CASE
		WHEN b.status IN ('requested', 'confirmed', 'waiting') THEN k.state = 'held'
		WHEN b.status = 'unrecorded' THEN k.state IN ('held', 'released')
		WHEN b.status = 'no_show' THEN k.state IN ('used', 'released')
		WHEN b.status IN ('present', 'done') OR b.late_at IS NOT NULL THEN k.state = 'used'
		ELSE k.state = 'released' END THEN b.pub END)
FROM booking_counter k JOIN booking b ON b.id = k.booking;

-- A booking lies in a space of its place, and in what that space holds.
-- verify_spans one
-- out: n int, bad text?
SELECT COUNT(*), MIN(CASE WHEN b.ends_at <= b.starts_at OR b.from_minute >= b.to_minute OR b.units > s.capacity
	OR b.community <> s.community THEN b.pub END)
FROM booking b JOIN space s ON s.id = b.space;

-- At no instant more is held than there is: who leaves goes before who comes.
-- verify_capacity one
-- in: now instant
-- out: n int, bad text?
WITH live AS (SELECT b.space, b.starts_at, b.ends_at, CASE WHEN s.counted THEN b.units ELSE s.capacity END AS units
		FROM booking b JOIN space s ON s.id = b.space
		WHERE b.status IN ('confirmed', 'present') OR (b.status = 'requested' AND (b.expires_at IS NULL OR b.expires_at > :now))),
	edge AS (SELECT space, starts_at AS at, 1 AS comes, units FROM live UNION ALL SELECT space, ends_at, 0, -units FROM live),
	level AS (SELECT space, SUM(units) OVER (PARTITION BY space ORDER BY at, comes ROWS UNBOUNDED PRECEDING) AS taken FROM edge)
SELECT (SELECT COUNT(*) FROM live), MIN(CASE WHEN l.taken > s.capacity THEN s.pub END)
FROM level l JOIN space s ON s.id = l.space;

-- A presence on a grant has one fact that stands; what neither happened nor was cancelled too late has none.
-- verify_facts_of_bookings one
-- out: n int, bad text?
WITH standing AS (SELECT f.booking, COUNT(*) AS n FROM exchange_fact f
		WHERE f.booking IS NOT NULL AND f.kind <> 'reversal'
		AND NOT EXISTS (SELECT 1 FROM exchange_fact r WHERE r.reverses = f.id) GROUP BY f.booking)
SELECT COUNT(*), MIN(CASE WHEN COALESCE(s.n, 0) > 1 OR (b.status IN ('present', 'done') AND s.n IS NULL)
	OR (b.status NOT IN ('present', 'done', 'no_show') AND b.late_at IS NULL AND s.n IS NOT NULL) THEN b.pub END)
FROM booking b LEFT JOIN standing s ON s.booking = b.id WHERE b.right_kind = 'grant';

-- Accounts of an entry belong to its chain and speak one unit: what one owes, the other is owed.
-- verify_accounts one
-- out: n int, bad text?
SELECT COUNT(*), MIN(CASE WHEN f.chain <> e.chain OR t.chain <> e.chain OR f.unit <> t.unit OR f.purpose <> t.purpose
	THEN e.pub END)
FROM ledger_entry e JOIN ledger_account f ON f.id = e.from_account JOIN ledger_account t ON t.id = e.to_account;

-- What was signed is what the version says it is.
-- verify_signatures one
-- out: n int, bad text?
SELECT COUNT(*), MIN(CASE WHEN v.hash IS NULL OR s.hash <> v.hash THEN s.pub END)
FROM signature s JOIN convention_version v ON v.id = s.version;

-- verify_enrolments one
-- out: n int, bad text?
SELECT COUNT(*), MIN(CASE WHEN (SELECT COUNT(*) FROM enrolment e WHERE e.workshop = w.id AND e.status IN ('enrolled', 'present', 'absent'))
	> w.capacity THEN w.pub END)
FROM workshop w;

-- verify_chain_heads many
-- out: chain_head
SELECT kind, subject, seq, head FROM chain ORDER BY kind, subject;

-- verify_hash_at maybe
-- in: kind chain_kind, subject text, seq int
-- out: hash_ hash
SELECT r.hash FROM chain k
JOIN (SELECT chain, seq, hash FROM ledger_entry UNION ALL SELECT chain, seq, hash FROM audit) r ON r.chain = k.id
WHERE k.kind = :kind AND k.subject = :subject AND r.seq = :seq;

-- verify_convention_chain maybe
-- in: pub text
-- out: chain_head
SELECT k.kind, k.subject, k.seq, k.head FROM convention c JOIN chain k ON k.id = c.chain WHERE c.pub = :pub;

-- verify_versions many
-- in: pub text
-- out: verify_version
SELECT v.number, v.hash, (SELECT COUNT(*) FROM signature s WHERE s.version = v.id)
FROM convention c JOIN convention_version v ON v.convention = c.id
WHERE c.pub = :pub AND v.hash IS NOT NULL ORDER BY v.number;

-- verify_balances many
-- in: pub text
-- out: verify_balance
SELECT d.name, k.name, a.unit, CAST(SUM(e.quantity) AS BIGINT)
FROM convention c JOIN ledger_entry e ON e.chain = c.chain
JOIN ledger_account a ON a.id = e.from_account JOIN ledger_account b ON b.id = e.to_account
JOIN community d ON d.id = a.owner JOIN community k ON k.id = b.owner
WHERE c.pub = :pub GROUP BY d.id, d.name, k.id, k.name, a.unit ORDER BY d.name, k.name;
