-- slice: observatory
-- How far a choice of sites is from the best possible: worked out on demand, kept a month.
CREATE TABLE siting_bound (
	id @id,
	pub @pubid,
	key @hash UNIQUE,		-- of the question, the places and the data
	sites @int,
	km @int,
	smallest @int,
	territory @text,
	base @enum(directory study all),
	state @enum(waiting running done cancelled),
	done @int,			-- steps
	value @int,			-- people whom the choice brings near
	bound @int?,			-- whom any choice can bring near, at most
	asker @hash?,			-- of an address; nothing once it is over
	created_at @instant
);
CREATE INDEX siting_bound_state ON siting_bound (state, id);
