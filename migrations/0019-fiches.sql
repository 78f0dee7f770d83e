-- slice: observatory
-- What somebody tried, told so that others can do it again.
CREATE TABLE fiche (
	id @id,
	pub @pubid,
	state @enum(asked draft published withdrawn),
	community @ref?(community),	-- whose it is: its managers write it; none: it came with the study
	asked_for @ref?(community),	-- who asked for it
	request @text?,			-- what was asked, in the asker's words
	title @text,
	folded @text,			-- for sorting and finding
	insee @text?,			-- where it happens
	year @int?,			-- since when
	description @text?,		-- Markdown, as what follows
	stakes @text?,
	benefits @text?,
	difficulties @text?,
	lessons @text?,
	targets @text?,
	partners @text?,
	source @text?,			-- study-2018 ...
	source_key @text? UNIQUE,
	created_at @instant,
	updated_at @instant,
	published_at @instant?
);
CREATE INDEX fiche_state ON fiche (state, folded);
CREATE INDEX fiche_community ON fiche (community);

-- Who takes part in what it tells; in the directory when `community` is known.
CREATE TABLE fiche_link (
	fiche @ref(fiche),
	rank @int,
	name @text,
	community @ref?(community),
	PRIMARY KEY (fiche, rank)
);

-- Who acts on a territory, with what intention, and what they can bring.
CREATE TABLE actor (
	id @id,
	pub @pubid,
	steward @ref?(community),	-- who keeps this line; none: it came with the study
	name @text,
	folded @text,
	kind @enum(state local_authority public_bank sse_body cooperative_movement place_network umbrella_company public_facing large_group platform freelancers funder other),
	community @ref?(community),	-- the actor itself, when it is in the directory
	level @enum(country region departement epci commune),
	territory @text,		-- code: FR, 75, 86, a SIREN, 86133
	intention @text,
	offer @text?,
	helps @text,			-- words of enum actor_help, with spaces between
	priority @enum(high medium low),
	website @text?,
	source @text?,
	source_key @text? UNIQUE,
	created_at @instant,
	updated_at @instant
);
CREATE INDEX actor_territory ON actor (level, territory);
