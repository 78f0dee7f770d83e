-- zoning_digest maybe
-- in: key text
-- out: digest hash
SELECT digest FROM zoning WHERE key = :key;

-- zoning_clear_communes exec
-- in: key text
DELETE FROM zoning_commune WHERE zoning = :key;

-- zoning_clear_zones exec
-- in: key text
DELETE FROM zoning_zone WHERE zoning = :key;

-- zoning_put exec
-- in: key text, digest hash, loaded_at instant
INSERT INTO zoning (key, digest, loaded_at) VALUES (:key, :digest, :loaded_at)
ON CONFLICT (key) DO UPDATE SET digest = excluded.digest, loaded_at = excluded.loaded_at;

-- zoning_zone_put exec
-- in: zoning text, rows json
INSERT INTO zoning_zone (zoning, code, label)
SELECT :zoning, value ->> 0, value ->> 1
-- sqlite
FROM json_each(:rows)
-- postgres
FROM jsonb_array_elements(CAST(:rows AS jsonb)) AS t (value)
-- both
WHERE TRUE;

-- zoning_commune_put exec
-- in: zoning text, rows json
INSERT INTO zoning_commune (zoning, insee, zone)
SELECT :zoning, value ->> 0, value ->> 1
-- sqlite
FROM json_each(:rows)
-- postgres
FROM jsonb_array_elements(CAST(:rows AS jsonb)) AS t (value)
-- both
WHERE TRUE;
