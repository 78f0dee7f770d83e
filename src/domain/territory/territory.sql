-- Filling the tables from the files that ship: `rows` is a JSON list of rows,
-- each a list of cells. What is there already is brought up to date.

-- data_file_digest maybe
-- in: name text
-- out: digest hash
SELECT digest FROM data_file WHERE name = :name;

-- data_file_put exec
-- in: name text, digest hash, loaded_at instant
INSERT INTO data_file (name, digest, loaded_at) VALUES (:name, :digest, :loaded_at)
ON CONFLICT (name) DO UPDATE SET digest = excluded.digest, loaded_at = excluded.loaded_at;

-- region_put exec
-- in: rows json
INSERT INTO region (code, name, chef_lieu, zone)
SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3
-- sqlite
FROM json_each(:rows)
-- postgres
FROM jsonb_array_elements(CAST(:rows AS jsonb)) AS t (value)
-- both
WHERE TRUE
ON CONFLICT (code) DO UPDATE SET
	name = excluded.name, chef_lieu = excluded.chef_lieu, zone = excluded.zone;

-- departement_put exec
-- in: rows json
INSERT INTO departement (code, name, region, chef_lieu, zone)
SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4
-- sqlite
FROM json_each(:rows)
-- postgres
FROM jsonb_array_elements(CAST(:rows AS jsonb)) AS t (value)
-- both
WHERE TRUE
ON CONFLICT (code) DO UPDATE SET
	name = excluded.name, region = excluded.region, chef_lieu = excluded.chef_lieu, zone = excluded.zone;

-- arrondissement_put exec
-- in: rows json
INSERT INTO arrondissement (code, name, departement, chef_lieu)
SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3
-- sqlite
FROM json_each(:rows)
-- postgres
FROM jsonb_array_elements(CAST(:rows AS jsonb)) AS t (value)
-- both
WHERE TRUE
ON CONFLICT (code) DO UPDATE SET
	name = excluded.name, departement = excluded.departement, chef_lieu = excluded.chef_lieu;

-- epci_put exec
-- in: rows json
INSERT INTO epci (siren, name, kind, financing, population)
SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, CAST(value ->> 4 AS BIGINT)
-- sqlite
FROM json_each(:rows)
-- postgres
FROM jsonb_array_elements(CAST(:rows AS jsonb)) AS t (value)
-- both
WHERE TRUE
ON CONFLICT (siren) DO UPDATE SET
	name = excluded.name, kind = excluded.kind, financing = excluded.financing,
	population = excluded.population;

-- commune_put exec
-- in: rows json
INSERT INTO commune (insee, name, folded, postal_codes, lat_e5, lon_e5, point_source, population, departement, region,
	epci, arrondissement)
SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, CAST(value ->> 4 AS BIGINT),
	CAST(value ->> 5 AS BIGINT), value ->> 6, CAST(value ->> 7 AS BIGINT), value ->> 8, value ->> 9,
	value ->> 10, value ->> 11
-- sqlite
FROM json_each(:rows)
-- postgres
FROM jsonb_array_elements(CAST(:rows AS jsonb)) AS t (value)
-- both
WHERE TRUE
ON CONFLICT (insee) DO UPDATE SET
	name = excluded.name, folded = excluded.folded, postal_codes = excluded.postal_codes,
	lat_e5 = excluded.lat_e5, lon_e5 = excluded.lon_e5, point_source = excluded.point_source,
	population = excluded.population, departement = excluded.departement, region = excluded.region,
	epci = excluded.epci, arrondissement = excluded.arrondissement;

-- commune_alias_put exec
-- in: rows json
INSERT INTO commune_alias (code, name, folded, kind, insee)
SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4
-- sqlite
FROM json_each(:rows)
-- postgres
FROM jsonb_array_elements(CAST(:rows AS jsonb)) AS t (value)
-- both
WHERE TRUE
ON CONFLICT (code) DO UPDATE SET
	name = excluded.name, folded = excluded.folded, kind = excluded.kind, insee = excluded.insee;

-- commune_renamed_put exec
-- in: rows json
INSERT INTO commune_renamed (insee, name, folded, until)
SELECT value ->> 0, value ->> 1, value ->> 2, CAST(value ->> 3 AS BIGINT)
-- sqlite
FROM json_each(:rows)
-- postgres
FROM jsonb_array_elements(CAST(:rows AS jsonb)) AS t (value)
-- both
WHERE TRUE
ON CONFLICT (insee, folded) DO UPDATE SET name = excluded.name, until = excluded.until;

-- commune_keys_clear exec
DELETE FROM commune_key;

-- commune_key_put exec
-- in: rows json
INSERT INTO commune_key (key, kind, insee, weight)
SELECT value ->> 0, value ->> 1, value ->> 2, CAST(value ->> 3 AS BIGINT)
-- sqlite
FROM json_each(:rows)
-- postgres
FROM jsonb_array_elements(CAST(:rows AS jsonb)) AS t (value)
-- both
WHERE TRUE;

-- The database counts what it has, to choose its ways; nobody waits for its own time.
-- commune_key_measure exec
ANALYZE commune_key;

-- commune_measure exec
ANALYZE commune;
