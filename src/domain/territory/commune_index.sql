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
