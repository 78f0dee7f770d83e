-- slice: people
-- What a community was until it was changed: figures of a past day look at it.
CREATE TABLE community_was (
	id @id,
	community @ref(community),
	field @enum(legal_form is_cae is_place),
	value @text?,			-- a word, 0 or 1
	until @instant
);
CREATE INDEX community_was_of ON community_was (community, field, until);
@append_only(community_was)

-- What its stewards say happened to it in a year.
CREATE TABLE community_step (
	id @id,
	community @ref(community),
	kind @enum(becoming_scic scic scop loi47 association sas sarl public other closed),
	year @int,
	note @text?,
	said_at @instant,
	UNIQUE (community, kind, year)
);
CREATE INDEX community_step_of ON community_step (community, year);

-- What a link was before it was made anew.
CREATE TABLE link_period (
	id @id,
	link @ref(link),
	started @day,
	ended @day
);
CREATE INDEX link_period_of ON link_period (link, started);

-- Since when changes are kept: before, what stood on that day stands for all days.
-- sqlite
INSERT INTO setting (name, value) VALUES ('dated-since', CAST(strftime('%s', 'now') AS TEXT));
-- postgres
INSERT INTO setting (name, value) VALUES ('dated-since', CAST(CAST(EXTRACT(EPOCH FROM now()) AS BIGINT) AS TEXT));
-- both

-- slice: bridges
-- Both parties of a convention say whether the map may draw it. Nothing said: it may not.
ALTER TABLE party ADD COLUMN shown @bool?;

-- slice: observatory
-- Those that are places, or were.
DROP VIEW place_territory;
CREATE VIEW place_ever AS
SELECT c.id, c.insee, c.departement FROM community c
WHERE c.is_place OR EXISTS (SELECT 1 FROM community_was w WHERE w.community = c.id AND w.field = 'is_place');

-- Which territories a place lies in: those of its commune; failing a commune,
-- those of its départements.
CREATE VIEW place_territory AS
SELECT c.id AS community, 'country' AS kind, 'FR' AS code FROM place_ever c
UNION ALL
SELECT c.id, 'country', 'METRO' FROM place_ever c JOIN commune k ON k.insee = c.insee JOIN region r ON r.code = k.region
WHERE r.zone = 'metro'
UNION ALL
SELECT c.id, 'region', k.region FROM place_ever c JOIN commune k ON k.insee = c.insee
UNION ALL
SELECT c.id, 'departement', k.departement FROM place_ever c JOIN commune k ON k.insee = c.insee
UNION ALL
SELECT c.id, 'epci', k.epci FROM place_ever c JOIN commune k ON k.insee = c.insee WHERE k.epci IS NOT NULL
UNION ALL
SELECT c.id, 'arrondissement', k.arrondissement FROM place_ever c JOIN commune k ON k.insee = c.insee
WHERE k.arrondissement IS NOT NULL
UNION ALL
SELECT c.id, 'zone', z.zoning || ':' || z.zone FROM place_ever c JOIN zoning_commune z ON z.insee = c.insee
UNION ALL
SELECT c.id, 'departement', d.code
FROM place_ever c JOIN departement d ON ', ' || c.departement || ',' LIKE '%, ' || d.code || ',%'
WHERE c.insee IS NULL
UNION ALL
SELECT DISTINCT c.id, 'region', d.region
FROM place_ever c JOIN departement d ON ', ' || c.departement || ',' LIKE '%, ' || d.code || ',%'
WHERE c.insee IS NULL
UNION ALL
SELECT DISTINCT c.id, 'country', 'METRO'
FROM place_ever c JOIN departement d ON ', ' || c.departement || ',' LIKE '%, ' || d.code || ',%'
WHERE c.insee IS NULL AND d.zone = 'metro';
