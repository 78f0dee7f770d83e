-- use territory/commune_index

-- Moves on when the communes are loaded again.
-- commune_index_version one
-- out: n int
SELECT COALESCE((SELECT MAX(loaded_at) FROM data_file), 0) * 1000000 + COALESCE((SELECT MAX(id) FROM commune_key), 0);

-- commune_keys many
-- out: commune_key_row
SELECT key, kind, insee, weight FROM commune_key WHERE kind <> 'postal' ORDER BY key, kind, insee;

-- departements_named many
-- out: folded_departement
SELECT code, name FROM departement ORDER BY code;

-- commune_towns many
-- out: town_shown
SELECT insee, name, postal_codes, departement, population, lat_e5, lon_e5 FROM commune ORDER BY insee;

-- town_departements many
-- out: town_departement
SELECT d.code, d.name, r.name FROM departement d JOIN region r ON r.code = d.region ORDER BY d.code;
