-- slice: bridges
-- What a fact adds to the sums of its pair: uses (presences, no-shows) in days and credits, workshops in credits;
-- what is taken back counts against it. entry: the number of a use's entry.
CREATE VIEW exchange_worth AS
SELECT f.id, f.convention, f.place, f.sender, f.on_day,
	CASE WHEN COALESCE(o.kind, f.kind) = 'workshop' THEN 0 ELSE 1 END AS uses,
	CASE WHEN COALESCE(o.kind, f.kind) = 'workshop' THEN 0 WHEN f.kind = 'reversal' THEN -f.amount ELSE f.amount END AS used,
	CASE WHEN e.id IS NULL OR COALESCE(o.kind, f.kind) = 'workshop' THEN 0 WHEN a.owner = f.sender THEN e.quantity ELSE -e.quantity END AS due,
	CASE WHEN e.id IS NULL OR COALESCE(o.kind, f.kind) <> 'workshop' THEN 0 WHEN a.owner = f.sender THEN -e.quantity ELSE e.quantity END AS given,
	CASE WHEN f.kind IN ('use', 'no_show') THEN f.on_day END AS last_use,
	CASE WHEN COALESCE(o.kind, f.kind) <> 'workshop' THEN e.seq END AS entry
FROM exchange_fact f
LEFT JOIN exchange_fact o ON o.id = f.reverses
LEFT JOIN ledger_entry e ON e.id = f.entry
LEFT JOIN ledger_account a ON a.id = e.from_account;

-- The exchanges of a pair summed by day and by month, by the transaction that posts them: boards and statements of a
-- million exchanges read some hundred rows. `maillage verify` sums the facts again.
CREATE TABLE exchange_sum (
	id @id,
	convention @ref(convention),
	grain @enum(day month),
	from_day @day,
	to_day @day,			-- included
	place @ref(community),
	sender @ref(community),
	uses @int,			-- facts, those taken back and what takes them back
	used @quantity,
	due @quantity,			-- credits that the sender owes for it
	given @quantity,		-- credits that the place owes for workshops
	first_day @day,
	last_use @day?,			-- of a use, even when it was taken back
	first_entry @int?,		-- numbers of entries of uses
	last_entry @int?,
	UNIQUE (convention, grain, from_day, place, sender)
);

INSERT INTO exchange_sum (convention, grain, from_day, to_day, place, sender, uses, used, due, given, first_day, last_use, first_entry, last_entry)
SELECT convention, 'day', on_day, on_day, place, sender, SUM(uses), SUM(used), SUM(due), SUM(given), MIN(on_day), MAX(last_use), MIN(entry), MAX(entry)
FROM exchange_worth GROUP BY convention, on_day, place, sender;

-- sqlite
INSERT INTO exchange_sum (convention, grain, from_day, to_day, place, sender, uses, used, due, given, first_day, last_use, first_entry, last_entry)
SELECT convention, 'month', start, CAST(julianday(start * 86400, 'unixepoch', '+1 month') - 2440587.5 AS INTEGER) - 1, place, sender,
	SUM(uses), SUM(used), SUM(due), SUM(given), MIN(on_day), MAX(last_use), MIN(entry), MAX(entry)
FROM (SELECT w.*, CAST(julianday(w.on_day * 86400, 'unixepoch', 'start of month') - 2440587.5 AS INTEGER) AS start FROM exchange_worth w) m
GROUP BY convention, start, place, sender;
-- postgres
INSERT INTO exchange_sum (convention, grain, from_day, to_day, place, sender, uses, used, due, given, first_day, last_use, first_entry, last_entry)
SELECT convention, 'month', start, (DATE '1970-01-01' + CAST(start AS INTEGER) + INTERVAL '1 month')::date - DATE '1970-01-01' - 1, place, sender,
	SUM(uses), SUM(used), SUM(due), SUM(given), MIN(on_day), MAX(last_use), MIN(entry), MAX(entry)
FROM (SELECT w.*, date_trunc('month', DATE '1970-01-01' + CAST(w.on_day AS INTEGER))::date - DATE '1970-01-01' AS start FROM exchange_worth w) m
GROUP BY convention, start, place, sender;
-- both

-- Workshops given back stand on a statement one by one.
CREATE INDEX exchange_fact_workshop ON exchange_fact (workshop) WHERE workshop IS NOT NULL;
CREATE INDEX exchange_fact_gift ON exchange_fact (convention, on_day) WHERE workshop IS NOT NULL;
