-- slice: people
-- What the public page of a community says beyond its row.

-- What it is, in three vocabularies; their codes are enumerations of
-- src/domain/people/typology.shape. A code stands with the group it belongs to
-- (fablab: craft too), so that a search for a group is one comparison.
CREATE TABLE community_typology (
	community @ref(community),
	vocabulary @enum(study besson national),
	code @text,
	PRIMARY KEY (community, vocabulary, code)
);
CREATE INDEX community_typology_code ON community_typology (vocabulary, code);

-- What is there for who comes: words of enum community_feature.
CREATE TABLE community_feature (
	community @ref(community),
	feature @text,
	PRIMARY KEY (community, feature)
);
CREATE INDEX community_feature_code ON community_feature (feature);

-- For the map: what it is above all; follows from the typologies (typology.h)
-- unless a steward has said it.
ALTER TABLE community ADD COLUMN dominant @enum?(coworking workshop food farm culture other);
ALTER TABLE community ADD COLUMN dominant_said @enum?(coworking workshop food farm culture other);

-- Its other addresses on the web.
CREATE TABLE community_url (
	community @ref(community),
	rank @int,
	url @text,
	PRIMARY KEY (community, rank)
);

-- Who said what a field holds, and when: the study, a register, a steward.
CREATE TABLE field_source (
	community @ref(community),
	field @text,			-- a column of community, or typologies, features, figures, opening
	source @text,			-- study-2018, steward, a register's short name
	said @text?,			-- as the source gave it
	at @instant,
	PRIMARY KEY (community, field, source)
);

CREATE TABLE photo (
	id @id,
	pub @pubid,
	community @ref(community),
	rank @int,
	alt @text,			-- what is to be seen, for who does not see it
	credit @text?,
	licence @enum(reserved cc_by cc_by_sa cc0 etalab),
	added_at @instant,
	added_by @ref?(person)
);
CREATE INDEX photo_of ON photo (community, rank);

-- The same picture in several widths, drawn anew by us: nothing of the file
-- that was sent is kept.
CREATE TABLE photo_image (
	id @id,
	pub @pubid,			-- its address
	photo @ref(photo),
	width @int CHECK (width > 0),
	height @int CHECK (height > 0),
	format @enum(jpeg webp),
	bytes @bytes
);
CREATE INDEX photo_image_of ON photo_image (photo, width);

-- Somebody says that something on a page is wrong.
CREATE TABLE correction (
	id @id,
	pub @pubid,
	community @ref(community),
	field @text,			-- a word of enum correction_field
	message @text,
	email @text?,			-- until it is answered
	lang @enum(fr en),
	state @enum(open done dismissed),
	answer @text?,
	created_at @instant,
	answered_at @instant?,
	answered_by @ref?(person)
);
CREATE INDEX correction_of ON correction (community, state, created_at);

-- A steward was asked whether the page is still right.
CREATE TABLE confirmation_request (
	id @id,
	community @ref(community),
	person @ref(person),
	token_hash @hash UNIQUE,
	round @int,			-- the first mail, the second, the third
	sent_at @instant,
	expires_at @instant,
	used_at @instant?
);
CREATE INDEX confirmation_request_of ON confirmation_request (community, sent_at);
