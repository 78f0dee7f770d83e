-- slice: observatory
-- Two pages that became one, with all that the one that went said, so that it can come back.
CREATE TABLE community_merge (
	id @id,
	pub @pubid,
	gone @text,			-- public ids: of the page that went, and of the one that was kept
	kept @text,
	merged_at @instant,
	merged_by @ref?(person),
	gave_key @bool,			-- the kept one has had the other's source_key since
	changes @json,			-- what was added to the kept one: [[field, from, to]]
	undone_at @instant?,
	undone_by @ref?(person),
	-- the page that went, as it was: all columns of community
	name @text,
	name_printed @text?,
	folded @text,
	initials @text,
	is_cae @bool,
	is_place @bool,
	is_collective @bool,
	is_network @bool,
	is_public_body @bool,
	is_company @bool,
	is_other @bool,
	legal_form @text?,
	legal_note @text?,
	siren @text?,
	siret @text?,
	activities @text?,
	story @text?,
	address @text?,
	insee @text?,
	city_printed @text?,
	region_printed @text?,
	departement @text?,
	lat_e5 @int?,
	lon_e5 @int?,
	year_started @int?,
	cg_member @bool?,
	website @text?,
	email @text?,
	phone @text?,
	accessibility @text?,
	access @text?,
	functions @text,
	source @text?,
	source_key @text?,
	is_demo @bool,
	confirmed_at @instant?,
	created_at @instant,
	dominant @text?,
	dominant_said @text?
);
CREATE INDEX community_merge_kept ON community_merge (kept);

-- What went along to the kept page and is still there unless somebody took it away.
CREATE TABLE community_merge_moved (
	merge @ref(community_merge),
	what @enum(photo membership invitation correction request link fiche asked_fiche fiche_link actor steward run row key address source figure figure_was step step_was),
	key @text,			-- its public id; else its number, or what names it
	part @text?,			-- with that, when two name it: a source, a kind
	rank @int?			-- of a photo, of a community in a fiche; a year; the moment of a request
);
CREATE INDEX community_merge_moved_of ON community_merge_moved (merge, what, key);

-- What the kept page had already or could not have: as it was. Columns by what it is:
--   typology a vocabulary, b code · feature a · url a, m rank · fact a field, b value · source a field, b source, c said, m at
--   figure a kind, b note, m year, n value, o said, p until · step a kind, b note, m year, n said, o since, p until · year m, p until
--   link a other end, b kind, c which end it was, d pub, e source, m n confirmed, o started, p ended · period a link, m started, n ended
--   distinct a other, m said
CREATE TABLE community_merge_row (
	merge @ref(community_merge),
	what @enum(typology feature url fact source figure figure_was step step_was year link period distinct),
	a @text?,
	b @text?,
	c @text?,
	d @text?,
	e @text?,
	m @int?,
	n @int?,
	o @int?,
	p @int?
);
CREATE INDEX community_merge_row_of ON community_merge_row (merge, what);

-- The kept page changed too, and both when they were parted: whoever keeps a copy is told.
DROP VIEW published_change;
CREATE VIEW published_change AS
SELECT id AS community, created_at AS at FROM community
UNION ALL
SELECT id, confirmed_at FROM community WHERE confirmed_at IS NOT NULL
UNION ALL
SELECT community, at FROM field_source
UNION ALL
SELECT community, added_at FROM photo
UNION ALL
SELECT from_community, from_confirmed_at FROM link WHERE from_confirmed_at IS NOT NULL
UNION ALL
SELECT from_community, to_confirmed_at FROM link WHERE to_confirmed_at IS NOT NULL
UNION ALL
SELECT to_community, from_confirmed_at FROM link WHERE from_confirmed_at IS NOT NULL
UNION ALL
SELECT to_community, to_confirmed_at FROM link WHERE to_confirmed_at IS NOT NULL
UNION ALL
SELECT l.from_community, a.at FROM link l JOIN audit a ON a.object_kind = 'link' AND a.object_pub = l.pub
UNION ALL
SELECT l.to_community, a.at FROM link l JOIN audit a ON a.object_kind = 'link' AND a.object_pub = l.pub
UNION ALL
SELECT c.id, a.at FROM community c JOIN audit a ON a.object_kind = 'community' AND a.object_pub = c.pub
	AND a.action IN ('community.create', 'community.import', 'community.merge', 'community.edit', 'community.profile',
		'community.absorb', 'community.release', 'community.restore')
UNION ALL
SELECT c.id, a.at FROM community c JOIN chain h ON h.kind = 'audit' AND h.subject = c.pub JOIN audit a ON a.chain = h.id
WHERE (a.action = 'photo.add' OR a.action = 'photo.edit' OR a.action = 'photo.remove' OR a.action = 'place.save'
	OR a.action = 'space.add' OR a.action = 'space.edit' OR a.action = 'space.archive' OR a.action = 'tariff.set'
	OR a.action = 'closure.add' OR a.action = 'closure.remove' OR a.action = 'community.figure' OR a.action = 'community.step');
