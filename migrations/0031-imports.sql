-- slice: people
-- The addresses of communities that were found to be another one.
CREATE TABLE community_moved (
	pub @pubid,
	community @ref(community),
	at @instant
);
CREATE INDEX community_moved_to ON community_moved (community);

-- What sources say of a community beyond its columns: services, publics ...;
-- lists with | between.
CREATE TABLE community_fact (
	community @ref(community),
	field @text,			-- a word of enum arrival_field
	value @text,
	PRIMARY KEY (community, field)
);

-- slice: observatory
-- A file of places, from the moment it is handed over.
CREATE TABLE import_run (
	id @id,
	pub @pubid,
	label @text,			-- the source, as field_source names it
	licence @text?,
	format @enum(national geojson murmurations osm sheet),
	filename @text?,
	plan @text?,			-- sheet: which column is which field
	state @enum(waiting reading ready applying done stopped failed),
	failure @text?,			-- key of the message
	total @int?,			-- rows; none: not counted yet
	done @int,			-- of them looked at
	person @ref?(person),
	community @ref?(community),	-- for whom it was done
	created_at @instant,
	ended_at @instant?
);
CREATE INDEX import_run_state ON import_run (state, id);

-- Kept until it has been read.
CREATE TABLE import_file (
	run @ref(import_run) PRIMARY KEY,
	bytes @bytes
);

CREATE TABLE import_row (
	id @id,
	pub @pubid,
	run @ref(import_run),
	line @int,			-- of the file, or the number of the item
	key @text?,			-- what the source calls it
	name @text,
	said @json,			-- as the source wrote it, by field
	record @json,			-- the same, checked, in one way of writing
	problems @json?,		-- [{column, value, key}]
	outcome @enum(new same change double bad),
	community @ref?(community),	-- the one it is, or may be
	score @int?,			-- of a double: how likely, in thousandths
	reasons @text?,			-- of a double: JSON, why
	decision @enum(wait create merge ignore),
	taken @text,			-- fields that a steward has said and that are replaced all the same
	written_at @instant?
);
CREATE INDEX import_row_run ON import_row (run, outcome, line);
CREATE INDEX import_row_community ON import_row (community);

-- What a source calls a community, so that its next file finds it again.
CREATE TABLE import_key (
	source @text,
	key @text,
	community @ref(community),
	said_on @day?,			-- the day the source gives for its record
	imported_at @instant,
	PRIMARY KEY (source, key)
);
CREATE INDEX import_key_community ON import_key (community);

-- Two that look alike and are not the same.
CREATE TABLE community_distinct (
	one @ref(community),
	other @ref(community),
	said_at @instant,
	PRIMARY KEY (one, other)
);
CREATE INDEX community_distinct_other ON community_distinct (other);
