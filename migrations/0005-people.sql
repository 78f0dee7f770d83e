-- slice: people
CREATE TABLE person (
	id @id,
	pub @pubid,
	email @text,
	email_key @text UNIQUE,		-- lower case, for finding
	name @text,			-- as she wants to be called
	password_hash @text?,
	verified_at @instant?,
	lang @enum(fr en),
	is_operator @bool,
	pass_secret @hash,		-- seeds the rotating pass shown at the door
	home_insee @text?,
	created_at @instant,
	erased_at @instant?
);

CREATE TABLE community (
	id @id,
	pub @pubid,
	name @text,
	name_printed @text?,		-- as the source spelled it, when that is not its name
	folded @text,			-- for sorting and finding
	initials @text,
	is_cae @bool,
	is_place @bool,
	is_collective @bool,
	is_network @bool,
	is_public_body @bool,
	is_company @bool,
	is_other @bool,
	legal_form @text?,
	legal_note @text?,		-- status as printed by the source
	siren @text?,
	siret @text?,
	activities @text?,
	story @text?,			-- Markdown, in the community's voice
	address @text?,
	insee @text?,
	city_printed @text?,		-- as the source spelled it
	region_printed @text?,
	departement @text?,		-- several: "91, 92"
	lat_e5 @int?,
	lon_e5 @int?,
	year_started @int?,
	cg_member @bool?,
	website @text?,
	email @text?,
	phone @text?,
	accessibility @text?,
	access @text?,			-- how to come
	functions @text,		-- words of enum place_function, space separated
	source @text?,			-- where the record came from: study-2018 ...
	source_key @text? UNIQUE,	-- finds the record again at the next import
	is_demo @bool,
	confirmed_at @instant?,		-- when a steward last said: this page is right
	created_at @instant
);
CREATE INDEX community_folded ON community (folded);
CREATE INDEX community_insee ON community (insee);

CREATE TABLE community_figure (
	id @id,
	community @ref(community),
	year @int?,			-- none: the source gives no year
	kind @enum(revenue_keur staff members people),
	value @int?,
	note @text?
);
CREATE INDEX community_figure_of ON community_figure (community, kind);

CREATE TABLE link (
	id @id,
	pub @pubid,
	from_community @ref(community),
	to_community @ref(community),
	kind @enum(member_of associate_of linked_cae hosts incubated_by spun_off_from funds),
	from_confirmed_at @instant?,
	to_confirmed_at @instant?,
	started @day?,
	ended @day?,
	source @text?,
	UNIQUE (from_community, to_community, kind),
	CHECK (from_community <> to_community)
);
CREATE INDEX link_to ON link (to_community);

CREATE TABLE membership (
	id @id,
	pub @pubid,
	person @ref(person),
	community @ref(community),
	status @enum(prospect cape cesa associate staff resident nomad facilitator volunteer friend),
	roles @int,			-- bits of enum role
	visibility @enum(public community bridged hidden),
	shares_use @bool,		-- she lets this community see where and when she works
	started @day,
	ended @day?,
	UNIQUE (person, community, started)
);
CREATE INDEX membership_person ON membership (person);
CREATE INDEX membership_community ON membership (community, status);

-- Every status and set of roles a membership has had.
CREATE TABLE membership_history (
	id @id,
	membership @ref(membership),
	status @text,
	roles @int,
	at @instant,
	by_person @int
);
CREATE INDEX membership_history_of ON membership_history (membership);

CREATE TABLE session (
	id @id,
	pub @pubid,
	token_hash @hash UNIQUE,
	person @ref(person),
	membership @ref?(membership),	-- acting as
	agent @text,
	address @text,
	created_at @instant,
	seen_at @instant,
	expires_at @instant,
	revoked_at @instant?
);
CREATE INDEX session_person ON session (person);

-- Links sent by mail: one use, short life.
CREATE TABLE mail_token (
	id @id,
	token_hash @hash UNIQUE,
	purpose @enum(confirm reset change),
	person @ref(person),
	email @text,
	created_at @instant,
	expires_at @instant,
	used_at @instant?
);

CREATE TABLE api_token (
	id @id,
	pub @pubid,
	token_hash @hash UNIQUE,
	person @ref(person),
	membership @ref?(membership),
	name @text,
	may_write @bool,
	created_at @instant,
	seen_at @instant?,
	expires_at @instant?,
	revoked_at @instant?
);
CREATE INDEX api_token_person ON api_token (person);

CREATE TABLE invitation (
	id @id,
	pub @pubid,
	community @ref(community),
	batch @text,
	email @text,
	email_key @text,
	name @text,
	status @enum(prospect cape cesa associate staff resident nomad facilitator volunteer friend),
	roles @int,
	token_hash @hash? UNIQUE,
	state @enum(preview sent accepted refused expired withdrawn),
	problem @text?,			-- message key: why this row will not be sent
	line @int?,			-- of the file it came from
	typed @text?,			-- what stood there, when that is the problem
	invited_by @ref(person),
	created_at @instant,
	sent_at @instant?,
	answered_at @instant?,
	expires_at @instant?
);
CREATE INDEX invitation_of ON invitation (community, batch);
CREATE INDEX invitation_email ON invitation (email_key);
