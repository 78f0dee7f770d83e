-- slice: bridges
-- A party that left comes back by signing once more: the time it was in before, and where the new one begins.
CREATE TABLE party_return (
	id @id,
	party @ref(party),
	from_day @day,			-- the time before, both days included
	left_on @day,
	back_on @day,
	back_at @instant		-- of the signature by which it came back
);
CREATE INDEX party_return_of ON party_return (party);
@append_only(party_return)

-- Where a convention is not open, who runs it asks a party that left to come back.
ALTER TABLE party ADD COLUMN asked_back_at @instant?;

-- The same text may be signed once more, after a return.
-- sqlite
CREATE TABLE signature_again (
	id @id,
	pub @pubid,
	party @ref(party),
	version @ref(convention_version),
	hash @hash,			-- of what was signed
	person @ref(person),
	membership @ref(membership),
	at @instant,
	UNIQUE (party, version, at)
);
INSERT INTO signature_again (id, pub, party, version, hash, person, membership, at)
SELECT id, pub, party, version, hash, person, membership, at FROM signature ORDER BY id;
DROP TABLE signature;
ALTER TABLE signature_again RENAME TO signature;
@append_only(signature)
-- postgres
ALTER TABLE signature DROP CONSTRAINT signature_party_version_key;
ALTER TABLE signature ADD CONSTRAINT signature_party_version_at_key UNIQUE (party, version, at);
-- both

-- What was signed before a return holds for the days before it alone.
CREATE VIEW standing_signature AS
SELECT s.pub, s.party, s.version, s.at,
	(SELECT MIN(r.back_on) FROM party_return r WHERE r.party = s.party AND r.back_at > s.at) AS until
FROM signature s;
