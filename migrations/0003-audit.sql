-- slice: audit
-- A chain numbers its rows without gaps and hashes each with the one before.
-- One head per community's audit, per convention's ledger; the head row is
-- locked last in a transaction.
CREATE TABLE chain (
	id @id,
	kind @enum(audit ledger),
	subject @text,		-- public id of the community or convention; 'server'
	seq @int,
	head @hash,
	UNIQUE (kind, subject)
);

-- Who did what, as what. The hash covers `commitment`, not the detail: details
-- can be erased and the chain still verifies.
CREATE TABLE audit (
	id @id,
	chain @ref(chain),
	seq @int,
	at @instant,
	person @int,		-- 0: the program itself
	membership @int,
	community @int,		-- acting for
	action @text,		-- community.edit, booking.cancel ...
	object_kind @text,
	object_pub @text,
	request_id @text,
	commitment @hash,
	prev @hash,
	hash @hash,
	UNIQUE (chain, seq)
);
CREATE INDEX audit_object ON audit (object_kind, object_pub);
@append_only(audit)

CREATE TABLE audit_detail (
	audit @ref(audit) UNIQUE,
	salt @text,
	before @json?,
	after @json?
);
