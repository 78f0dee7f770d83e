-- slice: ledger
-- One engine for what is owed. An entry moves a positive quantity from one
-- account to another of the same chain and unit: it cannot be unbalanced.
-- `from` owes, `to` is owed.
CREATE TABLE ledger_account (
	id @id,
	pub @pubid,
	chain @ref(chain),
	owner @int,		-- community
	purpose @enum(exchange contribution),
	unit @enum(credit day hour eur),
	UNIQUE (chain, owner, purpose, unit)
);

CREATE TABLE ledger_entry (
	id @id,
	pub @pubid,
	chain @ref(chain),
	seq @int,
	from_account @ref(ledger_account),
	to_account @ref(ledger_account),
	quantity @quantity CHECK (quantity > 0),
	on_day @day,		-- civil date of the fact, in the place's zone
	posted_at @instant,
	fact_kind @text,
	fact_pub @text,
	reverses @ref?(ledger_entry) UNIQUE,
	prev @hash,
	hash @hash,
	UNIQUE (chain, seq),
	CHECK (from_account <> to_account)
);
CREATE INDEX ledger_entry_from ON ledger_entry (from_account, on_day);
CREATE INDEX ledger_entry_to ON ledger_entry (to_account, on_day);
CREATE INDEX ledger_entry_fact ON ledger_entry (fact_kind, fact_pub);
@append_only(ledger_entry)
-- sqlite
CREATE TRIGGER ledger_entry_balanced BEFORE INSERT ON ledger_entry
WHEN NOT EXISTS (SELECT 1 FROM ledger_account f JOIN ledger_account t ON f.chain = t.chain AND f.unit = t.unit AND f.purpose = t.purpose
	WHERE f.id = NEW.from_account AND t.id = NEW.to_account AND f.chain = NEW.chain)
BEGIN SELECT RAISE(ABORT, 'ledger.unbalanced'); END;
-- postgres
CREATE FUNCTION ledger_entry_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NOT EXISTS (SELECT 1 FROM ledger_account f JOIN ledger_account t ON f.chain = t.chain AND f.unit = t.unit AND f.purpose = t.purpose
		WHERE f.id = NEW.from_account AND t.id = NEW.to_account AND f.chain = NEW.chain) THEN
		RAISE EXCEPTION 'ledger.unbalanced';
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER ledger_entry_balanced BEFORE INSERT ON ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger_entry_balanced();
-- both

-- A quota: what may be used of a grant or a pack, by whom, in which period.
-- The database itself refuses held + used beyond the cap.
CREATE TABLE counter (
	id @id,
	owner_kind @enum(grant pack),
	owner @int,		-- id of the grant or pack
	scope @enum(person sender place total),
	scope_id @int,		-- person, community or 0
	period @text,		-- '2026', '2026-11', '2026-T4' or '' for the whole validity
	cap @quantity,
	held @quantity CHECK (held >= 0),
	used @quantity CHECK (used >= 0),
	UNIQUE (owner_kind, owner, scope, scope_id, period),
	CHECK (held + used <= cap)
);
