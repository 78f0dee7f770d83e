-- slice: territory
-- The country's own divisions. Codes are INSEE's, and texts.
CREATE TABLE region (
	id @id,
	code @text UNIQUE,
	name @text,
	chef_lieu @text,
	zone @enum(metro drom com)
);

CREATE TABLE departement (
	id @id,
	code @text UNIQUE,
	name @text,
	region @text REFERENCES region (code),
	chef_lieu @text,
	zone @enum(metro drom com)
);

CREATE TABLE arrondissement (
	id @id,
	code @text UNIQUE,
	name @text,
	departement @text REFERENCES departement (code),
	chef_lieu @text
);

CREATE TABLE epci (
	id @id,
	siren @text UNIQUE,
	name @text,
	kind @text,			-- CC CA CU METRO MET69
	financing @text,
	population @int?
);

CREATE TABLE commune (
	id @id,
	insee @text UNIQUE,
	name @text,
	folded @text,			-- fold_place(name)
	postal_codes @text,		-- with spaces between; empty on desert islands
	lat_e5 @int?,			-- WGS84, hundred-thousandths of a degree
	lon_e5 @int?,
	point_source @enum?(apigeo geonames deleguees voisins),
	population @int?,
	departement @text REFERENCES departement (code),
	region @text REFERENCES region (code),
	epci @text? REFERENCES epci (siren),
	arrondissement @text? REFERENCES arrondissement (code)
);
CREATE INDEX commune_departement ON commune (departement);

-- Names and codes that are no commune any more, or are parts of one.
CREATE TABLE commune_alias (
	id @id,
	code @text UNIQUE,
	name @text,
	folded @text,
	kind @enum(commune_deleguee commune_associee arrondissement_municipal),
	insee @text REFERENCES commune (insee)
);
CREATE INDEX commune_alias_insee ON commune_alias (insee);

-- What a commune is looked up by: its whole name, what follows each of its
-- words, its old names, its postal codes.
CREATE TABLE commune_key (
	id @id,
	key @text,
	kind @enum(name word alias postal),
	insee @text,
	weight @int			-- its people: who is meant most often
);

-- Which shipped file is in the tables.
CREATE TABLE data_file (
	id @id,
	name @text UNIQUE,
	digest @hash,
	loaded_at @instant
);

-- Beginnings of texts are found by order, byte by byte.
-- postgres
ALTER TABLE commune_key ALTER COLUMN key TYPE TEXT COLLATE "C";
ALTER TABLE commune ALTER COLUMN insee TYPE TEXT COLLATE "C";
-- both
CREATE INDEX commune_key_key ON commune_key (key, kind, insee, weight);
